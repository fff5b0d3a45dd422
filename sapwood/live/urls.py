"""Addresses of live that Django answers; `/live/` itself is a native path (sapwood/asgi.py)."""

from django.urls import path

from sapwood.live import views

urlpatterns = [path("live/ticket/", views.ticket, name="live_ticket")]
