"""Person: someone who learns here; everyone does."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sapwood.core.announcing import announce
from sapwood.core.ids import uuid7
from sapwood.core.policies import LEAVING, Audience, Policy
from sapwood.people.folding import fold
from sapwood.people.models.skill import Skill
from sapwood.people.models.unit import Unit
from sapwood.people.near import near_words
from sapwood.people.tongues import tongues

WEEKDAYS = 7
ERASED = "@erased.invalid"


def says_ask_about(words: str) -> models.Q:
    """Every word begins one of the "ask me about" words, in the near form of both."""
    forms = near_words(words)
    if not forms:
        return models.Q(pk__in=[])
    return models.Q(*(models.Q(asks__contains=f" {form}") for form in forms))


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def active(self) -> Self:
        """People who can sign in."""
        return self.filter(is_active=True)

    def not_erased(self) -> Self:
        """Everybody of whom more than an empty row is left."""
        return self.exclude(email__endswith=ERASED)

    def who_came_in(self) -> Self:
        """People who have a password or proved an address."""
        proved = models.Q(pk__in=Person.objects.filter(emailaddress__verified=True).values("pk"))
        return self.filter(~models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | proved)

    def waiting_to_sign_in(self) -> Self:
        """Active people without a password who never proved their address: they never came in."""
        return (
            self.active()
            .filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
            .exclude(emailaddress__verified=True)
        )

    def with_waiting(self) -> Self:
        """Each with `waits`: whether they still have to sign in for the first time."""
        waiting = Person.objects.waiting_to_sign_in().filter(pk=models.OuterRef("pk"))
        return self.annotate(waits=models.Exists(waiting))

    def visible_to(self, person: "Person") -> Self:
        """Colleagues: every active person of the organisation, and oneself."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(models.Q(is_active=True) | models.Q(pk=person.pk))

    def apart_from(self, person: "Person") -> Self:
        """Without those whom a block keeps apart from `person`, in either direction.

        One's own manager and direct reports stay: their work together goes on (blocking.py).
        """
        from sapwood.people.models.block import Block

        theirs = Block.objects.order_by().filter(blocked=person).values("blocker")
        own = Block.objects.order_by().filter(blocker=person).values("blocked")
        line = models.Q(manager=person) | models.Q(pk=person.manager_id)
        return self.filter(line | ~models.Q(pk__in=own) & ~models.Q(pk__in=theirs))

    def reports_of(self, manager: "Person") -> Self:
        """Direct reports only (capabilities.md, privacy rule 3)."""
        return self.active().filter(manager=manager)

    def in_unit(self, unit: Unit) -> Self:
        """People of the unit and of the units under it."""
        return self.filter(unit__path__startswith=unit.path)

    def matching(self, words: str) -> Self:
        """Every word is in the name, job, site, unit or a tag; accents and plurals don't matter."""
        found = self
        for term in fold(words).split():
            found = found.filter(
                models.Q(folded__contains=term)
                | models.Q(unit__in=Unit.objects.order_by().filter(folded__contains=term))
                | says_ask_about(term)
            )
        return found

    def saying(self, skill: Skill) -> Self:
        """Those who say "ask me about" with this tag."""
        return self.filter(said_skills__skill=skill, said_skills__said="ask")

    def speaking(self, code: str) -> Self:
        """Those who wrote that they speak the language of this code."""
        return self.filter(tongues__contains=f",{code},")

    def bulk_create(  # type: ignore[override]
        self, objs: Iterable["Person"], *args: Any, **kwargs: Any
    ) -> list["Person"]:
        """Keeps the text that searches compare in step; a new password ends sessions elsewhere."""
        people = list(objs)
        for person in people:
            person.fold_words()
        return super().bulk_create(people, *args, **kwargs)  # type: ignore[arg-type, return-value]

    def closed(self) -> Self:
        """Those who left and are not erased yet."""
        return self.filter(is_active=False).exclude(email__endswith=ERASED)

    def administrators(self) -> Self:
        """Those who can run the installation now."""
        return self.active().filter(role_grants__role="administrator")


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Creates people; e-mail addresses are folded to lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in with `email`; without a password, by code or passkey only."""
        person: Person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Addresses are compared without regard to case."""
        person: Person = self.get(email__iexact=username)
        return person


class Person(AbstractBaseUser):
    """Profile, place in the organisation and preferences; what they learn lies in the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("work e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    staff_number = models.CharField(max_length=64, null=True, blank=True, unique=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    site = models.CharField(_("site"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="people")
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    ask_about = models.CharField(_("ask me about"), max_length=1800, blank=True)
    speaks = models.CharField(_("languages"), max_length=120, blank=True)
    # Codes of the languages in `speaks`, as searches compare them: ",en,pt,".
    tongues = models.CharField(max_length=200, blank=True, editable=False)
    skills = models.ManyToManyField(Skill, through="PersonSkill", related_name="people")
    language = models.CharField(_("language of the pages"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Lisbon")
    working_days = models.CharField(_("working days"), max_length=7, default="01234", blank=True)
    theme = models.CharField(_("theme"), max_length=6, default="", blank=True)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    # True once somebody wrote their own name: imports leave it alone then.
    named_self = models.BooleanField(default=False, editable=False)
    # Digest of the photo, part of its address; empty without one.
    photo_key = models.CharField(max_length=16, blank=True, editable=False)
    folded = models.TextField(blank=True, editable=False)
    # Near forms of the words in `ask_about`, a space around each.
    asks = models.TextField(blank=True, editable=False)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When somebody last came is not kept (capabilities.md, privacy rule 3).
    last_login = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    privacy = Policy(
        title=_("Name, unit, site, work e-mail"),
        purpose=_("So that colleagues find and recognise each other."),
        seen_by=_("Everyone in the organisation"),
        retention=_("While you work here, then 12 months."),
        person="pk",
        export=(
            "email", "name", "pronouns", "job_title", "site", "ask_about", "speaks", "language",
            "time_zone", "working_days", "joined_on", "staff_number", "unit__name", "manager__name",
        ),
        erase="anonymise",
        swept_by=LEAVING,
        kept_because=_("Your name is taken out; what you wrote to others stays readable."),
        link="profile_edit",
        circle="everyone",
        apart=(
            Audience(
                ("staff_number", "joined_on", "language", "is_active", "named_self", "created_at",
                 "closed_at"),
                _("You and administrators"), "desk", _("Staff number, first day, language"),
                _("So that the list of people can be kept."),
            ),
            Audience(
                ("theme", "shortcuts"), _("Only you"), "you", _("How pages look to you"),
                _("So that pages suit you."),
            ),
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]
        indexes = [models.Index(fields=["name"]), models.Index(fields=["site"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the text that searches compare in step."""
        self.fold_words()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "folded", "asks", "tongues"}
        has_new_password = getattr(self, "_password", None) is not None and not self._state.adding
        super().save(*args, **kwargs)
        if has_new_password:
            announce("session_ended", self.pk)

    def fold_words(self) -> None:
        """Name, job, site, "ask me about" and languages as searches compare them."""
        words = (self.name, self.job_title, self.site, self.ask_about)
        self.folded = fold(" · ".join(filter(None, words)))
        self.asks = f" {' '.join(near_words(self.ask_about))} " if self.ask_about else ""
        self.tongues = tongues(self.speaks)

    @property
    def first_name(self) -> str:
        """What a greeting uses."""
        return self.name.split()[0] if self.name.strip() else self.name

    @property
    def initials(self) -> str:
        """First letters of the first and last name."""
        parts = self.name.split() or ["?"]
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

    @property
    def grain(self) -> int:
        """0 to 3: which grain an avatar without photo is drawn with; says nothing about rings."""
        return self.pk.int % 4

    @property
    def topics(self) -> list[str]:
        """What one can ask this person about."""
        return [topic.strip() for topic in self.ask_about.split(",") if topic.strip()]

    @property
    def photo_url(self) -> str:
        """Address of the photo; empty without one."""
        if not self.photo_key:
            return ""
        return reverse("photo_show", kwargs={"pk": self.pk, "key": self.photo_key})

    def now(self) -> datetime:
        """The present moment where this person is."""
        return timezone.now().astimezone(ZoneInfo(self.time_zone))

    def today(self) -> date:
        """The present day where this person is."""
        return self.now().date()

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held (see Role); everyone learns, so `learner` is not stored."""
        from sapwood.people.models.role import held_by

        return frozenset(held_by(person=self.pk))

    def has_role(self, *roles: str) -> bool:
        """True if the person holds any of `roles`."""
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_administrator(self) -> bool:
        """May run the installation; may not read anyone's private writing."""
        return self.has_role("administrator")

    @property
    def waits_to_sign_in(self) -> bool:
        """True while they are here by an import or the desk and never signed in."""
        return bool(Person.objects.waiting_to_sign_in().filter(pk=self.pk).exists())

    @property
    def waiting_address(self) -> str:
        """An address that others wrote for this person and that waits for their word, or empty."""
        new = getattr(self, "new_address", None)
        return new.email if new and new.email != self.email else ""

    @property
    def is_only_administrator(self) -> bool:
        """True for the last one: they can't leave before somebody else can take over."""
        return (
            self.is_administrator
            and not Person.objects.administrators().exclude(pk=self.pk).exists()
        )

    @classmethod
    def hold_administrators(cls) -> None:
        """Until this transaction ends nobody else can make one of them an administrator no more."""
        list(cls.objects.administrators().order_by("pk").select_for_update(of=("self",)))

    def chain_to(self, manager: "Person | None") -> list["Person"]:
        """The circle that naming `manager` would close, from oneself back to oneself; else []."""
        chain: list[Person] = [self]
        seen = set()
        while manager and manager.pk not in seen:
            chain.append(manager)
            if manager.pk == self.pk:
                return chain
            seen.add(manager.pk)
            manager = manager.manager
        return []

    def end_sessions(self) -> None:
        """Signs this person out everywhere."""
        sessions = list(self.usersession_set.all())  # type: ignore[attr-defined]
        for session in sessions:
            session.end()
        announce("session_ended", self.pk)

    def anonymise(self) -> None:
        """Keeps the row and nothing that tells who it was."""
        for field in ("pronouns", "job_title", "site", "ask_about", "speaks", "photo_key"):
            setattr(self, field, "")
        self.name = gettext("Someone who left")
        self.email = f"{self.pk.hex}{ERASED}"
        self.staff_number = self.unit = self.manager = self.joined_on = None
        self.is_active = False
        self.set_unusable_password()
        self.save()

    def can_edit(self, person: "Person") -> bool:
        """True if `person` may change this profile: its owner, or an administrator."""
        return person.pk == self.pk or person.is_administrator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used: rules live on models and querysets."""
        return False

    has_module_perms = has_perm
