"""A push service and a browser of our own, for tests: opens what is handed in as a phone would."""

import base64
import json
import os
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sapwood.core.fetcher import post


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Browser:
    """Keys that only a browser has, and what it asks us to send to."""

    def __init__(self, name: str = "one") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.endpoint = f"https://push.example/{name}"

    @property
    def subscription(self) -> dict[str, str]:
        """What it sends us."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": b64(point), "auth": b64(self.secret)}

    def open(self, body: bytes) -> dict[str, str]:
        """What a sealed message says."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret)
        return dict(json.loads(plain))


class Service:
    """Takes messages over HTTP; `answers` gives a status by path, 201 unless told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: dict[str, int] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((self.path, dict(self.headers), body))
                self.send_response(service.answers.get(self.path, 201))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()

    def post(self, url: str, **more: object):
        """Our own `post`, led to this service: the name is kept, the guards are opened for it."""
        port = self.server.server_address[1]
        local = url.replace("https://push.example/", f"http://push.example:{port}/")
        opened = partial(
            post, ports={port}, schemes={"http"}, allowed=lambda address: True,
            resolve=lambda host, port: ["127.0.0.1"],
        )  # fmt: skip
        return opened(local, **more)
