"""`sapwood serve` for a benchmark: started, asked for its processor time and memory, stopped."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
TICK = os.sysconf("SC_CLK_TCK")
NOT_OURS = ("SAPWOOD_", "DJANGO_", "PYTEST_")


def environment(folder: Path) -> dict[str, str]:
    """For every process of the benchmark: the data in `folder`, nothing else."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("SAPWOOD_", "DJANGO_", "PYTEST_"))
    }
    kept.pop("DATABASE_URL", None)
    kept.pop("REDIS_URL", None)
    return kept | {
        "SAPWOOD_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "sapwood.settings",
    }


class Server:
    """`sapwood serve` as it comes: two processes for pages, one for jobs; use as a context."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def __enter__(self) -> "Server":
        command = ["serve", "--port", str(self.port)]
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sapwood.cli", *command],
            env=environment(self.folder),
            stdout=subprocess.DEVNULL,
        )
        while time.perf_counter() - start < 60:
            with suppress(OSError), closing(self._link()) as link:
                link.request("GET", "/account/login/")
                if link.getresponse().read():
                    self.seconds_to_first_page = time.perf_counter() - start
                    return self
            time.sleep(0.02)
        raise SystemExit("the server did not start")

    def __exit__(self, *_: Any) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def _link(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def children(self) -> list[int]:
        """The two serving processes."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [int(pid) for task in tasks for pid in task.read_text().split()]
        return [pid for pid in pids if "jobs" not in Path(f"/proc/{pid}/comm").read_text()]

    def cpu_ms(self) -> float:
        """Processor time that the serving processes have used so far."""
        total = 0
        for pid in self.children():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total * 1000 / TICK

    def memory_mb(self) -> float:
        """Proportional set size of the serving processes together."""
        total = 0
        for pid in self.children():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024

    def load(self, path: str, clients: int, seconds: float, cookie: str) -> dict[str, Any]:
        """What the load client measured, from a process of its own, plus `cpu` ms a request."""
        client = Path(__file__).parent / "load.py"
        command = [str(client), str(self.port), path, str(clients), str(seconds), cookie]
        before = self.cpu_ms()
        done = subprocess.run(
            [sys.executable, *command], stdout=subprocess.PIPE, text=True, check=True
        )
        result: dict[str, Any] = json.loads(done.stdout)
        if result["statuses"] != [200]:
            raise SystemExit(f"{path} answered {result['statuses']}")
        return result | {"cpu": (self.cpu_ms() - before) / result["count"]}
