"""Policies for the tables of libraries that hold people: addresses, keys, sessions, wrong tries."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sapwood.core.policies import Limit, Policy, adopt

SECURITY = _("So that only you can use your account.")


def adopt_libraries() -> None:
    """Declares what the sign-in libraries keep."""
    adopt(
        "account.EmailAddress",
        Policy(
            title=_("E-mail addresses you confirmed"),
            purpose=SECURITY,
            seen_by=_("You and administrators"),
            retention=_("While you have an account."),
            person="user",
            export=("email", "verified", "primary"),
            circle="desk",
        ),
    )
    adopt(
        "account.EmailConfirmation",
        Policy(
            title=_("Letters that confirm an address"),
            purpose=SECURITY,
            seen_by=_("Nobody"),
            retention=_("Three days."),
            limit=Limit(timedelta(days=3), "created"),
            person="email_address__user",
            private=True,
        ),
    )
    adopt(
        "mfa.Authenticator",
        Policy(
            title=_("Second steps and passkeys"),
            purpose=SECURITY,
            seen_by=_("Only you; the secrets are read by nobody"),
            retention=_("Until you remove them."),
            person="user",
            export=("type", "created_at"),
            private=True,
            link="security",
        ),
    )
    adopt(
        "usersessions.UserSession",
        Policy(
            title=_("Devices you are signed in on"),
            purpose=_("So that you can sign out a device you lost."),
            seen_by=_("Only you"),
            retention=_("Until you sign out, 14 days at most after you last used it."),
            swept_by="sapwood.people.tasks.forget_devices",
            person="user",
            export=("ip", "user_agent", "created_at"),
            private=True,
            link="security",
        ),
    )
    adopt(
        "axes.AccessAttempt",
        Policy(
            title=_("Wrong tries to sign in"),
            purpose=_("So that nobody can guess your password."),
            seen_by=_("Nobody"),
            retention=_("Until you sign in, two hours at most after the last one."),
            limit=Limit(timedelta(hours=1), "attempt_time"),
            person="username",
            matches="email",
            export=("attempt_time", "ip_address"),
            private=True,
        ),
    )
