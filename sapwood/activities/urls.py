"""Addresses of activities, and of the kinds that have pages of their own."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

from sapwood.activities.views import (
    calendar,
    gatherings,
    library,
    meeting,
    showing,
    taking_part,
    writing,
)  # fmt: skip

urlpatterns = [
    path("activities/", showing.index, name="activities"),
    path("activities/new/", writing.choose, name="activity_choose"),
    path("activities/new/<slug:kind>/", writing.new, name="activity_new"),
    path("activities/audience/", writing.audience, name="activity_audience"),
    path("activities/undo/", writing.undelete, name="activity_undelete"),
    path("activities/<uuid:pk>/", showing.show, name="activity_show"),
    path("activities/<uuid:pk>/edit/", writing.edit, name="activity_edit"),
    path("activities/<uuid:pk>/copy/", writing.clone, name="activity_clone"),
    path("activities/<uuid:pk>/deletion/", writing.delete, name="activity_delete"),
    path("activities/<uuid:pk>/publication/", taking_part.publication, name="activity_publication"),
    path(
        "activities/<uuid:pk>/participation/",
        taking_part.participation,
        name="activity_participation",
    ),
    path("activities/<uuid:pk>/completion/", taking_part.completion, name="activity_completion"),
    path("activities/<uuid:pk>/sessions/", meeting.new, name="session_new"),
    path(
        "activities/<uuid:pk>/sessions/<uuid:session>/deletion/",
        meeting.delete,
        name="session_delete",
    ),
    path("groups/<uuid:pk>/library/", library.index, name="group_library"),
    path("groups/<uuid:pk>/library/add/", library.add, name="group_library_add"),
    path("groups/<uuid:pk>/library/removal/", library.remove, name="group_library_remove"),
    path("groups/<uuid:pk>/library/undo/", library.undo, name="group_library_undo"),
    path("groups/<uuid:pk>/gatherings/", gatherings.index, name="group_gatherings"),
    path("groups/<uuid:pk>/gatherings/calendar.ics", gatherings.file, name="group_gatherings_file"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    *(
        path("activities/", include(f"{config.name}.urls"))
        for config in apps.get_app_configs()
        if config.name.startswith("sapwood.kinds.") and find_spec(f"{config.name}.urls")
    ),
]
