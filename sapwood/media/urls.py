"""Addresses of media."""

from django.urls import path

from sapwood.media import files, views

urlpatterns = [
    path("uploads/", views.create, name="upload_create"),
    path("uploads/files/", files.create, name="file_create"),
    path("uploads/mine/", files.index, name="file_index"),
    path("uploads/<uuid:pk>/words/", files.words, name="file_words"),
    path("uploads/<uuid:pk>/<str:name>", views.show, name="upload_show"),
]
