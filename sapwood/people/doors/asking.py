"""Who asks: a request behind the sign-in carries a person."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from sapwood.people.models import Person


class PersonRequest(HttpRequest):
    """A request of somebody signed in, for the types of views; made by Django as any other."""

    user: Person
    htmx: HtmxDetails
