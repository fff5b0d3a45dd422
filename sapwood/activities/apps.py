"""Activities as a Django app."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities: anything organised that people can take part in."""

    name = "sapwood.activities"
    label = "activities"
