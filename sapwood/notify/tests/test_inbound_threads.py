"""An answer by e-mail stands in the thread, or comes back saying why not."""

from uuid import uuid4

import pytest
from django.core import mail

from sapwood.conversations.models import Audience, Membership, Message
from sapwood.conversations.posting import open_thread
from sapwood.notify.inbound import addresses
from sapwood.notify.inbound.reading import read
from sapwood.notify.inbound.taking import take
from sapwood.notify.tests.letters_in import letter, png
from sapwood.writing.models import Draft


@pytest.fixture
def thread(cast, settings):
    settings.REPLY_ADDRESS = "reply@learn.ardal.example"
    group = Audience.objects.create(name="Leak Detectives", home="/groups/")
    for person in (cast.ana, cast.bruno):
        Membership.objects.create(audience=group, person=person)
    return open_thread(cast.bruno, group, key=uuid4(), text="Still hissing.", now=cast.bruno.now())


def answer(person, thread, text="We close V7 first.", **more):
    now = person.now()
    to = addresses.address_for(person, "thread", str(thread.pk), now=now)
    raw = letter(to, text, sender=person.email, **more)
    return take(read(raw, envelope_from=person.email), [to], now=now)


def test_an_answer_stands_in_the_thread_once(cast, thread):
    assert answer(cast.ana, thread, files=(("plan.png", png()),)) == "taken"
    assert answer(cast.ana, thread, files=(("plan.png", png()),)) == "seen"
    said = Message.objects.get(thread=thread, is_opening=False)
    assert (said.author, said.text, said.via) == (cast.ana, "We close V7 first.", "email")
    assert [each.upload.name for each in said.attachments.all()] == ["plan.webp"]
    assert said.attachments.get().upload.unused_since is None


@pytest.mark.parametrize("case", ["left", "closed", "gone", "nobody writes"])
def test_whoever_may_no_longer_answer_gets_the_words_back(cast, thread, case):
    if case == "left":
        Membership.objects.filter(person=cast.ana).delete()
    elif case == "closed":
        thread.is_closed = True
        thread.save()
    elif case == "gone":
        gone, thread = thread, type(thread)(pk=thread.pk)
        gone.delete()
    else:
        Audience.objects.update(writing="nobody")
    assert answer(cast.ana, thread) == "returned"
    [back] = mail.outbox
    assert back.to == [cast.ana.email]
    assert "We close V7 first." in back.body
    assert not Message.objects.filter(is_opening=False).exists()


def test_too_long_an_answer_waits_in_the_box_of_the_thread(cast, thread):
    words = "We close V7 first. " * 1500
    assert answer(cast.ana, thread, words) == "returned"
    draft = Draft.objects.get()
    assert (draft.person, draft.slot) == (cast.ana, f"thread-{thread.pk}")
    assert not Message.objects.filter(is_opening=False).exists()


def test_the_letter_back_speaks_the_language_of_its_reader(cast, thread):
    cast.ana.language = "pt"
    cast.ana.save()
    assert answer(cast.ana, thread, "> só citação") == "returned"
    assert "Não foi aceite" in mail.outbox[0].subject
