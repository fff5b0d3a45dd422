"""Addresses of drafts."""

from django.urls import path

from sapwood.writing import views

urlpatterns = [
    path("drafts/", views.save, name="draft_save"),
    path("drafts/<uuid:pk>/discard/", views.discard, name="draft_discard"),
]
