"""What happens, for the benchmark of live updates: events published by a process of its own.

`prepare` signs 150 people in and prints cookies and a topic everybody may hear; `speak TOPIC RATE
SECONDS` publishes, and prints the moment of each commit by its number.
"""

import json
import os
import sys
import time

os.environ["SAPWOOD_TESTING"] = "1"

import django

django.setup()

from django.conf import settings
from django.test import Client

from sapwood.conversations.models import Audience
from sapwood.live.publishing import publish
from sapwood.people.models import Person


def prepare() -> None:
    """A cookie for each person, and the topic."""
    audience, _ = Audience.objects.get_or_create(name="Bench", reach="everyone")
    cookies = []
    for person in Person.objects.filter(is_active=True).order_by("pk")[:150]:
        browser = Client()
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        name = settings.SESSION_COOKIE_NAME
        cookies.append(f"{name}={browser.cookies[name].value}")
    print(json.dumps({"topic": f"audience:{audience.pk}", "cookies": cookies}))


def speak(topic: str, rate: float, seconds: float) -> None:
    """Publishes at an even pace."""
    start, committed = time.time(), []
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, start + number / rate - time.time()))
        publish(topic, "posted", {"n": number})
        committed.append(time.time())
    print(json.dumps(committed))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        speak(sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
