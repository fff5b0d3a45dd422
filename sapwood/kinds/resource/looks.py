"""How each sort of resource looks on a card: shape, word, icon."""

from django.utils.translation import gettext_lazy as _

PLAIN = ("text", _("Guide"), "file-text")
LOOKS = {
    "job_aid": PLAIN,
    "micro_video": ("video", _("Short video"), "play"),
    "read_external": ("text", _("Article"), "newspaper"),
    "watch_listen_external": ("video", _("Video or podcast"), "headphones"),
    "mooc": ("course", _("Open online course"), "graduation-cap"),
    "elearning_module": ("course", _("E-learning"), "graduation-cap"),
    "classroom_course": ("course", _("Course"), "graduation-cap"),
    "formal_qualification": ("course", _("Qualification"), "graduation-cap"),
}
WATCHED = ("youtube.com", "youtu.be", "vimeo.com", "spotify.com", "podcasts.apple.com", "ted.com")


def guess_way(host: str) -> str:
    """The likely way of learning of a link to `host`; without a link, a guide from inside."""
    if not host:
        return "job_aid"
    watched = any(host == known or host.endswith(f".{known}") for known in WATCHED)
    return "watch_listen_external" if watched else "read_external"
