"""Redis down, or up and silent: pages answer, soon."""

import socket
import time
from contextlib import closing
from pathlib import Path

import pytest
from test_server_stands import Server, free_port, get


@pytest.mark.parametrize("is_silent", [False, True], ids=["down", "silent"])
def test_pages_stand_without_redis(tmp_path: Path, is_silent: bool) -> None:
    with closing(socket.socket()) as redis:
        port = free_port()
        if is_silent:
            redis.bind(("127.0.0.1", port))
            redis.listen(64)  # takes every call and never says a word
        server = Server(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0")
        try:
            start = time.monotonic()
            answers = [get(server.port, path)[0] for path in ("/setup/", "/accessibility/") * 3]
            assert set(answers) <= {200, 302}, server.log.read_text()
            assert time.monotonic() - start < 5
        finally:
            server.stop()
