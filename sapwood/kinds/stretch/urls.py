"""Addresses of stretch assignments, under those of their activity."""

from django.urls import path

from sapwood.kinds.stretch import views

urlpatterns = [
    path("<uuid:pk>/applications/", views.create, name="application_create"),
    path("<uuid:pk>/applications/<uuid:application>/", views.update, name="application_update"),
    path(
        "<uuid:pk>/applications/<uuid:application>/deletion/",
        views.delete,
        name="application_delete",
    ),
    path("<uuid:pk>/looking-back/", views.look_back, name="stretch_look_back"),
]
