"""What a person muted, asked again before anything leaves: a mute calls off what waits."""

from collections.abc import Iterable

from sapwood.conversations.models import Watch
from sapwood.notify.kinds import kind_of
from sapwood.notify.models import Mute, Notice
from sapwood.people.models import Person


def unmuted(person: Person, notices: Iterable[Notice]) -> list[Notice]:
    """Those of one person's `notices` that they still want to hear of. Two queries.

    Who is named hears of it in a group that they muted, but not in a thread that they muted.
    """
    muted = set(Mute.objects.filter(person=person).values_list("what", flat=True))
    watches = Watch.objects.of(person).muted().values_list("thread", "audience", "other")
    for thread, audience, other in watches:
        muted.add(f"thread:{thread}" if thread else f"audience:{audience or ''}")
        muted.add(f"person:{other or ''}")
    return [notice for notice in notices if muted.isdisjoint(_stops(notice))]


def _stops(notice: Notice) -> set[str]:
    """The words of what would mute it."""
    kind = kind_of(notice)
    place = "" if kind and kind.reaches_muted else notice.place
    about = f"{notice.about_type}:{notice.about_id}"
    actor = f"person:{notice.actor_id}"
    return {about, f"kind:{notice.kind}", actor, *filter(None, [place])}
