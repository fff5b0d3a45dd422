"""Addresses of notices."""

from django.urls import path

from sapwood.notify.views import inbox, letters, push, stopping, wishes

urlpatterns = [
    path("inbox/", inbox.index, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read"),
    path("inbox/pause/", wishes.pause_all, name="inbox_pause"),
    path("inbox/settings/", wishes.settings, name="inbox_settings"),
    path("inbox/defaults/", wishes.defaults, name="inbox_defaults"),
    path("inbox/resume/", wishes.resume, name="notice_resume"),
    path("inbox/<uuid:pk>/", inbox.show, name="notice"),
    path("inbox/<uuid:pk>/snooze/", inbox.snooze, name="notice_snooze"),
    path("inbox/<uuid:pk>/stop/", wishes.stop, name="notice_stop"),
    path("notices/stop/<str:token>/", stopping.stop_link, name="notice_stop_link"),
    path("push/key/", push.key, name="push_key"),
    path("push/devices/", push.create, name="push_create"),
    path("push/devices/gone/", push.delete, name="push_delete"),
    path("inbox/next-letter/", letters.preview, name="letter_preview"),
    path("notices/rarer/<str:token>/", letters.slower, name="letters_slower"),
]
