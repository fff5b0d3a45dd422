"""Many browsers that listen, for the benchmark of live updates: tickets, streams, cut connections.

`listening.py PORT TOPIC CLIENTS SECONDS CUT_EVERY`: reads a line of cookies, says `listening` once
all streams stand, and after a second line (the moments of commit) prints what was heard.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from contextlib import suppress
from urllib.parse import quote

from load import fetch

Heard = list[tuple[int, float]]


class Browser:
    """One browser: asks for a ticket, listens, is cut off now and then, comes back."""

    def __init__(self, port: int, topic: str, cookie: str, cut_every: float, dice: random.Random):
        self.port, self.topic, self.cookie = port, topic, cookie
        self.cut_every, self.dice = cut_every, dice
        self.heard: Heard = []
        self.last, self.cuts, self.is_listening, self.stops = "", 0, asyncio.Event(), False

    async def ticket(self) -> str:
        """As the page asks for it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        request = self._head(f"/live/ticket/?topic={quote(self.topic)}")
        status, body = await fetch(reader, writer, request)
        writer.close()
        assert status == 200, status
        answer = json.loads(body)
        assert answer["topics"] == [self.topic]
        return str(answer["ticket"])

    async def run(self) -> None:
        """Listens until stopped."""
        while not self.stops:
            try:
                await self._listen()
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.2)

    async def _listen(self) -> None:
        path = f"/live/?ticket={quote(await self.ticket())}&ago=0"
        if self.last:
            path = path.replace("&ago=0", f"&last={self.last}")
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._head(path))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head
        until = time.monotonic() + self.dice.expovariate(1 / self.cut_every)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.5, until - time.monotonic())):
                while not self.stops:
                    size = int(await reader.readline(), 16)
                    if not size:
                        break
                    self._hear((await reader.readexactly(size + 2))[:-2])
        self.cuts += 1
        writer.transport.abort()

    def _hear(self, piece: bytes) -> None:
        now = time.time()
        for block in piece.decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            assert lines.get("event") != "snapshot", "too far behind"
            if "id" in lines:
                self.last = lines["id"]
                self.is_listening.set()
            if lines.get("data", "").startswith("{"):
                self.heard.append((json.loads(lines["data"])["data"]["n"], now))

    def _head(self, path: str) -> bytes:
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", f"Cookie: {self.cookie}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def main() -> None:
    """Runs the browsers, and counts."""
    port, topic, clients, _seconds, cut_every = sys.argv[1:]
    cookies, dice = json.loads(sys.stdin.readline()), random.Random(7)
    browsers = [
        Browser(int(port), topic, cookies[n % len(cookies)], float(cut_every), dice)
        for n in range(int(clients))
    ]
    tasks = []
    for browser in browsers:
        tasks.append(asyncio.create_task(browser.run()))
        await asyncio.sleep(0.005)
    await asyncio.gather(*(browser.is_listening.wait() for browser in browsers))
    print("listening", flush=True)
    committed = json.loads(await asyncio.to_thread(sys.stdin.readline))
    await asyncio.sleep(1.5)
    for browser in browsers:
        browser.stops = True
    for task in tasks:
        task.cancel()
    print(json.dumps(count(browsers, committed)))


def count(browsers: list[Browser], committed: list[float]) -> dict[str, float]:
    """Gaps, duplicates and how long it took; those off line at the moment are counted in."""
    gaps = duplicates = behind = 0
    waits = []
    for browser in browsers:
        numbers = [number for number, _at in browser.heard]
        duplicates += len(numbers) - len(set(numbers))
        gaps += len(set(range(max(numbers, default=-1) + 1)) - set(numbers))
        behind += max(numbers, default=-1) != len(committed) - 1
        waits += [(at - committed[number]) * 1000 for number, at in browser.heard]
    waits.sort()
    return {
        "gaps": gaps, "duplicates": duplicates, "behind": behind, "heard": len(waits),
        "cuts": sum(browser.cuts for browser in browsers),
        "p50": statistics.median(waits), "p95": waits[int(len(waits) * 0.95)],
        "p99": waits[int(len(waits) * 0.99)], "most": waits[-1],
    }  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
