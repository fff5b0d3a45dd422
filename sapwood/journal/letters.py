"""What the journal adds to an e-mail: one question to take along, answered by replying."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sapwood.journal.inbound import PURPOSE
from sapwood.journal.prompting import prompt_for
from sapwood.notify.letters.parts import LetterPart, letter_part
from sapwood.people.models import Person


@letter_part
def question_to_take(person: Person, now: datetime) -> LetterPart:
    """The question that the journal would ask now."""
    prompt = prompt_for(person, now)
    return LetterPart(
        heading=_("A question to take with you"),
        text=prompt.text,
        link=f"{settings.BASE_URL}{reverse('journal')}",
        answers=(PURPOSE, prompt.id),
        invites=_("and your answer goes into your journal. Only you will be able to read it."),
    )
