"""A session that ends tells the hubs, by a name that only its ticket knows."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from sapwood.core.sessions import public_name
from sapwood.live.log import ENDED, has_ended
from sapwood.live.models import Event
from sapwood.people.desk.changing import save_person


def name_of(browser: Client) -> UUID:
    return public_name(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def ended() -> set[str]:
    found = Event.objects.filter(topic__startswith=ENDED).values_list("topic", flat=True)
    return {topic.removeprefix(ENDED) for topic in found}


def test_signing_out_closes_this_session_alone(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    here, there = client_of(cast.ana), client_of(cast.ana)
    names = name_of(here), name_of(there)
    Event.objects.all().delete()
    here.post("/account/logout/")
    assert str(names[0]) in ended()
    assert not ended() & {str(names[1]), str(cast.ana.pk)}
    before = timezone.now() - timedelta(minutes=1)
    assert has_ended(cast.ana.pk, names[0], before)
    assert not has_ended(cast.ana.pk, names[1], before)


def test_ending_all_sessions_closes_all(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    browsers = [client_of(cast.ana), client_of(cast.ana)]
    other = client_of(cast.dinis)
    for browser in browsers:
        key = browser.cookies[settings.SESSION_COOKIE_NAME].value
        UserSession.objects.create(user=cast.ana, session_key=key, ip="127.0.0.1", user_agent="")
    names = {str(name_of(browser)) for browser in browsers}
    cast.ana.end_sessions()
    assert ended() >= {*names, str(cast.ana.pk)}
    assert str(name_of(other)) not in ended()
    assert has_ended(cast.ana.pk, name_of(other), timezone.now() - timedelta(minutes=1))
    assert not has_ended(cast.ana.pk, name_of(other), timezone.now())  # signed in again since


def test_closing_an_account_closes_its_streams(cast: SimpleNamespace) -> None:
    cast.ana.is_active = False
    save_person(cast.ana, by=cast.nadia, fields=["is_active"])
    assert str(cast.ana.pk) in ended()


def test_a_new_password_closes_what_the_old_one_opened(
    cast: SimpleNamespace, client_of: Callable[[object], Client]
) -> None:
    Event.objects.all().delete()
    cast.ana.set_password("ferry lantern gravel")
    cast.ana.save()
    assert str(cast.ana.pk) in ended()
