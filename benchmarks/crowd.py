"""Many hosts on loopback, each with a few feeds and their pages, served by one process that counts.

Run as a program it prints its port and serves until its stdin ends: `python -m benchmarks.crowd ENTRIES SECONDS`. Every
address of 127.0.0.0/8 is this machine, so 127.0.1.1, 127.0.1.2 and so on are as many hosts. Each answers after so many
seconds, and is watched for two requests at once. `/stats` says, as JSON, how often each address was asked, how many
requests a host had at a time at the most, and how many there are.

Below `/feeds/N` is a feed with so many entries, whose pages are at `/news/N/…`; `/slow/N` drips a byte a second.
"""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any
from urllib.request import urlopen

STARTED = datetime.now(UTC)
SENTENCE = (
    "The council’s cabinet heard that the works on the bridge would be finished by the spring of next year. "
)


@dataclass
class Counts:
    asked: Counter[str] = field(default_factory=Counter)
    at_once: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    def began(self, host: str, path: str) -> None:
        self.asked[f"{host}{path}"] += 1
        self.at_once[host] += 1
        self.most[host] = max(self.most[host], self.at_once[host])

    def stats(self) -> bytes:
        most = max(self.most.values(), default=0)
        return json.dumps({"asked": self.asked, "most_at_once": most, "hosts": len(self.most)}).encode()


@cache
def feed(host: str, number: str, entries: int) -> bytes:
    items = "".join(
        f"<item><title>Story {number}-{i} of {host}: bridge works &amp; what they cost</title>"
        f"<link>http://{host}/news/{number}/{i}</link><guid isPermaLink='false'>{host}-{number}-{i}</guid>"
        f"<pubDate>{format_datetime(STARTED - timedelta(minutes=i))}</pubDate>"
        f"<description>&lt;p&gt;{SENTENCE * 2}Number {number}-{i}.&lt;/p&gt;</description></item>"
        for i in range(entries)
    )
    head = f"<title>Outlet {number} of {host}</title><link>http://{host}/</link>"
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}{items}</channel></rss>".encode()


class Serving(asyncio.Protocol):
    counts = Counts()
    entries, latency = 0, 0.0

    def __init__(self) -> None:
        self._said = b""
        self._host = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._said += data
        while b"\r\n\r\n" in self._said:
            head, _, self._said = self._said.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split()[1]
            host = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
            if path == "/stats":
                self._answer(200, self.counts.stats())
                continue
            self.counts.began(host, path)
            self._host = host
            asyncio.get_running_loop().call_later(self.latency, self._ready, host, path)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._host:
            self.counts.at_once[self._host] -= 1
            self._host = ""

    def _ready(self, host: str, path: str) -> None:
        if not self._host:
            return  # they hung up
        kind, _, number = path.lstrip("/").partition("/")
        if kind == "slow":
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss version='2.0'>")
            self._drip()
            return
        self.counts.at_once[host] -= 1
        self._host = ""
        if kind == "feeds":
            self._answer(200, feed(host, number, self.entries))
        elif kind == "news":
            text = f"<p>{SENTENCE * 3}</p>" * 4
            self._answer(200, f"<html><body><h1>Story {number}</h1>{text}</body></html>".encode())
        else:
            self._answer(404, b"not here")

    def _drip(self) -> None:
        if self._host:
            self._transport.write(b" ")
            asyncio.get_running_loop().call_later(1, self._drip)

    def _answer(self, status: int, body: bytes) -> None:
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


@dataclass(frozen=True)
class Crowd:
    port: int

    def hosts(self, count: int) -> tuple[str, ...]:
        return tuple(f"127.0.{1 + number // 250}.{1 + number % 250}:{self.port}" for number in range(count))

    def feeds(self, hosts: int, each: int) -> tuple[str, ...]:
        return tuple(f"http://{host}/feeds/{number}" for host in self.hosts(hosts) for number in range(each))

    def stats(self) -> dict[str, Any]:
        with urlopen(f"http://127.0.0.1:{self.port}/stats") as answer:
            found: dict[str, Any] = json.load(answer)
        return found


@contextmanager
def crowd(entries: int, latency: float) -> Iterator[Crowd]:
    """Serves while the block lasts, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.crowd", str(entries), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        yield Crowd(int(process.stdout.readline()))
        process.stdin.close()


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Serving, "0.0.0.0", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main(arguments: Sequence[str]) -> None:
    Serving.entries, Serving.latency = int(arguments[0]), float(arguments[1])
    asyncio.run(serve())


if __name__ == "__main__":
    main(sys.argv[1:])
