"""Addresses of the ledger."""

from django.urls import path, re_path

from sapwood.ledger.views import adding, browser, changing, looking, taking

urlpatterns = [
    path("moments/", looking.index, name="moments"),
    path("moments/new/", adding.new, name="moment_new"),
    path("moments/guess/", adding.guess, name="moment_guess"),
    path("moments/undo/", changing.undo, name="moment_undo"),
    path("moments/from-your-browser/", browser.from_browser, name="moment_browser"),
    re_path(
        r"^moments/download/(?P<form>csv|json|html|pdf)/$",
        taking.download,
        name="moments_download",
    ),
    path("moments/<uuid:uid>/", looking.show, name="moment_show"),
    path("moments/<uuid:uid>/edit/", changing.edit, name="moment_edit"),
    path("moments/<uuid:uid>/delete/", changing.delete, name="moment_delete"),
    path("moments/<uuid:uid>/take-back/", changing.take_back, name="moment_take_back"),
    path(
        "moments/<uuid:uid>/shares/<uuid:person>/withdraw/",
        changing.unshare,
        name="moment_unshare",
    ),
    path("offline/", browser.offline, name="offline"),
]
