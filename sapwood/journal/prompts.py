"""The forty questions of the journal, when each is asked, and the models they step through."""

from pathlib import Path
from typing import Any

import msgspec
import yaml
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data" / "prompts.yaml"


class Prompt(msgspec.Struct, frozen=True):
    """One question: its moment, model and step ("w3.what"), minutes, and depth 1 to 3.

    Depth 1 notices, 2 makes sense, 3 changes something.
    """

    id: str
    moment: str
    model: str
    depth: int
    minutes: int
    en: str
    pt: str

    @property
    def text(self) -> str:
        """The question in the active language."""
        return self.pt if (get_language() or "en").startswith("pt") else self.en

    @property
    def family(self) -> str:
        """The reflection model, without the step."""
        return self.model.partition(".")[0]

    @property
    def step(self) -> str:
        """The step of the model that this question serves."""
        return self.model.partition(".")[2]

    @property
    def why(self) -> str:
        """When this question is asked, in words."""
        return str(MOMENTS[self.moment])


def _read() -> dict[str, Any]:
    return dict(yaml.load(DATA.read_text(encoding="utf-8"), yaml.CSafeLoader))


_data = _read()
PROMPTS: dict[str, Prompt] = {
    prompt.id: prompt for prompt in msgspec.convert(_data["prompts"], list[Prompt])
}
STEPS: dict[str, list[str]] = msgspec.convert(_data["models"], dict[str, list[str]])

MOMENTS: dict[str, Promise] = {
    "start": _("Before the day"),
    "end": _("From daily work"),
    "event": _("Right after it happened"),
    "week": _("Looking back on the week"),
    "project": _("When a piece of work ends"),
    "quarter": _("Looking back on three months"),
    "course": _("After a course or an event"),
}
MODELS: dict[str, Promise] = {
    "": _("Surprise me"),
    "w3": _("What, so what, now what"),
    "diep": _("Describe, interpret, evaluate, plan"),
    "kolb": _("Experience, observe, conclude, try"),
    "gibbs": _("Six steps, feelings included"),
    "aar": _("Expected, actual, why, next"),
}
