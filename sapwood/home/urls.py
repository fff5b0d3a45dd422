"""Addresses of home."""

from django.urls import path

from sapwood.home import accessibility, explore, rings_views, shared, showing_views, today
from sapwood.home.guidance import views as guidance

urlpatterns = [
    path("", today.today, name="today"),
    path("explore/", explore.explore, name="explore"),
    path("rings/", rings_views.show, name="rings"),
    path("rings/<int:year>/", rings_views.show, name="rings_year"),
    path("rings/<int:year>/story/", rings_views.story_restore, name="story_restore"),
    path("rings/<int:year>/story/<str:key>/", rings_views.story_edit, name="story_edit"),
    path("rings/<int:year>/poster/", rings_views.poster, name="poster"),
    path("rings/<int:year>/poster.<str:suffix>", rings_views.poster_file, name="poster_file"),
    path("rings/<int:year>/show/", showing_views.share, name="rings_share"),
    path("rings/<int:year>/show/<uuid:person>/", showing_views.unshare, name="rings_unshare"),
    path("guidance/answers/", guidance.answers, name="guidance_answers"),
    path("guidance/answers/undo/", guidance.undo, name="guidance_undo"),
    path("guidance/level/", guidance.level, name="guidance_level"),
    path("shared-with-you/", shared.shared_with_me, name="shared_with_me"),
    path(
        "shared-with-you/<uuid:owner>/rings/<int:year>/",
        showing_views.shared_rings,
        name="shared_rings",
    ),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
]
