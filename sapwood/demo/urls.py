"""Addresses of the sample organisation."""

from django.urls import path

from sapwood.demo import views

urlpatterns = [
    path("setup/sample/", views.load, name="sample_load"),
    path("setup/sample/remove/", views.remove, name="sample_remove"),
]
