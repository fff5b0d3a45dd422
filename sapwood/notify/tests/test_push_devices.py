"""Push reaches one's own browsers, sealed; nobody else's, and none that is gone."""

import json
import stat
from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path

import pytest
from py_vapid import Vapid02

from sapwood.core.fetcher import Answer
from sapwood.notify.models import Device, Notice
from sapwood.notify.push import keys
from sapwood.notify.push.carrying import carry
from sapwood.notify.push.devices import MOST, switch_on
from sapwood.notify.push.sending import Message, send
from sapwood.notify.tests.push_service import Browser, Service, b64


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def service():
    made = Service()
    yield made
    made.close()


@pytest.fixture
def phone():
    return Browser()


def switched_on(person, browser, session="s1"):
    return switch_on(person, **browser.subscription, session=session, now=person.now())


@pytest.fixture
def due(cast, say):
    """Something urgent that Ana should hear now."""
    say(cast.ana, kind="urgent", title="V7 leaks", quote="Come to the weir")
    notice = Notice.objects.get(person=cast.ana)
    notice.push_due_at = cast.ana.now() - timedelta(seconds=1)
    notice.save()
    return notice


def test_a_message_is_sealed_for_the_browser_and_signed_by_us(cast, service, phone):
    device = switched_on(cast.ana, phone)
    message = Message("Olá", "Words", "/threads/1/", "t1", "pt")
    assert send(device, message, post=service.post) == 201
    [(path, headers, body)] = service.got
    assert path == "/one"
    assert b"Words" not in body
    said = phone.open(body)
    assert (said["title"], said["body"], said["link"], said["lang"]) == (
        "Olá", "Words", "/threads/1/", "pt",
    )  # fmt: skip
    assert (headers["Content-Encoding"], headers["TTL"], headers["Topic"]) == (
        "aes128gcm", "86400", "t1",
    )  # fmt: skip
    assert Vapid02.verify(headers["Authorization"])
    claims = headers["Authorization"].partition("t=")[2].split(".")[1]
    claims = json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert claims["aud"] == "https://push.example"
    assert f"k={keys.public_key()}" in headers["Authorization"]
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the library calls it
        Browser().open(body)


def test_the_key_is_made_once_for_us_alone_to_read(tmp_path):
    first = keys.public_key()
    kept = Path(tmp_path / "push_key")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    keys._signer.cache_clear()
    assert keys.public_key() == first
    assert [each.name for each in tmp_path.iterdir()] == ["push_key"]


def test_several_machines_can_be_given_one_key(settings, tmp_path):
    settings.PUSH_KEY = b64(b"\x01" * 32)
    assert keys.public_key() == keys.public_key()
    assert list(tmp_path.iterdir()) == []
    assert Vapid02.verify(keys.authorization("https://push.example/x"))


def test_long_words_still_fit(cast, service, phone):
    device = switched_on(cast.ana, phone)
    message = Message("😀" * 500, "\x01" * 5000, "/x/", "t", "en")
    assert send(device, message, post=service.post) == 201
    [(_path, _headers, body)] = service.got
    assert len(body) < 4096
    assert phone.open(body)["link"] == "/x/"


def test_what_is_due_reaches_every_device_once(cast, due, service, phone):
    tablet = Browser("two")
    switched_on(cast.ana, phone)
    switched_on(cast.ana, tablet, session="s2")
    switched_on(cast.bruno, Browser("three"), session="s3")
    now = cast.ana.now()
    assert [carry(now, post=service.post), carry(now, post=service.post)] == [2, 0]
    assert sorted(path for path, *_more in service.got) == ["/one", "/two"]
    said = phone.open(next(body for path, _h, body in service.got if path == "/one"))
    assert (said["title"], said["body"]) == ("urgent: V7 leaks", "Come to the weir")
    due.refresh_from_db()
    assert due.sent_push_at == now


def test_what_is_read_hidden_or_not_due_is_not_sent(cast, due, service, phone, pebble):
    switched_on(cast.ana, phone)
    now = cast.ana.now()
    pebble.all.hidden_from.add((cast.ana.pk, pebble.pk))
    assert carry(now, post=service.post) == 0
    pebble.all.hidden_from.clear()
    Notice.objects.update(push_due_at=now + timedelta(minutes=1))
    assert carry(now, post=service.post) == 0
    Notice.objects.update(push_due_at=now, read_at=now)
    assert carry(now, post=service.post) == 0
    Notice.objects.update(read_at=None)
    assert carry(now, post=service.post) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_goes(cast, due, service, phone, status):
    switched_on(cast.ana, phone)
    service.answers["/one"] = status
    assert carry(cast.ana.now(), post=service.post) == 0
    assert not Device.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 0])
def test_a_push_service_that_is_away_is_tried_again_for_an_hour(cast, due, phone, status):
    switched_on(cast.ana, phone)
    now, tries = cast.ana.now(), []

    def away(url, **more):
        tries.append(url)
        from sapwood.core.fetcher import Refused

        if status == 0:
            raise Refused("connection")
        return Answer(status)

    for minutes in range(0, 180, 2):
        carry(now + timedelta(minutes=minutes), post=away)
    assert 5 < len(tries) < 20
    assert Device.objects.get().failed_at == now


def test_a_refusal_is_not_tried_again_and_two_weeks_of_them_end_it(cast, due, service, phone):
    device = switched_on(cast.ana, phone)
    service.answers["/one"] = 403
    now = cast.ana.now()
    carry(now, post=service.post)
    carry(now + timedelta(minutes=10), post=service.post)
    assert len(service.got) == 1
    Device.objects.filter(pk=device.pk).update(failed_at=now - timedelta(days=15))
    Notice.objects.update(push_due_at=now)
    carry(now, post=service.post)
    assert not Device.objects.exists()


def test_one_persons_trouble_keeps_nobody_else_waiting(cast, say, service, phone):
    for person, browser in ((cast.bruno, phone), (cast.ana, Browser("two"))):
        switched_on(person, browser, session=browser.endpoint)
        say(person, kind="urgent", key=f"k{person.pk}")
    Notice.objects.update(push_due_at=cast.ana.now())
    Device.objects.filter(person=cast.bruno).update(p256dh="AAAA")
    assert carry(cast.ana.now(), post=service.post) == 1
    assert [path for path, *_more in service.got] == ["/two"]


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://push.example/one"},
        {"endpoint": "https://push.example:8443/one"},
        {"endpoint": "https://user@push.example/one"},
        {"endpoint": "https://inside.internal/one"},
        {"endpoint": ""},
        {"endpoint": "https://push.example/" + "a" * 3000},
        {"p256dh": b64(b"\x04" + b"\x01" * 64)},
        {"p256dh": "ção"},
        {"p256dh": ""},
        {"auth": "AAAA"},
        {"auth": "!" * 22},
    ],
)
def test_only_what_a_browser_can_say_is_kept(cast, client_of, phone, change):
    answer = client_of(cast.ana).post("/push/devices/", phone.subscription | change)
    assert answer.status_code == 422
    assert not Device.objects.exists()


def test_a_private_push_service_is_never_asked(cast, phone, monkeypatch):
    from sapwood.core import fetcher

    phone.endpoint = "https://10.0.0.1/one"
    device = switched_on(cast.ana, phone)
    asked = []
    monkeypatch.setattr(fetcher.socket, "create_connection", lambda *a, **k: asked.append(a))
    assert send(device, Message("x", "", "/", "t", "en")) == 0
    assert asked == []


def test_a_browser_is_switched_on_and_off_and_is_one_persons_at_a_time(cast, client_of, phone):
    ana, bruno = client_of(cast.ana), client_of(cast.bruno)
    assert ana.get("/push/key/").json() == {"key": keys.public_key()}
    for _time in range(2):
        assert ana.post("/push/devices/", phone.subscription).status_code == 204
    assert Device.objects.get().person == cast.ana
    bruno.post("/push/devices/gone/", {"endpoint": phone.endpoint})
    assert Device.objects.exists()
    bruno.post("/push/devices/", phone.subscription)
    assert Device.objects.get().person == cast.bruno
    bruno.post("/push/devices/gone/", {"endpoint": phone.endpoint})
    assert not Device.objects.exists()


def test_signing_out_there_ends_it_there_alone(cast, client_of, phone):
    here, there = client_of(cast.ana), client_of(cast.ana)
    here.post("/push/devices/", phone.subscription)
    there.post("/push/devices/", Browser("two").subscription)
    here.post("/account/logout/")
    assert [device.endpoint for device in Device.objects.all()] == ["https://push.example/two"]


def test_the_eleventh_device_takes_the_place_of_the_oldest(cast):
    for n in range(MOST + 1):
        switched_on(cast.ana, Browser(f"n{n}"))
    assert Device.objects.count() == MOST
    assert not Device.objects.filter(endpoint="https://push.example/n0").exists()
