"""The page of parts for those who build and run Sapwood: each with example, do and don't, twice."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sapwood.core.design_talk import TalkExamples
from sapwood.core.languages import spoken
from sapwood.core.pages import forbid_unless, render

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """One part: its template is core/design/_<key>.html."""

    key: str
    title: Words
    do: Words
    dont: Words


class ExampleForm(forms.Form):
    """A form in trouble, so that its errors show."""

    title = forms.CharField(
        label=_("Name this gathering"), help_text=_("A question works better than a topic.")
    )
    tables = forms.IntegerField(label=_("How many tables?"), min_value=2, max_value=24)
    ring = forms.ChoiceField(label=_("Ring"), choices=[("2", _("2, with other people"))])
    story = forms.CharField(label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 2}))
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("today", _("Today")), ("yesterday", _("Yesterday")), ("day", _("Another day"))],
        widget=forms.RadioSelect,
    )


PARTS = [
    Part("rings", _("Rings"),
         _("Give a ring its number wherever its colour stands."),
         _("Use a ring colour for anything that is not a ring.")),
    Part("colour", _("Paper, ink and roles"),
         _("One saturated block on a screen, then paper. Violet is for “only you”."),
         _("Gradients, tinted shadows, colour to mean good or bad.")),
    Part("type", _("Type and space"),
         _("Serif for what people say, sans for what the system says. Sentence case."),
         _("All capitals, letter-spaced small text, labels of fixed width.")),
    Part("buttons", _("Buttons"),
         _("One primary in a group; a verb and its object: “Post to 64 people”."),
         _("“Submit”, two primaries, a grey button without its reason.")),
    Part("forms", _("Fields"),
         _("A label above, a hint before, an error that says what to do next."),
         _("Words only inside the field, stars for required, errors only at the top.")),
    Part("choices", _("Choices"),
         _("Pills for two to seven short words; who can see it, with the consequence of each."),
         _("Privacy behind a menu, or a choice made in advance for somebody.")),
    Part("small", _("Tags, chips, states"),
         _("An icon and a word. Chips only filter, and say when they apply."),
         _("Tags as decoration, a colour for each state.")),
    Part("people", _("People"),
         _("Initials on grain with the name beside; a photo if the person gave one."),
         _("Presence lights, bigger pictures for some, other people’s rings.")),
    Part("cards", _("Cards by kind"),
         _("The shape says what it is before the label does."),
         _("One card for all kinds, invented cover photos.")),
    Part("links", _("Links and files"),
         _("Our own small copy of a picture; a player only after the reader asked for it."),
         _("Anything loaded from elsewhere by itself, a file without its type and size.")),
    Part("talk", _("Talk"),
         _("A face, words in serif, and what they were to others; an edge marks what worked."),
         _("Thumbs and hearts, scores on people, words that vanish without a line.")),
    Part("progress", _("Progress and figures"),
         _("A bar for one thing, steps for weeks, counts in words under the number."),
         _("A percentage of completion for a person’s learning.")),
    Part("tables", _("Tables"),
         _("First cell is the row’s name; states are an icon, a word and an edge."),
         _("Blanks or zeros for hidden groups, sideways scrolling on phones.")),
    Part("steps", _("Steps"),
         _("Any order; under a done step stands what was chosen."),
         _("Lock later steps.")),
    Part("writing", _("The writing page"),
         _("Violet spine, ruled paper, who can read it at the top right."),
         _("A save button that says nothing about who will see it.")),
    Part("over", _("Toasts, dialogs, empty places"),
         _("A toast has Undo; a dialog only for what reaches others or can’t be undone."),
         _("Toasts for errors, praise for clicking.")),
]  # fmt: skip

COLOURS = ["paper", "sheet", "sunk", "rule", "rule-2", "ink-3", "ink-2", "ink", "accent", "link",
           "focus", "warn", "bad", "private", "bark"]  # fmt: skip
PEOPLE = [
    SimpleNamespace(name=name, initials=initials, grain=grain)
    for name, initials, grain in [
        ("Tomás Pereira", "TP", 0),
        ("Aisha Rahman", "AR", 1),
        ("Kwame Boateng", "KB", 2),
        ("Lena Novak", "LN", 3),
    ]
]


SITE = SimpleNamespace(site="vimeo.com", kind="video", referrer="no-referrer")
FILM = "https://player.vimeo.com/video/76979871?dnt=1"
CARDS = [
    SimpleNamespace(url="#links", host="water.example", ending="PDF", picture="", player=None,
                    title=_("Calm networks"),
                    summary=_("Four steps a week, most under 20 minutes.")),
    SimpleNamespace(url="#links", host=SITE.site, ending="", picture="", summary="",
                    title=_("Hearing a leak before you see it"),
                    player=SimpleNamespace(site=SITE, src=FILM, begins=FILM)),
]  # fmt: skip
FILE = SimpleNamespace(pk="plan", name="plan.pdf", ending="PDF", kilobytes=1240, alt="", small="",
                       url="#links", is_picture=False, words_url="#links")  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two columns, with a form of its own so that ids stay apart."""

    theme: str
    form: ExampleForm

    @property
    def drop(self) -> SimpleNamespace:
        """A place for files that goes nowhere."""
        return place_for_files(f"{self.theme}-files")

    @property
    def talk(self) -> TalkExamples:
        """What people say to each other."""
        return TalkExamples(self.theme, PEOPLE, place_for_files(f"{self.theme}-talk-files"))


def place_for_files(name: str) -> SimpleNamespace:
    """What `ui.file_drop` draws, for files that nobody takes."""
    return SimpleNamespace(id=name, errors=[], attached=[], value="", send="", look="", most=10,
                           largest=0)  # fmt: skip


def side(theme: str) -> Side:
    """The column of one theme."""
    data = {"title": "What makes a good handover?", "tables": "40", "ring": "2", "when": "today"}
    return Side(theme, ExampleForm({f"{theme}-{k}": v for k, v in data.items()}, prefix=theme))


def design(request: HttpRequest) -> HttpResponse:
    """Every part, in light and dark, for administrators and stewards."""
    person: Any = request.user
    forbid_unless(person.has_role("administrator", "steward"))
    context = {
        "parts": PARTS,
        "sides": [side("light"), side("dark")],
        "colours": COLOURS,
        "people": PEOPLE,
        "cards": CARDS,
        "shown_files": [FILE],
        "day": date(2026, 10, 13),
        "languages": spoken(),
    }
    return render(request, "core/design/show.html", context)
