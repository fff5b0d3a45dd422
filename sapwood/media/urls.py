"""Addresses of media."""

from django.urls import path

from sapwood.media import views

urlpatterns = [
    path("uploads/", views.create, name="upload_create"),
    path("uploads/<uuid:pk>/<str:name>", views.show, name="upload_show"),
]
