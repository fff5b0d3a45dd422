"""A passkey in software: answers the questions a browser would hand to a device."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.utils import websafe_encode

ORIGIN = "http://testserver"
PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40


class SoftKey:
    """One credential on the curve P-256, without attestation."""

    def __init__(self) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.handle = ""
        self.count = 0

    def create(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to `creation_options`."""
        question = asked["publicKey"]
        self.handle = question["user"]["id"]
        point = self.secret.public_key().public_numbers()
        key = {
            1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big"),
        }  # fmt: skip
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(key)
        data = self._data(question["rp"]["id"], PRESENT_AND_VERIFIED | WITH_KEY) + attested
        whole = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", question["challenge"]),
            attestationObject=whole,
        ) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to `request_options`."""
        question = asked["publicKey"]
        data = self._data(question["rpId"], PRESENT_AND_VERIFIED)
        client = self._client("webauthn.get", question["challenge"])
        signed = data + hashlib.sha256(client).digest()
        answer = self._answer(
            clientDataJSON=client,
            authenticatorData=data,
            signature=self.secret.sign(signed, ec.ECDSA(hashes.SHA256())),
        )
        answer["response"]["userHandle"] = self.handle
        return answer

    def _data(self, place: str, flags: int) -> bytes:
        self.count += 1
        return (
            hashlib.sha256(place.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        name = websafe_encode(self.id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return {
            "id": name, "rawId": name, "type": "public-key", "response": response,
            "clientExtensionResults": {},
        }  # fmt: skip
