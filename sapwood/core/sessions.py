"""Sessions in the database, whose cookie only their own end takes away.

A request sent just before sign-in (the service worker's, another tab's) is answered after it, when
its session is gone. Django then tells the browser to delete the cookie: by now the new one.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from sapwood.core.announcing import announce


def public_name(key: str) -> UUID:
    """What a session is called outside: tells two apart and says nothing about the key."""
    return UUID(bytes=salted_hmac("sapwood.session", key, algorithm="sha256").digest()[:16])


class SessionStore(db.SessionStore):
    """Remembers that this request ended it."""

    was_ended = False

    def flush(self) -> None:
        """Ends the session: sign-out, or a password that has changed."""
        super().flush()
        self.was_ended = True

    def delete(self, session_key: str | None = None) -> None:
        """Every way in which one session ends comes by here; announces `one_session_ended`."""
        key = session_key or self.session_key
        super().delete(session_key)
        if key:
            announce("one_session_ended", public_name(key))


class Sessions(SessionMiddleware):
    """Leaves a cookie alone that it does not know."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        """As Django's, but deletes the cookie only of a session that this request ended."""
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        session: Any = request.session
        if cookie is not None and not cookie.value and not session.was_ended:
            del answer.cookies[settings.SESSION_COOKIE_NAME]
        return answer
