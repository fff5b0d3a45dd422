"""Asking for a place and answering: private to the two, and never more than there are places."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sapwood.activities.models import Activity, Audience
from sapwood.activities.models.taking_part import CannotJoin
from sapwood.kinds.stretch.models import Application, Stretch
from sapwood.people.models import Person

State = Application.State


@transaction.atomic
def apply(stretch: Stretch, *, person: Person, line: str) -> Application:
    """Asks for a place, again if an earlier asking was withdrawn. Raises CannotJoin."""
    activity = stretch.activity
    if activity.is_hosted_by(person):
        raise CannotJoin(_("You offer this yourself."))
    if not Activity.objects.select_for_update().get(pk=activity.pk).is_published:
        raise CannotJoin(_("This is not open at the moment."))
    if activity.places_left() == 0:
        raise CannotJoin(_("All places are taken."))
    asked, is_new = Application.objects.get_or_create(
        stretch=stretch, person=person, defaults={"line": line}
    )
    if not is_new and asked.state == State.WITHDRAWN:
        asked.line, asked.state, asked.reason = line, State.ASKED, ""
        asked.answered_at = asked.left_at = None
        asked.save()
    return asked


@transaction.atomic
def agree(application: Application, *, by: Person, reason: str = "") -> None:
    """Gives the place. Raises CannotJoin when none is left; nothing changes then."""
    asked = _open(application, by)
    _answer(asked, State.AGREED, reason)
    asked.stretch.activity.join(asked.person)


@transaction.atomic
def decline(application: Application, *, by: Person, reason: str) -> None:
    """Says no, with a reason that only the two read."""
    _answer(_open(application, by), State.DECLINED, reason)


@transaction.atomic
def withdraw(application: Application, *, by: Person) -> None:
    """Takes an unanswered asking back; its line goes with it."""
    asked = Application.objects.select_for_update().get(pk=application.pk)
    if asked.person_id != by.pk:
        raise PermissionDenied
    if asked.state == State.ASKED:
        asked.line = ""
        _answer(asked, State.WITHDRAWN, "")


@transaction.atomic
def take_back(application: Application, *, by: Person, reason: str) -> None:
    """Takes a given place back, with words that only the two read. Raises CannotJoin when the
    work is finished."""
    asked = _agreed(application, by)
    _answer(asked, State.DECLINED, reason)
    _free(asked)


@transaction.atomic
def ask_again(application: Application, *, by: Person) -> None:
    """Takes an answer back: the asking waits as before."""
    asked = _of_host(application, by)
    if asked.state == State.AGREED:
        _free(_agreed(asked, by))
    if asked.state in (State.AGREED, State.DECLINED):
        _answer(asked, State.ASKED, "")
        asked.answered_at = None
        asked.save(update_fields=["answered_at"])


def _agreed(application: Application, by: Person) -> Application:
    asked = _of_host(application, by)
    mine = asked.stretch.activity.participations.filter(person=asked.person_id)
    if asked.state != State.AGREED:
        raise CannotJoin(_("There is no place to take back."))
    if mine.filter(state="completed").exists():
        raise CannotJoin(_("They have finished it; the place stays theirs."))
    return asked


def _free(asked: Application) -> None:
    """The place is free; whoever was invited by name can still read the answer."""
    activity = asked.stretch.activity
    activity.leave(asked.person)
    still_seen = Activity.objects.visible_to(asked.person).filter(pk=activity.pk)
    if activity.audience in (Audience.INVITED, Audience.GROUP) and not still_seen.exists():
        activity.invite(asked.person)


def _open(application: Application, by: Person) -> Application:
    asked = _of_host(application, by)
    if asked.state != State.ASKED:
        raise CannotJoin(_("This was answered already."))
    return asked


def _of_host(application: Application, by: Person) -> Application:
    asked = Application.objects.select_for_update().get(pk=application.pk)
    if not asked.stretch.activity.is_hosted_by(by):
        raise PermissionDenied
    return asked


def _answer(asked: Application, state: str, reason: str) -> None:
    asked.state, asked.reason = state, reason
    asked.answered_at = timezone.now()
    asked.save()
