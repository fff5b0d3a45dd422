"""One message to one device: sealed for its browser alone, and handed to its push service."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sapwood.core.assets import asset
from sapwood.core.fetcher import Answer, Refused, post
from sapwood.notify.models import Device
from sapwood.notify.push.devices import opened
from sapwood.notify.push.keys import authorization

LIVES = 24 * 3600  # seconds that a push service keeps it for a phone that is off
GONE = {404, 410}
MOST = 3000  # bytes; push services refuse more than 4096 once it is sealed
Post = Callable[..., Answer]


@dataclass(frozen=True)
class Message:
    """What a phone shows. `topic` makes a newer one take the place of an older one."""

    title: str
    body: str
    link: str
    topic: str
    language: str

    def packed(self) -> bytes:
        """As the service worker reads it; long words are cut, never the link."""
        fields = {
            "title": self.title[:200], "body": self.body[:300], "link": self.link,
            "tag": self.topic, "lang": self.language, "icon": asset("icon-192.png"),
        }  # fmt: skip
        data = json.dumps(fields, ensure_ascii=False).encode()
        return data if len(data) <= MOST else json.dumps(fields | {"body": ""}).encode()[:MOST]


def send(device: Device, message: Message, *, post: Post = post) -> int:
    """The status the push service gave, 0 if it could not be reached. Raises nothing of its."""
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(LIVES),
        "Urgency": "normal",
        "Topic": message.topic[:32],
        "Authorization": authorization(device.endpoint),
    }
    try:
        return post(device.endpoint, body=sealed(device, message.packed()), headers=headers).status
    except Refused:
        return 0


def sealed(device: Device, data: bytes) -> bytes:
    """`data` encrypted so that only the browser that gave these keys reads it (RFC 8291)."""
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    body: Any = http_ece.encrypt(
        data,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=opened(device.p256dh),
        auth_secret=opened(device.auth),
        version="aes128gcm",
    )
    return bytes(body)
