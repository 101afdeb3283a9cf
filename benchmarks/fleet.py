"""Workers as processes on this machine, over a crowd of hosts on loopback, with one PostgreSQL server for all.

Run as a program it is one worker: `python -m benchmarks.fleet LIMITS`, where LIMITS is JSON of what is to be otherwise in
`jobs/many/limits.py`; the folders and the server come from the environment, as for `python -m jobs --cluster`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from monitor.config.defaults import write_defaults
from monitor.store import Store
from monitor.store.server import server_at

Limits = Mapping[str, float]


@dataclass
class Fleet:
    folder: Path  # the configuration; data/ in it
    address: str
    side_by_side: int
    limits: Limits = field(default_factory=dict)
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    said: Path = Path()
    data: Path | None = None  # of those that begin next; data/ where none is said

    def __enter__(self) -> "Fleet":
        self.said = self.folder / "workers.log"
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()

    @property
    def environment(self) -> dict[str, str]:
        own = {"MONITOR_CONFIG": str(self.folder), "MONITOR_ARCHIVE": self.address}
        own |= {"MONITOR_DATA": str(self.data)} if self.data else {}
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")},
            **own,
        }

    def begin(self, count: int) -> None:
        """So many more workers."""
        asked = [json.dumps(dict(self.limits)), str(self.side_by_side)]
        for _ in range(count):
            with self.said.open("ab") as said:
                self.processes.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "benchmarks.fleet", *asked], env=self.environment, stderr=said
                    )
                )

    def kill(self, number: int) -> None:
        """As the kernel does where memory is short; and a supervisor begins another."""
        process = self.processes.pop(number)
        process.kill()
        process.wait()
        self.begin(1)

    def stop(self) -> tuple[list[int], float]:
        """As a supervisor does. Exit codes, and after how many seconds the last had ended."""
        began = time.monotonic()
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait() for process in self.processes]
        self.processes.clear()
        return codes, time.monotonic() - began

    def store(self) -> Store:
        return Store.open(server_at(self.address, self.folder / "data"), make=False)


def write_config(folder: Path, feeds: Mapping[str, str], *, spacing: str = "0s", every: str = "30m") -> None:
    """`feeds`: by address, whether their pages are read (`page`) or not (`feed`)."""
    lines = [
        "network:",
        '  user_agent: "TopicalIssuesMonitor/1.0 (benchmark; +mailto:bench@topical-issues.example)"',
        "  allow_private_addresses: true",
        f"  spacing: {spacing}",
        f"defaults: {{every: {every}}}",
        "feeds:",
    ]
    for number, (url, article) in enumerate(feeds.items()):
        lines += [f"  - name: Outlet {number}", f"    url: {url}", f"    article: {article}"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "feeds.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    write_defaults(folder)


def until(is_so: Callable[[], bool], seconds: float, every: float = 0.2) -> float:
    """Waits for that, and says how long it took. Raises TimeoutError."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"not so within {seconds:g} s")
        time.sleep(every)
    return time.monotonic() - began


def main(limits: str, side_by_side: str) -> int:
    from jobs.arguments import QUEUES, Said
    from jobs.many.begin import begin
    from jobs.many.limits import Limits as JobLimits

    return begin(Said(True, int(side_by_side), QUEUES), limits=JobLimits(**json.loads(limits)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
