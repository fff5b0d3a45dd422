"""What views that take words from a composer answer with."""

from uuid import UUID

from django.http import Http404, HttpResponse

from sapwood.core.keeping import forget_copy


def done(response: HttpResponse, pk: UUID) -> HttpResponse:
    """Tells the browser to forget its own copy of these words: they are kept, or gone for good."""
    return forget_copy(response, str(pk))


def missing() -> Http404:
    """Not there, or not theirs: the two look the same."""
    return Http404("no such words")
