"""The second step: secrets of apps are kept encrypted, and keys get plain names."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from sapwood.people.doors import words
from sapwood.people.models import Organisation, Person


def _vault() -> MultiFernet:
    """Keys derived from SECRET_KEY and its forerunners; the first one encrypts."""
    secrets = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"second step" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondStepAdapter(DefaultMFAAdapter):
    """What allauth's second step asks us."""

    error_messages = DefaultMFAAdapter.error_messages | words.SECOND_STEP_ERRORS

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database; raises InvalidToken when SECRET_KEY was lost."""
        return _vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        """A first name for a passkey, which its owner may change."""
        return _("My passkey")

    def _get_site_name(self) -> str:
        return f"Sapwood, {Organisation.current().name}"
