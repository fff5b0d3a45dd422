"""Letters leave once, over real SMTP, say only what still holds, and stop in one tap."""

from datetime import datetime, timedelta
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import get_connection

from sapwood.notify.letters import sending
from sapwood.notify.letters.claiming import claim_due
from sapwood.notify.letters.sending import send_waiting
from sapwood.notify.models import Letter, Notice, Preference
from sapwood.notify.tests.mail_server import Server, parts_of

NOW = datetime(2025, 10, 9, 9, 0, tzinfo=ZoneInfo("Europe/Lisbon"))  # a Thursday
LATER = NOW + timedelta(days=1)


@pytest.fixture
def server(settings):
    made = Server()
    made.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", made.port, 10
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield made
    made.stop()


@pytest.fixture
def box(server):
    return server.box


@pytest.fixture
def wants(cast):
    """Chooses a rhythm for e-mail about being named."""

    def choose(person, rhythm, group="you"):
        Preference.objects.update_or_create(
            person=person, group=group, channel="email", defaults={"rhythm": rhythm}
        )

    return choose


def post(now=NOW):
    claim_due(now)
    return send_waiting(now)


def subject_of(letter):
    return str(make_header(decode_header(letter["Subject"])))


def test_what_is_at_once_leaves_alone_with_its_headers(cast, say, wants, box, settings):
    settings.BASE_URL = "https://learn.ardal.example"
    wants(cast.ana, "at_once")
    say(cast.ana, title="Pump 4", quote="Is it <b>on</b>?", now=NOW, at=NOW)
    assert [post(), post()] == [1, 0]
    [letter] = box.letters
    row = Letter.objects.get()
    assert (row.state, row.kind, row.message_id) == ("sent", "thread", letter["Message-ID"])
    assert box.receivers == ["ana@ardal.example"]
    assert subject_of(letter) == "found: Pump 4"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Sapwood"] == "thread"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["References"] == letter["In-Reply-To"] != letter["Message-ID"]
    text, html = parts_of(letter)
    assert "Is it <b>on</b>?" in text
    assert "Is it &lt;b&gt;on&lt;/b&gt;?" in html
    assert "no sign-in needed" in html
    for tracker in ("<img", "<script", "url(", "<link"):
        assert tracker not in html
    assert Notice.objects.get().sent_email_at


def test_letters_about_one_thread_stay_together(cast, say, wants, box):
    wants(cast.ana, "at_once")
    for n in range(2):
        say(cast.ana, key=f"k{n}", now=NOW, at=NOW)
        post()
        Notice.objects.unread().read(NOW)
    one, two = box.letters
    assert one["References"] == two["References"]
    assert one["Message-ID"] != two["Message-ID"]


def test_a_digest_tells_five_threads_and_counts_the_rest(cast, say, wants, box, another):
    wants(cast.ana, "daily")
    for n in range(8):
        about = ("pebble", another())
        for event in range(n + 1):
            say(cast.ana, about=about, title=f"T{n}", key=f"k{n}-{event}", now=NOW,
                at=NOW + timedelta(minutes=n))  # fmt: skip
    assert post() == 0
    assert post(LATER) == 1
    [letter] = box.letters
    text, html = parts_of(letter)
    assert subject_of(letter) == "found: T7, and 7 more"
    assert "Eight things moved" in html
    assert "Friday 10 October, for Ana" in html
    assert all(f"found: T{n}" in text for n in range(3, 8))
    assert all(f"found: T{n}" not in text for n in range(3))
    assert "Not in this e-mail: 3 threads, 6 notices." in text
    assert "8 things happened here." in text
    assert "on working days because your e-mail comes once a day" in " ".join(text.split())
    assert "Make it weekly" in text


def test_a_weekly_letter_names_its_day_and_language(cast, say, wants, box):
    wants(cast.ana, "weekly")
    cast.ana.language = "pt"
    cast.ana.save()
    say(cast.ana, now=NOW, at=NOW)
    assert post(NOW + timedelta(days=5)) == 1
    text, html = parts_of(box.letters[0])
    assert 'lang="pt"' in html
    assert "(segundas-feiras)" in text
    assert "Passar a mensal" in text


def test_what_changed_before_the_letter_left_is_not_in_it(cast, say, wants, box, pebble, another):
    wants(cast.ana, "daily")
    seen, hidden, read, muted, gone = (("pebble", another()) for _each in range(5))
    for n, about in enumerate((seen, hidden, read, muted, gone)):
        say(cast.ana, about=about, title=f"T{n}", key=f"k{n}", now=NOW, at=NOW)
    claim_due(LATER)
    pebble.all.hidden_from.add((cast.ana.pk, hidden[1]))
    Notice.objects.filter(about_id=read[1]).update(read_at=LATER)
    from sapwood.notify.stopping import Stop

    Stop(cast.ana, f"pebble:{muted[1]}").begin(LATER)
    Notice.objects.filter(about_id=gone[1]).delete()
    assert send_waiting(LATER) == 1
    [letter] = box.letters
    assert subject_of(letter) == "found: T0"


def test_nothing_left_to_tell_sends_nothing(cast, say, wants, box, pebble):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    claim_due(NOW)
    pebble.all.hidden_from.add((cast.ana.pk, pebble.pk))
    assert send_waiting(NOW) == 0
    assert Letter.objects.get().state == "empty"
    pebble.all.hidden_from.clear()
    assert post(LATER) == 0


@pytest.mark.parametrize("change", ["off", "closed"])
def test_people_who_want_none_or_left_get_none(cast, say, wants, box, change):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    claim_due(NOW)
    if change == "off":
        wants(cast.ana, "off")
    else:
        cast.ana.is_active = False
        cast.ana.save()
    assert send_waiting(NOW) == 0
    assert box.raw == []


def test_sample_people_get_none_from_a_real_installation(cast, say, wants, box, settings):
    settings.PRODUCTION = True
    wants(cast.ana, "at_once")
    cast.ana.is_sample = True
    cast.ana.save()
    say(cast.ana, now=NOW, at=NOW)
    assert post() == 0
    assert box.raw == []


def test_where_no_mail_is_set_up_notices_wait(cast, say, wants, settings, capsys):
    from sapwood.notify.tasks import send_letters

    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    send_letters.call()
    assert not Letter.objects.exists()
    assert Notice.objects.get().email_due_at
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_letters.call()
    assert len(mail.outbox) == 1
    assert capsys.readouterr().out == ""


def test_a_flood_of_at_once_is_one_letter(cast, say, wants, box, another):
    wants(cast.ana, "at_once")
    for n in range(6):
        say(cast.ana, about=("pebble", another()), key=f"k{n}", now=NOW, at=NOW)
    assert post() == 1
    assert "much of what you hear at once came together" in " ".join(
        parts_of(box.letters[0])[0].split()
    )


def test_a_no_for_now_is_tried_again_with_growing_waits(cast, say, wants, box):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    box.ends["ana@ardal.example"] = "451 Greylisted"
    now, waits = NOW, []
    post(now)
    for _try in range(3):
        letter = Letter.objects.get()
        assert letter.state == "waiting"
        assert send_waiting(letter.next_try_at - timedelta(seconds=1)) == 0
        waits.append(letter.next_try_at - now)
        now = letter.next_try_at
        send_waiting(now)
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    box.ends.clear()
    assert send_waiting(Letter.objects.get().next_try_at) == 1
    assert len(box.raw) == 1


def test_a_no_for_good_and_eight_noes_end_it(cast, say, wants, box):
    for person in (cast.ana, cast.bruno):
        wants(person, "at_once")
        say(person, key=f"k{person.pk}", now=NOW, at=NOW)
    box.refuses["ana@ardal.example"] = "550 Nobody here"
    box.refuses["bruno@ardal.example"] = "450 Later"
    post()
    for hours in range(1, 100):
        send_waiting(NOW + timedelta(hours=hours))
    assert [each.state for each in Letter.objects.all()] == ["failed", "failed"]
    assert box.raw == []


def test_a_line_that_breaks_is_never_sent_again(cast, say, wants, box):
    """The server took the letter and hung up: it may have left, so it does not leave again."""
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    box.ends["ana@ardal.example"] = "hang up"
    assert post() == 0
    assert Letter.objects.get().state == "lost"
    box.ends.clear()
    assert post(LATER) == 0
    assert len(box.raw) == 1
    assert Notice.objects.get().is_new


def test_a_worker_killed_while_sending_leaves_no_second_letter(cast, say, wants, box, monkeypatch):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    claim_due(NOW)

    class Killed(BaseException):
        """As SIGKILL: nothing below it runs on."""

    class Dying:
        def open(self):
            """Reached."""

        def send_messages(self, messages):
            get_connection().send_messages(messages)
            raise Killed

        def close(self):
            """Gone."""

    monkeypatch.setattr(sending, "get_connection", Dying)
    with pytest.raises(Killed):
        send_waiting(NOW)
    monkeypatch.undo()
    assert Letter.objects.get().state == "sending"
    assert send_waiting(NOW + timedelta(minutes=11)) == 0
    assert Letter.objects.get().state == "lost"
    assert len(box.raw) == 1


def test_a_worker_killed_before_sending_leaves_a_letter_that_waits(cast, say, wants, box):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    claim_due(NOW)
    assert Letter.objects.get().state == "waiting"
    assert post(NOW) == 1


def test_one_persons_trouble_keeps_nobody_else_waiting(cast, say, wants, box, monkeypatch):
    for person in (cast.ana, cast.bruno, cast.dinis):
        wants(person, "at_once")
        say(person, key=f"k{person.pk}", now=NOW, at=NOW)
    box.refuses["ana@ardal.example"] = "550 Nobody here"
    build = sending.build

    def poisoned(letter, person, now):
        if person == cast.bruno:
            raise RuntimeError
        return build(letter, person, now)

    monkeypatch.setattr(sending, "build", poisoned)
    assert post() == 1
    assert box.receivers == ["dinis@ardal.example"]
    assert {each.person.first_name: each.state for each in Letter.objects.all()} == {
        "Ana": "failed", "Bruno": "waiting", "Dinis": "sent",
    }  # fmt: skip


def test_without_a_mail_server_letters_wait(cast, say, wants, server, settings):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    settings.EMAIL_PORT = 9  # where nobody listens
    assert post() == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == ("waiting", 1)


def test_two_workers_send_one_letter(cast, say, wants, box):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    claim_due(NOW)
    one, two = (Letter.objects.select_related("person").get() for _worker in range(2))
    connection = get_connection()
    sending._send(one, connection, NOW)
    sending._send(two, connection, NOW)
    connection.close()
    assert len(box.raw) == 1


def test_the_stop_in_a_letter_works_without_signing_in(cast, say, wants, box, client_of):
    wants(cast.ana, "at_once")
    say(cast.ana, now=NOW, at=NOW)
    post()
    address = box.letters[0]["List-Unsubscribe"].strip("<>").replace("\r\n", "").replace(" ", "")
    path = address.partition("//")[2].partition("/")[2]
    stranger = client_of(None)
    assert stranger.get(f"/{path}").status_code == 200
    assert Preference.objects.get(person=cast.ana, group="you").rhythm == "at_once"
    stranger.post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    assert Preference.objects.get(person=cast.ana, group="you").rhythm == "off"


def test_make_it_rarer_works_without_signing_in_and_only_ever_slows(cast, wants, client_of):
    from sapwood.notify.letters.slower import slower_path
    from sapwood.notify.wishing import wishes_of

    wants(cast.ana, "daily")
    wants(cast.ana, "at_once", "gatherings")
    wants(cast.ana, "off", "groups")
    stranger, path = client_of(None), slower_path(cast.ana.pk, "monthly")
    assert stranger.get(path).status_code == 200
    assert wishes_of(cast.ana)["you", "email"] == "daily"
    assert stranger.post(path).status_code == 200
    wishes = wishes_of(cast.ana)
    assert wishes["you", "email"] == "monthly"
    assert "off" in {rhythm for (group, _channel), rhythm in wishes.items() if group == "groups"}
    stranger.post(slower_path(cast.ana.pk, "weekly"))
    assert wishes_of(cast.ana)["you", "email"] == "monthly"
    assert stranger.get(path[:-3] + "xx/").status_code == 404


def test_the_next_letter_can_be_seen_before_it_leaves(cast, say, wants, client_of):
    ana = client_of(cast.ana)
    assert ana.get("/inbox/next-letter/").headers["Location"] == "/inbox/"
    wants(cast.ana, "daily")
    say(cast.ana, title="Pump 4")
    answer = ana.get("/inbox/next-letter/")
    assert "Pump 4" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not Letter.objects.exists()
    assert Notice.objects.get().email_due_at
    assert mail.outbox == []
