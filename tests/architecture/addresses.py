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


def make_examples(cast: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """For each named address that needs one: arguments of an object that is Ana's."""
    from sapwood.activities.models import Activity, CalendarFeed, Session
    from sapwood.home.showing import show_year
    from sapwood.journal.keeping import keep
    from sapwood.journal.models import Draft, Reply
    from sapwood.kinds.resource.models import Resource
    from sapwood.kinds.stretch.models import Application, Stretch
    from sapwood.ledger.recording import record
    from sapwood.media.models import Upload
    from sapwood.people.models import ImportRun, Invitation

    ana, now = cast.ana, timezone.now()
    moment = record(ana, way="web_search", title="Asked how the valve closes")
    entry = keep(ana, uuid.uuid4(), text="What I noticed at the valve", now=now)
    draft = Draft.objects.create(pk=uuid.uuid4(), person=ana, fields={"text": "x"}, saved_at=now)
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
    feed = CalendarFeed.objects.create(person=ana)
    show_year(ana, now.year, [cast.bruno])
    year = {"year": now.year}
    examples: dict[str, dict[str, Any]] = {
        "profile": {"pk": ana.pk},
        "photo_show": {"pk": ana.pk, "key": "none"},
        "invitation_withdraw": {"pk": invitation.pk},
        "join": {"token": invitation.token},
        "setup_begin": {"secret": "not-the-secret"},
        "session_end": {"pk": 1},
        "upload_show": {"pk": upload.pk, "name": upload.name},
        "calendar_feed": {"token": feed.token},
        "activity_new": {"kind": "resource"},
        "session_delete": {"pk": resource.pk, "session": meeting.pk},
        "application_create": {"pk": stretch.pk},
        "application_update": {"pk": stretch.pk, "application": asked.pk},
        "application_delete": {"pk": stretch.pk, "application": asked.pk},
        "stretch_look_back": {"pk": stretch.pk},
        "journal_discard": {"pk": draft.pk},
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
    by_beginning = {
        "desk_person": ana,
        "desk_unit": cast.network,
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
