"""Every address of the product; for each that names an object, an example that is Ana's."""

import os
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

HERE = Path(__file__).parent
PUBLIC = HERE.parent.parent / "sapwood" / "core" / "tests" / "public_urls.txt"


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address, in the order in which they are tried."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            route = before + str(pattern.pattern).removeprefix("^")
            if isinstance(pattern, URLPattern):
                yield route, pattern
            else:
                yield from walk(pattern.url_patterns, route)

    yield from walk(get_resolver().url_patterns, "/")


def reachable() -> dict[str, URLPattern]:
    """Addresses by route; a route that stands twice is answered by the first."""
    found: dict[str, URLPattern] = {}
    for route, pattern in addresses():
        found.setdefault(route, pattern)
    return found


def view_of(pattern: URLPattern) -> str:
    """Where the view lives."""
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return f"{view.__module__}.{view.__qualname__}"


def asks_for_sign_in(pattern: URLPattern) -> bool:
    """False for views marked `@login_not_required`."""
    return getattr(pattern.callback, "login_required", True)


def public_names() -> set[str]:
    """Names on the short public list; what follows a `#` says why."""
    lines = PUBLIC.read_text().splitlines()
    return {line.partition("#")[0].strip() for line in lines} - {""}


def make_groups(cast: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """A group of Ana's by request, with Bruno in it and Nadia waiting."""
    from sapwood.conversations.models import Membership
    from sapwood.spaces.models import JoinLink, JoinRequest, Ritual, Space

    now = timezone.now()
    space = Space.objects.create(name="Valves", openness="request", founded_by=cast.ana)
    for person, role in ((cast.ana, "steward"), (cast.bruno, "member")):
        Membership.objects.create(audience=space.audience, person=person, role=role)
    asked = JoinRequest.objects.create(space=space, person=cast.nadia)
    link = JoinLink.objects.create(space=space, expires_at=now + timedelta(days=7))
    ritual = Ritual.objects.create(
        space=space, name="Open hour", starts_on=now.date(), at="17:30", time_zone="UTC"
    )
    examples = {"group": {}, "group_member": {"person": cast.bruno.pk}}
    examples |= {"group_request": {"asked": asked.pk}, "group_link_end": {"link": link.pk}}
    for name in ("", "_file", "_skip", "_delete"):
        examples[f"group_ritual{name}"] = {"ritual": ritual.pk}
    for name in filter(None, (pattern.name for pattern in reachable().values())):
        if name.startswith("group_"):
            examples.setdefault(name, {})
    found = {name: {"pk": space.pk} | given for name, given in examples.items()}
    found |= make_notes(cast, space) | make_talk(cast, space)
    return found | {"group_by_link": {"token": link.token}}


def make_talk(cast: SimpleNamespace, space: Any) -> dict[str, dict[str, Any]]:
    """A question of Ana's in that group that Bruno answered, and words of hers that were hidden."""
    from sapwood.conversations.models import Case, Message, Thread, Watch

    ana, now = cast.ana, timezone.now()
    thread = Thread.objects.create(
        audience=space.audience, kind="question", title="Valves?", author=ana, answers=1
    )
    said = Message.objects.create(thread=thread, author=ana, text="Which?", is_opening=True)
    answer = Message.objects.create(
        thread=thread, author=cast.bruno, text="The blue one", accepted_at=now, true_on=now.date()
    )
    hidden = Message.objects.create(thread=thread, author=ana, text="Oh!", hidden_at=now)
    case = Case.objects.create(
        message=hidden, state="hidden", reason="x", decided_by=cast.clara, decided_at=now
    )
    watch = Watch.objects.create(person=ana, thread=thread)
    found = {name: {"pk": space.audience_id} for name in ("thread_new", "names", "group_watch")}
    found |= {"watch_forget": {"pk": watch.pk}, "follow_person": {"pk": ana.pk}}
    found |= {name: {"pk": case.pk} for name in ("case", "case_again")}
    of_answers = {"answer_accept", "answer_truth", "message_thank", "message_report"}
    for name in filter(None, (pattern.name for pattern in reachable().values())):
        if name == "answer_new" or name == "thread" or name.startswith("thread_"):
            found.setdefault(name, {"pk": thread.pk})
        elif name in of_answers or name.startswith("message_"):
            found[name] = {"pk": answer.pk if name in of_answers else said.pk}
    return found | make_notice(ana, thread)


def make_notice(ana: Any, thread: Any) -> dict[str, dict[str, Any]]:
    """What tells Ana of her question."""
    from sapwood.notify.models import Notice

    pk, link = uuid.uuid4(), thread.get_absolute_url()
    Notice.objects.create(
        pk=pk, person=ana, kind="answer", about_type="thread", about_id=thread.pk, key="x",
        thread_key="x", title="Valves?", link=link,
    )  # fmt: skip
    return {name: {"pk": pk} for name in ("notice", "notice_snooze", "notice_stop")}


def make_notes(cast: SimpleNamespace, space: Any) -> dict[str, dict[str, Any]]:
    """A note of that group, which both have changed at once, and words that could not go in."""
    from sapwood.spaces.notes.saving import Words, begin, keep
    from sapwood.writing.models import Draft

    ana, now = cast.ana, timezone.now()
    note = begin(space, Words("Valves", "<p>one</p>"), by=ana, now=now, pk=uuid.uuid4())
    for person, html in ((cast.bruno, "<p>two</p>"), (ana, "<p>three</p>")):
        keep(note, Words("Valves", html), base=1, by=person, now=now)
    draft = Draft.objects.create(
        pk=uuid.uuid4(), person=ana, slot=f"note-{note.pk}", fields={"text": "x"}, saved_at=now
    )
    given = {"pk": note.pk, "number": 1, "mine": 3, "theirs": 2}
    names = {pattern.name for pattern in reachable().values() if pattern.name}
    found = {name: given for name in names if name == "note" or name.startswith("note_")}
    return found | {"note_new": {"pk": space.pk}, "note_draft": {"pk": draft.pk}}


def make_examples(cast: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """For each named address that needs one: arguments of an object that is Ana's."""
    from sapwood.activities.models import Activity, CalendarFeed, Session
    from sapwood.home.showing import show_year
    from sapwood.journal.keeping import keep
    from sapwood.journal.models import Reply
    from sapwood.kinds.resource.models import Resource
    from sapwood.kinds.stretch.models import Application, Stretch
    from sapwood.ledger.recording import record
    from sapwood.media.models import Upload
    from sapwood.people.models import ImportRun, Invitation
    from sapwood.people.skills import say
    from sapwood.writing.models import Draft

    ana, now = cast.ana, timezone.now()
    moment = record(ana, way="web_search", title="Asked how the valve closes")
    entry = keep(ana, uuid.uuid4(), text="What I noticed at the valve", now=now)
    draft = Draft.objects.create(
        pk=uuid.uuid4(), person=ana, slot="journal", fields={"text": "x"}, saved_at=now
    )
    reply = Reply.objects.create(entry=entry, author=ana, text="And later?")
    shown = {"owner": ana, "state": "published", "audience": "everyone", "published_at": now}
    resource = Activity.objects.create(
        kind="resource", way="read_external", title="Valves", **shown
    )
    Resource.objects.create(activity=resource)
    stretch = Activity.objects.create(kind="stretch", way="read_external", title="Weir", **shown)
    offer = Stretch.objects.create(activity=stretch)
    asked = Application.objects.create(stretch=offer, person=cast.bruno, line="I would like to")
    meeting = Session.objects.create(
        activity=resource, starts_at=now, ends_at=now + timedelta(hours=1)
    )
    upload = Upload.objects.create(
        owner=ana, kind="file", name="valve.pdf", content_type="application/pdf", size=3,
        sha256="0" * 64, file="x/valve.pdf",
    )  # fmt: skip
    run = ImportRun.objects.create(person=cast.nadia, file_name="staff.csv", delimiter=",")
    invitation = Invitation.objects.create(
        invited_by=cast.nadia, email="eva@ardal.example", expires_at=now + timedelta(days=7)
    )
    tag = say(ana, "ask", ["valves"])[0]
    feed = CalendarFeed.objects.create(person=ana)
    show_year(ana, now.year, [cast.bruno])
    year = {"year": now.year}
    examples: dict[str, dict[str, Any]] = {
        "profile": {"pk": ana.pk},
        "person_block": {"pk": ana.pk},
        "person_unblock": {"pk": ana.pk},
        "photo_show": {"pk": ana.pk, "key": "none"},
        "invitation_withdraw": {"pk": invitation.pk},
        "join": {"token": invitation.token},
        "setup_begin": {"secret": "not-the-secret"},
        "session_end": {"pk": 1},
        "upload_show": {"pk": upload.pk, "name": upload.name},
        "file_words": {"pk": upload.pk},
        "calendar_feed": {"token": feed.token},
        "letters_slower": {"token": "not-signed"},
        "notice_stop_link": {"token": "not-signed"},
        "activity_new": {"kind": "resource"},
        "session_delete": {"pk": resource.pk, "session": meeting.pk},
        "application_create": {"pk": stretch.pk},
        "application_update": {"pk": stretch.pk, "application": asked.pk},
        "application_delete": {"pk": stretch.pk, "application": asked.pk},
        "stretch_look_back": {"pk": stretch.pk},
        "draft_discard": {"pk": draft.pk},
        "journal_draft_discard": {"pk": draft.pk},
        "journal_reply_delete": {"pk": reply.pk},
        "moment_unshare": {"uid": moment.uid, "person": cast.bruno.pk},
        "moments_download": {"form": "csv"},
        "rings_year": year,
        "story_restore": year,
        "story_edit": year | {"key": "most"},
        "rings_share": year,
        "rings_unshare": year | {"person": cast.bruno.pk},
        "shared_rings": year | {"owner": ana.pk},
        "poster": year,
        "poster_file": year | {"suffix": "svg"},
        "account_reset_password_from_key": {"uidb36": "x", "key": "x"},
        "account_confirm_email": {"key": "x"},
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
    }
    examples |= make_groups(cast)
    by_beginning = {
        "desk_person": ana,
        "desk_unit": cast.network,
        "desk_skill": tag,
        "import_": run,
        "activity_": resource,
        "session_new": resource,
    }
    for name in filter(None, (pattern.name for pattern in reachable().values())):
        if name in examples:
            continue
        if name.startswith("moment_"):
            examples[name] = {"uid": moment.uid}
        elif name.startswith("journal_"):
            examples[name] = {"pk": entry.pk}
        for beginning, thing in by_beginning.items():
            if name.startswith(beginning):
                examples[name] = {"pk": thing.pk}
    return examples


def names_in(route: str) -> list[str]:
    """Names of the arguments of a route."""
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def address(route: str, pattern: URLPattern, examples: dict[str, dict[str, Any]]) -> str:
    """The address with its example; raises KeyError when one is missing (add it above)."""
    wanted = names_in(route)
    given = examples[pattern.name] if wanted else {}
    return reverse(pattern.name, kwargs={name: given[name] for name in wanted} or None)


def knock(browser: Client, method: str, path: str) -> int:
    """The status of one request; whatever it wrote is undone."""
    cookies = browser.cookies.copy()
    visitor = Client(raise_request_exception=False)
    visitor.cookies = cookies
    with transaction.atomic():
        answer = visitor.generic(method, path, content_type="application/x-www-form-urlencoded")
        b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code


def leads_to_sign_in(browser: Client, method: str, path: str) -> bool:
    """True if a stranger is sent to the door."""
    answer = browser.generic(method, path)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")


def kept_as(name: str, text: str) -> str:
    """The snapshot of this name; `SNAPSHOTS=write` in the environment renews it."""
    file = HERE / "snapshots" / name
    if os.environ.get("SNAPSHOTS") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return file.read_text() if file.exists() else ""


def tidy(route: str) -> str:
    """A route without the noise of regular expressions."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).removesuffix("$")
