"""A small load client: keeps N connections to this machine busy for some seconds.

`python bench/load.py PORT PATH CLIENTS SECONDS [COOKIE]` prints one JSON object: requests per
second, p50 and p95 in ms, statuses, bytes of the last body. Loopback only; it stops by itself.
"""

import asyncio
import json
import statistics
import sys
import time

Sample = tuple[float, int, int]


async def fetch(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, bytes]:
    """Sends one request on an open connection; returns status and body as it was sent."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").lower()
    status = int(head.split()[1])
    if "transfer-encoding: chunked" not in head:
        length = int(head.partition("content-length:")[2].split("\r\n")[0])
        return status, await reader.readexactly(length)
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return status, body


async def client(port: int, request: bytes, until: float, samples: list[Sample]) -> None:
    """One browser that asks again as soon as it has its answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        start = time.perf_counter()
        status, body = await fetch(reader, writer, request)
        samples.append((time.perf_counter() - start, status, len(body)))
    writer.close()


async def load(
    port: int, path: str, clients: int, seconds: float, cookie: str
) -> dict[str, object]:
    """The figures of one run."""
    head = [
        f"GET {path} HTTP/1.1",
        "Host: localhost",
        "Accept-Encoding: gzip",
        "Accept-Language: en",
    ]
    if cookie:
        head.append(f"Cookie: {cookie}")
    request = ("\r\n".join(head) + "\r\n\r\n").encode()
    samples: list[Sample] = []
    start = time.perf_counter()
    await asyncio.gather(*(client(port, request, start + seconds, samples) for _ in range(clients)))
    took = time.perf_counter() - start
    times = sorted(sample[0] * 1000 for sample in samples)
    return {
        "rate": round(len(samples) / took, 1),
        "count": len(samples),
        "p50": round(statistics.median(times), 2),
        "p95": round(times[int(len(times) * 0.95)], 2),
        "statuses": sorted({sample[1] for sample in samples}),
        "bytes": samples[-1][2],
    }


if __name__ == "__main__":
    port, path, clients, seconds, *rest = sys.argv[1:]
    run = load(int(port), path, int(clients), float(seconds), rest[0] if rest else "")
    print(json.dumps(asyncio.run(run)))
