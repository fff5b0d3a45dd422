"""What people say to each other on the page of parts: objects shaped as talk.html draws them."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

SENSES = [
    ("useful", gettext_lazy("Useful"), "wrench"),
    ("learned", gettext_lazy("Learned something"), "lightbulb"),
    ("been_there", gettext_lazy("Been there"), "hand"),
    ("question", gettext_lazy("I have a question"), "circle-question-mark"),
]
TONES = [
    ("doing", gettext_lazy("What I am doing")),
    ("learned", gettext_lazy("What I learned")),
    ("need", gettext_lazy("What I need")),
    ("question", gettext_lazy("A question")),
]


class ComposerExample(forms.Form):
    """The box over a stream; it leads nowhere."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    tone = forms.ChoiceField(choices=TONES, widget=forms.RadioSelect, initial="doing")
    title = forms.CharField(required=False)
    text = forms.CharField(required=False)
    draft = None

    def __init__(self, theme: str, drop: SimpleNamespace) -> None:
        super().__init__(prefix=f"{theme}-talk")
        self.slot, self.drop = f"design-{theme}", drop


class TalkExamples:
    """A post, a question, an accepted answer, removed words and the box, for one column."""

    def __init__(self, theme: str, people: list[SimpleNamespace], drop: SimpleNamespace) -> None:
        self.theme, self.now = theme, timezone.now()
        units = [_("night crew"), _("customer line"), _("leak team"), _("operations")]
        self.people = [
            SimpleNamespace(**vars(person), pk=_id(person.name), unit=SimpleNamespace(name=unit))
            for person, unit in zip(people, units, strict=True)
        ]
        self.form = ComposerExample(theme, drop)
        self.audience = SimpleNamespace(pk=_id("audience"))

    @property
    def cards(self) -> list[SimpleNamespace]:
        """What stands in a stream: a post with a tone, a question, a post without its words."""
        tomas, aisha, kwame, lena = self.people
        heard = self.said(1, tomas, _("Logger four says leak, my ears say pump. I write down why I "
                          "trust which one."), hours=3, senses={"learned": 4})  # fmt: skip
        reply = self.said(2, lena, _("If it stays up with the pump off, that is your answer."))
        asked = self.said(3, aisha, _("The flat above is empty, and the caller hears it at night."),
                          hours=30, senses={"been_there": 2}, given="been_there")  # fmt: skip
        gone = self.said(4, kwame, "", hours=52, is_removed=True)
        title = _("A meter that ticks like a watch: is that ever anything?")
        return [
            self.card(heard, reply, tone="doing", tone_words=_("What I am doing")),
            self.card(asked, None, title=title, is_question=True, is_answered=True, answers=3),
            self.card(gone, None),
        ]

    @property
    def accepted(self) -> SimpleNamespace:
        """The answer that worked; its own author sees counts, without buttons."""
        words = _("Nearly always a toilet valve, one time in thirty a service pipe.")
        return self.said(5, self.people[3], words, hours=26, senses={"useful": 9}, is_own=True)

    def card(self, opening: SimpleNamespace, last: SimpleNamespace | None, **more: Any) -> Any:
        """One thread in a stream."""
        author, at = opening.message.author, opening.message.at
        thread = {"pk": opening.message.pk, "author": author, "opened_at": at, "title": "",
                  "language": get_language(), "tone": "", "is_question": False, "hidden_at": None,
                  "answers": 1 if last else 0, **more}  # fmt: skip
        return SimpleNamespace(thread=SimpleNamespace(**thread), opening=opening, last=last)

    def said(
        self,
        number: int,
        author: SimpleNamespace,
        text: str,
        *,
        hours: int = 1,
        senses: dict[str, int] | None = None,
        given: str = "",
        is_removed: bool = False,
        is_own: bool = False,
    ) -> SimpleNamespace:
        """One message; `senses` says how many gave which, and `given` which one the reader gave."""
        at: datetime = self.now - timedelta(hours=hours)
        counted = [
            SimpleNamespace(sense=sense, words=words, icon=icon, n=(senses or {}).get(sense, 0),
                            given=sense == given)
            for sense, words, icon in SENSES
        ]  # fmt: skip
        message = SimpleNamespace(
            pk=_id(f"{self.theme} {number}"), author=author, at=at, via="", is_removed=is_removed
        )
        return SimpleNamespace(
            message=message, body=[[[SimpleNamespace(text=text, href="")]]], is_own=is_own,
            is_cut=False, files=[], cards=[], reactions=counted,
            given=[each for each in counted if each.n],
        )  # fmt: skip


def _id(name: str) -> Any:
    return uuid5(NAMESPACE_URL, f"design {name}")
