"""Groups of the sample organisation: communities, circles and teams, with what was said in them."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from sapwood.activities.models import Activity
from sapwood.conversations.mentioning import find_named, keep_mentions
from sapwood.conversations.models import Audience, Membership, Message, Reaction, Thread
from sapwood.core.markup import clean
from sapwood.demo.texts import texts
from sapwood.live.models import Event
from sapwood.notify.conversations import tell_about_message, tell_about_reactions
from sapwood.people.models import Person
from sapwood.spaces.models import Kind, Note, NoteVersion, Ritual, Space
from sapwood.spaces.teams import open_team

YEAR = timedelta(days=365)
RECENT = timedelta(days=5)
Row = dict[str, Any]


class Loader:
    """Makes groups for these people, at times counted back from `now`."""

    def __init__(self, people: list[Person], random: Random, now: datetime) -> None:
        self.people, self.random, self.now = people, random, now
        self.by_name = {person.email.split("@")[0]: person for person in people}
        self.unit_of = {person.pk: person.unit.name if person.unit else "" for person in people}

    def make_all(self) -> None:
        """Everything in data/groups.yaml."""
        rows = texts("groups")
        for row in rows["communities"]:
            self.make(row, Kind.COMMUNITY)
        for row in rows["circles"]:
            self.make(row, Kind.CIRCLE)
        for name in rows["teams"]:
            manager = self.by_name[name]
            space = open_team(manager, by=manager, now=self.now)
            Space.objects.filter(pk=space.pk).update(is_sample=True)
            for thread in rows["team_threads"].get(name, ()):
                self.say(space, thread)

    def make(self, row: Row, kind: str) -> Space:
        """One group with its people, rituals, threads, notes and library."""
        founder, begun = self.by_name[row["steward"]], self.now - timedelta(days=200)
        last = row.get("days_left")
        space = Space.objects.create(
            kind=kind,
            **{name: row.get(name, "") for name in ("name", "purpose", "welcome", "manners")},
            stage=row.get("stage", ""),
            openness=row["openness"],
            language=row["language"],
            founded_by=founder,
            founded_at=begun,
            ends_on=founder.today() + timedelta(days=last) if last else None,
            is_sample=True,
        )
        self.bring_in(space, row, founder, begun)
        if ritual := row.get("ritual"):
            self.meet(space, ritual, founder)
        for thread in row.get("threads", ()):
            self.say(space, thread)
        for note in row.get("notes", ()):
            self.note(space, note)
        shelf = Activity.objects.filter(is_sample=True, title__in=row.get("library", ()))
        shelf.update(space=space)
        return space

    def bring_in(self, space: Space, row: Row, founder: Person, since: datetime) -> None:
        """Steward, facilitators, those named, whole units, and some others."""
        roles = {founder.pk: "steward"}
        roles |= {self.by_name[name].pk: "facilitator" for name in row.get("facilitators", ())}
        join = row.get("join", {"units": [], "others": 0})
        inside = [self.by_name[name].pk for name in row.get("members", ())]
        inside += [person.pk for person in self.people if self.unit_of[person.pk] in join["units"]]
        same = [person for person in self.people if person.language == row["language"]]
        inside += [p.pk for p in self.random.sample(same, min(join["others"], len(same)))]
        Membership.objects.bulk_create(
            Membership(
                audience=space.audience,
                person_id=pk,
                role=roles.get(pk, "member"),
                origin="hand" if pk in roles else "self",
                since=since + timedelta(days=n),
            )
            for n, pk in enumerate(dict.fromkeys([*roles, *inside]))
        )

    def meet(self, space: Space, row: Row, founder: Person) -> None:
        """A ritual that began some months ago, on its weekday."""
        first = founder.today() - timedelta(days=112)
        first += timedelta(days=(row["weekday"] - first.weekday()) % 7)
        Ritual.objects.create(
            space=space,
            name=row["name"],
            about=row["about"],
            rhythm=row["rhythm"],
            starts_on=first,
            at=time.fromisoformat(row["at"]),
            minutes=row["minutes"],
            time_zone=founder.time_zone,
            place=row["place"],
        )

    def say(self, space: Space, row: Row) -> None:
        """A thread with its answers."""
        audience, author = space.audience, self.by_name[row["by"]]
        at = self.now - timedelta(days=row["days"], hours=3, minutes=10 + len(row["text"]) % 40)
        if row["days"] == 0:  # last night
            at = self.now - timedelta(hours=7)
        thread = Thread.objects.create(
            audience=audience,
            author=author,
            kind="question" if "title" in row else "post",
            tone=row.get("tone", ""),
            title=row.get("title", ""),
            language=row.get("language", space.language),
            opened_at=at,
            last_at=at,
            is_sample=True,
        )
        self.message(thread, author, row, at, is_opening=True)
        for answer in row["answers"]:
            said_at = min(at + timedelta(hours=answer["hours"]), self.now - timedelta(minutes=9))
            self.message(thread, self.by_name[answer["by"]], answer, said_at)
        thread.touch(max(thread.messages.values_list("at", flat=True)))

    def message(
        self, thread: Thread, author: Person, row: Row, at: datetime, *, is_opening: bool = False
    ) -> None:
        """One message with its mentions and reactions."""
        message = Message.objects.create(
            thread=thread, author=author, text=row["text"], at=at, is_opening=is_opening
        )
        if "@" in row["text"]:
            keep_mentions(message, find_named(row["text"], thread.audience, author=author))
        if row.get("accepted"):
            true_on = (self.now - timedelta(days=row.get("true_days", 1))).date()
            message.accepted_at = at + timedelta(hours=1)
            message.true_on, message.review_on = true_on, true_on + YEAR
            message.save()
        Reaction.objects.bulk_create(self._reactions(thread.audience, message, row))

    def _reactions(self, audience: Audience, message: Message, row: Row) -> Iterable[Reaction]:
        inside = list(
            audience.memberships.exclude(person=message.author_id)
            .order_by("since", "pk")
            .values_list("person", flat=True)
        )
        for sense, n in row.get("reactions", {}).items():
            for pk in self.random.sample(inside, min(n, len(inside))):
                yield Reaction(message=message, person_id=pk, sense=sense, at=message.at)

    def note(self, space: Space, row: Row) -> None:
        """A note with its history."""
        last = row["versions"][-1]
        first = self.by_name[row["versions"][0]["by"]]
        note = Note.objects.create(
            space=space,
            title=row["title"],
            html=clean(last["html"]),
            version=len(row["versions"]),
            made_by=first,
            changed_by=self.by_name[last["by"]],
            changed_at=self.now - timedelta(days=last["days"], hours=5),
        )
        for number, version in enumerate(row["versions"], start=1):
            NoteVersion.objects.create(
                note=note,
                number=number,
                title=row["title"],
                html=clean(version["html"]),
                summary=version["summary"],
                by=self.by_name[version["by"]],
                at=self.now - timedelta(days=version["days"], hours=5),
            )


def make_groups(people: list[Person], random: Random) -> None:
    """Loads them all, with the notices of the last days."""
    now, heard = timezone.now(), Event.objects.order_by("-pk").first()
    Loader(people, random, now).make_all()
    recent = Message.objects.filter(thread__is_sample=True, at__gt=now - RECENT)
    for pk, at in recent.order_by("at").values_list("pk", "at"):
        tell_about_message(pk, at)
    for pk in recent.exclude(reactions=None).values_list("pk", flat=True).distinct():
        tell_about_reactions(pk, now)
    # No open page has to hear of all this.
    Event.objects.filter(pk__gt=heard.pk if heard else 0).delete()


def remove_groups() -> None:
    """Takes what invented people said, and the sample groups; what a real person wrote stays, with
    the thread or the group it stands in."""
    real = Message.objects.filter(author__is_sample=False)
    invented = Thread.objects.filter(author__is_sample=True)
    invented.exclude(pk__in=real.values("thread")).delete()
    kept = real.values("thread__audience")
    notes = NoteVersion.objects.filter(by__is_sample=False).values("note__space__audience")
    groups = Audience.objects.filter(space__is_sample=True)
    groups.exclude(pk__in=kept).exclude(pk__in=notes).delete()
    Space.objects.filter(is_sample=True).update(is_sample=False)
