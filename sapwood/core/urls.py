"""Addresses of core: readiness, theme and language, the service worker, the design page."""

from django.urls import path

from sapwood.core import design, preferences, views

urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    path("sw.js", views.worker, name="sw"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("session/", views.session, name="session"),
    path("theme/", preferences.theme, name="theme"),
    path("language/", preferences.language, name="language"),
    path("design/", design.design, name="design"),
]
