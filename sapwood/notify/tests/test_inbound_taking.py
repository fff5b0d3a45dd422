"""A letter is taken once, for the right person, or sent back with its words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from sapwood.notify.inbound import addresses, registry
from sapwood.notify.inbound.mailbox import AT_ONCE, EVERY, _turn
from sapwood.notify.inbound.reading import LARGEST, Unreadable, read
from sapwood.notify.inbound.registry import SentBack, Taker
from sapwood.notify.inbound.taking import take
from sapwood.notify.models import Received, ReplyAddress
from sapwood.notify.tests.letters_in import letter, png
from sapwood.writing.models import Draft

NOW = timezone.now()


@pytest.fixture(autouse=True)
def reply_address(settings):
    settings.REPLY_ADDRESS = "reply@learn.ardal.example"


@pytest.fixture
def taken(monkeypatch):
    """What a taker of answers "to pebbles" was given."""
    given = []
    registry.taker_for("none")

    def into(answer):
        if "no room" in answer.text:
            raise SentBack("There is no room.", "/pebbles/")
        given.append(answer)

    taker = Taker(into, 1000, "pebble-{about}", lambda about: f"/pebbles/{about}/", True)
    monkeypatch.setitem(registry._takers, "pebble", taker)
    return given


@pytest.fixture
def to(cast, taken):
    return addresses.address_for(cast.ana, "pebble", "p1", now=NOW)


def receive(raw, *receivers, now=NOW, envelope_from="ana@ardal.example"):
    incoming = read(raw, envelope_from=envelope_from)
    return take(incoming, list(receivers) or incoming.receivers, now=now)


def test_the_address_is_short_signed_and_the_same_for_the_same_thing(cast, to):
    local = to.partition("@")[0]
    assert len(local) <= 64
    assert to == addresses.address_for(cast.ana, "pebble", "p1", now=NOW)
    assert addresses.find([to]).person == cast.ana
    assert addresses.find([to.upper()]).person == cast.ana
    for place in range(6, len(local)):
        other = "a" if local[place] != "a" else "b"
        assert addresses.read_token(f"{local[:place]}{other}{local[place + 1 :]}@x.example") is None


def test_without_a_reply_address_nobody_is_invited(cast, settings):
    settings.REPLY_ADDRESS = ""
    assert addresses.address_for(cast.ana, "pebble", "p1", now=NOW) == ""


def test_an_answer_is_taken_once_however_often_it_comes(cast, to, taken):
    raw = letter(to, "V7.\n\nOn 3/2/2025 14:02, Sapwood wrote:\n> Which?\n")
    assert [receive(raw) for _time in range(3)] == ["taken", "seen", "seen"]
    [answer] = taken
    assert (answer.person, answer.about, answer.text) == (cast.ana, "p1", "V7.")
    assert Received.objects.get().person == cast.ana
    assert mail.outbox == []


def test_a_letter_without_an_id_is_known_by_its_content(to, taken):
    assert receive(letter(to, message_id="")) == "taken"
    assert receive(letter(to, message_id="")) == "seen"
    assert receive(letter(to, "Other words", message_id="")) == "taken"


def test_what_fails_half_way_can_be_sent_again(to, taken, monkeypatch):
    def fail(answer):
        raise RuntimeError

    monkeypatch.setitem(registry._takers, "pebble", Taker(fail, 1000, "p", lambda about: "/", True))
    with pytest.raises(RuntimeError):
        receive(letter(to))
    assert not Received.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (failure)"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"List_Id": "<all.ardal.example>"},
        {"Return_Path": "<>"},
        {"X_Sapwood": "letter"},
        {"X_Autoreply": "yes"},
    ],
)
def test_machines_are_neither_taken_nor_answered(to, taken, headers):
    assert receive(letter(to, **headers)) == "ignored"
    assert receive(letter(to, "", **headers)) == "ignored"
    assert (taken, mail.outbox) == ([], [])


@pytest.mark.parametrize("subject", ["Automatic reply: Which?", "Resposta automática: Qual?"])
def test_absence_notes_are_ignored(to, taken, subject):
    raw = letter(to).replace(b"Subject: Re: Which valve?", f"Subject: {subject}".encode())
    assert receive(raw) == "ignored"
    assert taken == []


def test_mail_about_mail_is_ignored(to, taken):
    assert receive(letter(to), envelope_from="") == "ignored"
    assert taken == []


def test_people_whose_program_wants_no_auto_answers_are_still_heard(to, taken):
    assert receive(letter(to, X_Auto_Response_Suppress="All")) == "taken"
    assert receive(letter(to, "", message_id="<2@x>", X_Auto_Response_Suppress="All")) == "ignored"
    assert len(taken) == 1
    assert mail.outbox == []


def test_a_ping_pong_ends_by_itself(to, taken):
    """Two machines without manners: what we send back is marked, so it is ignored when it
    returns."""
    assert receive(letter(to, "")) == "returned"
    [back] = mail.outbox
    returned = back.message().as_bytes()
    assert back.extra_headers["Auto-Submitted"] == "auto-replied"
    assert receive(returned, to) == "ignored"
    assert len(mail.outbox) == 1


def test_the_thirty_first_letter_of_an_hour_waits_with_the_mail_server(to, taken):
    got = [receive(letter(to, message_id=f"<{n}@x>")) for n in range(31)]
    assert got == ["taken"] * 30 + ["later"]
    late = NOW + timedelta(minutes=61)
    assert receive(letter(to, message_id="<30@x>"), now=late) == "taken"


def test_letters_from_elsewhere_keep_nobody_waiting(to, taken):
    for n in range(32):
        receive(
            letter(to, sender="evil@x.example", message_id=f"<{n}@evil>"),
            envelope_from="e@x.example",
        )
    assert Received.objects.count() == 30
    assert receive(letter(to, "Mine")) == "taken"


def test_a_long_row_in_the_mailbox_gets_its_turn():
    row = [str(n).encode() for n in range(120)]
    seen = {uid for n in range(6) for uid in _turn(row, NOW + timedelta(seconds=n * EVERY))}
    assert seen == set(row)
    assert len(_turn(row, NOW)) == AT_ONCE
    assert _turn(row[:3], NOW) == row[:3]


def test_another_sender_is_told_kindly_once_a_day(cast, to, taken):
    raw = letter(to, "Secret words", sender="dinis@ardal.example", message_id="<1@x>")
    assert receive(raw) == "returned"
    assert receive(raw) == "seen"
    again = letter(to, sender="dinis@ardal.example", message_id="<2@x>")
    assert receive(again) == "ignored"
    [back] = mail.outbox
    assert back.to == ["dinis@ardal.example"]
    assert "Secret words" in back.body
    assert "ana" not in back.body.lower().replace("answer", "")
    assert taken == []
    tomorrow = NOW + timedelta(hours=25)
    assert receive(letter(to, sender="dinis@ardal.example", message_id="<3@x>"), now=tomorrow) == (
        "returned"
    )


def test_a_second_confirmed_address_counts_and_an_unconfirmed_one_does_not(cast, to, taken):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=cast.ana, email="ana@home.example", verified=True)
    EmailAddress.objects.create(user=cast.ana, email="ana@new.example", verified=False)
    assert receive(letter(to, sender="ANA@home.example", message_id="<1@x>")) == "taken"
    assert receive(letter(to, sender="ana@new.example", message_id="<2@x>")) == "returned"
    both = letter(to, sender="ana@ardal.example, eve@x.example", message_id="<3@x>")
    assert receive(both) == "ignored"
    assert len(taken) == 1


def test_what_a_taker_refuses_goes_back_with_the_words(to, taken):
    raw = letter(to, "There is no room\nfor my long thought.")
    assert [receive(raw), receive(raw)] == ["returned", "seen"]
    [back] = mail.outbox
    assert back.extra_headers["In-Reply-To"] == "<one@ardal.example>"
    for words in ("There is no room.", "/pebbles/", "for my long thought."):
        assert words in back.body


def test_closed_accounts_and_old_letters_get_their_words_back(cast, to, taken):
    cast.ana.is_active = False
    cast.ana.save()
    assert receive(letter(to, message_id="<1@x>")) == "returned"
    cast.ana.is_active = True
    cast.ana.save()
    late = NOW + timedelta(days=91)
    assert receive(letter(to, message_id="<2@x>"), now=late) == "returned"
    assert taken == []
    assert all("We close V7 first." in back.body for back in mail.outbox)
    assert len(mail.outbox) == 2


def test_a_hundred_thousand_characters_wait_as_a_draft(cast, to, taken):
    words = "\n".join(f"Line {n} about the valve." for n in range(4200))
    assert len(words) > 100_000
    raw = letter(to, words)
    assert [receive(raw), receive(raw)] == ["returned", "seen"]
    draft = Draft.objects.get()
    assert (draft.person, draft.slot, draft.fields["text"]) == (cast.ana, "pebble-p1", words)
    [back] = mail.outbox
    assert "/pebbles/p1/" in back.body
    assert words in back.body
    assert taken == []


def test_when_no_letter_can_go_back_the_mail_server_keeps_it(to, taken, monkeypatch):
    from sapwood.notify.inbound import taking

    def away(*given):
        raise ConnectionRefusedError

    monkeypatch.setattr(taking, "send_back", away)
    assert receive(letter(to, "")) == "later"
    monkeypatch.undo()
    assert not Received.objects.exists()


def test_files_are_taken_by_what_they_are(cast, to, taken):
    files = (("plan.png", png()), ("notes.txt", b"Close V7."), ("run.pdf.exe", b"MZ\x90\x00\x03"))
    assert receive(letter(to, files=files)) == "taken"
    [answer] = taken
    assert [(each.name, each.kind, each.owner) for each in answer.uploads] == [
        ("plan.webp", "image", cast.ana), ("notes.txt", "file", cast.ana),
    ]  # fmt: skip
    [back] = mail.outbox
    assert "run.pdf.exe" in back.body


def test_at_most_ten_files_go_along(to, taken):
    files = tuple((f"{n}.txt", b"words") for n in range(12))
    assert receive(letter(to, files=files)) == "taken"
    assert len(taken[0].uploads) == 10
    assert "10.txt" in mail.outbox[0].body
    assert "11.txt" in mail.outbox[0].body


def test_unknown_addresses_are_nobody(cast, to):
    assert receive(letter("reply+abc@learn.ardal.example")) == "unknown"
    ReplyAddress.objects.all().delete()
    assert receive(letter(to)) == "unknown"


def test_letters_out_of_bounds_are_unreadable():
    with pytest.raises(Unreadable, match="size"):
        read(b"x" * (LARGEST + 1))
    nest = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)
    )
    with pytest.raises(Unreadable, match="parts"):
        read(nest)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \xff\xff\nSubject: =?utf-8?b?////?=\nContent-Type: text/plain; charset=zlib\n\nx",
        b"From: a@b\nContent-Type: text/plain; charset=unicode_escape\n\n\\ud800",
        b"From: a@b\nContent-Transfer-Encoding: base64\n\n%%%",
        b"From: =?x?q?" + b"=" * 5000,
        b'Content-Type: multipart/mixed; boundary=""\n\n--\n--',
    ],
)
def test_broken_letters_are_read_as_far_as_they_go(raw):
    incoming = read(raw)
    assert isinstance(incoming.words, str)
    assert isinstance(incoming.sender + incoming.subject + incoming.key, str)
    assert isinstance(incoming.files, list)


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("iso-8859-1", "São — “V7”".encode("cp1252")),
        ("us-ascii", "São — “V7”".encode()),
        ("utf-8", "São — “V7”".encode("cp1252")),
        ("x-unknown", "São — “V7”".encode()),
        ("utf-16", "São — “V7”".encode("utf-16")),
        ("windows-1252", "São — “V7”".encode("cp1252")),
        ('"utf-8"', "São — “V7”".encode()),
    ],
)
def test_every_charset_reads_as_it_was_meant(charset, data):
    import base64

    raw = (
        b"From: a@b\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset="
        + charset.encode() + b"\n\n" + base64.b64encode(data)
    )  # fmt: skip
    assert read(raw).words == "São — “V7”"
