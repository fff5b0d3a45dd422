"""Live updates: 500 browsers listen, ten things happen a second, connections are cut at random.

`python bench/live.py` speaks for a minute; `--quick` takes under 45 seconds. Two serving processes,
the jobs process, SQLite, no Redis. Times count from commit to browser, those cut off counted in.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.parts.organisation import organisation
from bench.parts.report import QUICK, Figure, report
from bench.parts.server import ROOT, Server, environment

CLIENTS, EVENTS_A_SECOND, CUT_EVERY = 500, 10, 20.0
SECONDS = 15.0 if QUICK else 60.0
PARTS = ROOT / "bench" / "parts"


def run(*command: str, folder: Path, **more: Any) -> "subprocess.Popen[str]":
    """A process of the benchmark beside the server, on the same data."""
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment(folder), stdout=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


def finish(process: "subprocess.Popen[str]") -> Any:
    """What it printed, from JSON."""
    out, _ = process.communicate(timeout=300)
    if process.returncode:
        raise SystemExit(f"{process.args} failed")
    return json.loads(out)


def main() -> None:
    """Prints the figures."""
    folder = organisation("150 people")
    known = finish(run(str(PARTS / "speaking.py"), "prepare", folder=folder))
    with Server(folder) as server:
        idle = server.memory_mb()
        listening = run(
            str(PARTS / "listening.py"), str(server.port), known["topic"], str(CLIENTS),
            str(SECONDS), str(CUT_EVERY), folder=folder, stdin=subprocess.PIPE,
        )  # fmt: skip
        assert listening.stdin
        assert listening.stdout
        listening.stdin.write(json.dumps(known["cookies"]) + "\n")
        listening.stdin.flush()
        assert listening.stdout.readline().strip() == "listening"
        before, quiet = server.cpu_ms(), time.monotonic()
        time.sleep(3)
        resting = (server.cpu_ms() - before) / (time.monotonic() - quiet) / 10
        before = server.cpu_ms()
        speaking = run(
            str(PARTS / "speaking.py"), "speak", known["topic"], str(EVENTS_A_SECOND),
            str(SECONDS), folder=folder,
        )  # fmt: skip
        spoken = finish(speaking)
        cpu, memory = server.cpu_ms() - before, server.memory_mb()
        listening.stdin.write(json.dumps(spoken) + "\n")
        listening.stdin.close()
        listening.stdin = None
        heard = finish(listening)
    report(
        [
            Figure("gaps", heard["gaps"], "", "<=0"),
            Figure("duplicates", heard["duplicates"], "", "<=0"),
            Figure("browsers left behind", heard["behind"], "", "<=0"),
            Figure("events heard", heard["heard"], ""),
            Figure("connections cut and made again", heard["cuts"], ""),
            Figure("from commit to browser, p50", round(heard["p50"], 1), "ms"),
            Figure("from commit to browser, p95", round(heard["p95"], 1), "ms", "<=150"),
            Figure("from commit to browser, p99", round(heard["p99"], 1), "ms"),
            Figure("from commit to browser, most", round(heard["most"], 1), "ms"),
            Figure("processor while nothing happens but cut connections", round(resting, 1), "%"),
            Figure("processor while ten things happen a second", round(cpu / SECONDS / 10, 1), "%"),
            Figure("memory of two serving processes before", round(idle, 1), "MB"),
            Figure(
                "memory of two serving processes with all streams", round(memory, 1), "MB", "<=150"
            ),
        ]
    )


if __name__ == "__main__":
    main()
