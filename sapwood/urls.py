"""Every address, app by app."""

from django.urls import include, path

from sapwood.core import errors

urlpatterns = [
    path("", include("sapwood.core.urls")),
    path("", include("sapwood.people.urls")),
    path("", include("sapwood.writing.urls")),
    path("", include("sapwood.ledger.urls")),
    path("", include("sapwood.media.urls")),
    path("", include("sapwood.conversations.urls")),
    path("", include("sapwood.live.urls")),
    path("", include("sapwood.notify.urls")),
    path("", include("sapwood.spaces.urls")),
    path("", include("sapwood.activities.urls")),
    path("", include("sapwood.journal.urls")),
    path("", include("sapwood.home.urls")),
    path("", include("sapwood.demo.urls")),
    path("account/", include("allauth.urls")),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
