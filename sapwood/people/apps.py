"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, units, roles and sign-in."""

    name = "sapwood.people"
    label = "people"

    def ready(self) -> None:
        """Libraries can't declare their own policies."""
        from sapwood.people.adopted import adopt_libraries

        adopt_libraries()
