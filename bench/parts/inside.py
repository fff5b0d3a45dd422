"""Counts queries and bytes of pages inside a process that has the data; prints JSON.

Also signs Maya in and gives her cookie, so that the load client can ask as her.
"""

import json
import os
import sys

os.environ["SAPWOOD_TESTING"] = "1"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sapwood.activities.models import Activity
from sapwood.people.models import Person


def main() -> None:
    """The pages given as JSON on the line: name → path; {activity} and {person} are filled in."""
    pages: dict[str, str] = json.loads(sys.argv[1])
    maya = Person.objects.get(email="maya@ardalwater.example")
    shown = Activity.objects.visible_to(maya).filter(kind="resource").order_by("pk").last()
    colleague = Person.objects.get(email="sofia@ardalwater.example")
    browser = Client()
    browser.force_login(maya, backend=settings.AUTHENTICATION_BACKENDS[-1])
    found = {}
    for name, pattern in pages.items():
        path = pattern.format(activity=shown and shown.pk, person=colleague.pk)
        browser.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = browser.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}")
        found[name] = {"path": path, "queries": len(queries), "html": len(answer.content)}
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"cookie": f"{settings.SESSION_COOKIE_NAME}={key}", "pages": found}))


if __name__ == "__main__":
    main()
