"""From a post to a mailbox and back: over real SMTP out, over real LMTP in, into the thread."""

import smtplib
from email.message import EmailMessage
from email.utils import parseaddr
from uuid import uuid4

import pytest

from sapwood.conversations.changing import remove
from sapwood.conversations.models import Audience, Membership, Message
from sapwood.conversations.posting import answer, open_thread
from sapwood.notify.letters.claiming import claim_due
from sapwood.notify.letters.sending import send_waiting
from sapwood.notify.models import Letter, Notice, Preference
from sapwood.notify.tests.mail_server import Server, parts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(settings):
    server = Server()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 10
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.REPLY_ADDRESS = "reply@learn.ardal.example"
    yield server.box
    server.stop()


@pytest.fixture
def thread(transactional_db, cast, run_jobs):
    """Ana asked, Bruno answered, and Ana wants e-mail of that at once."""
    group = Audience.objects.create(name="Leak Detectives", home="/groups/")
    for person in (cast.ana, cast.bruno):
        Membership.objects.create(audience=group, person=person)
    Preference.objects.create(person=cast.ana, group="you", channel="email", rhythm="at_once")
    now = cast.ana.now()
    made = open_thread(
        cast.ana, group, key=uuid4(), kind="question", title="Which valve is first?", text="",
        now=now,
    )  # fmt: skip
    answer(cast.bruno, made, key=uuid4(), text="V7, I think.", now=now)
    run_jobs()
    Notice.objects.exclude(person=cast.ana).delete()
    Notice.objects.filter(email_due_at__isnull=False).update(email_due_at=now)
    return made


def deliver(now):
    claim_due(now)
    return send_waiting(now)


def test_an_answer_reaches_a_mailbox_and_the_reply_reaches_the_thread(
    cast,
    thread,
    box,
    listening,
    run_jobs,
):
    assert deliver(cast.ana.now()) == 1
    [letter] = box.letters
    text, html = parts_of(letter)
    assert "V7, I think." in text
    assert "your answer stands in the thread" in " ".join(html.split())
    reply = EmailMessage()
    reply["From"], reply["To"] = "Ana Sá <ana@ardal.example>", letter["Reply-To"]
    reply["Subject"], reply["Message-ID"] = "Re: Which valve?", "<r1@ardal.example>"
    reply["In-Reply-To"] = letter["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    reply.set_content(
        "Thank you, that worked.\n\nOn Thu, 9 Oct 2025 at 09:00, Sapwood\n"
        f"<{letter['Reply-To']}> wrote:\n\n{quoted}\n\n-- \nAna Sá\n"
    )
    with smtplib.LMTP("127.0.0.1", listening("lmtp"), timeout=10) as server:
        for _time in range(2):
            to = parseaddr(letter["Reply-To"])[1]
            server.sendmail("ana@ardal.example", [to], reply.as_bytes())
    said = Message.objects.filter(thread=thread, author=cast.ana, is_opening=False)
    assert [(each.text, each.via) for each in said] == [("Thank you, that worked.", "email")]
    run_jobs()
    assert Notice.objects.filter(person=cast.bruno, kind="answer").exists()


@pytest.mark.parametrize("case", ["removed", "left", "group closed"])
def test_what_ends_while_the_letter_is_built_is_not_sent(cast, thread, box, run_jobs, case):
    now = cast.ana.now()
    claim_due(now)
    if case == "removed":
        remove(Message.objects.get(thread=thread, author=cast.bruno), now=now)
        run_jobs()
    elif case == "left":
        Membership.objects.filter(person=cast.ana).delete()
    else:
        Membership.objects.all().delete()
        Audience.objects.update(writing="nobody")
    assert send_waiting(now) == 0
    assert Letter.objects.get().state == "empty"
    assert box.raw == []
