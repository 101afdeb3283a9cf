"""Serves the sample week over real HTTP on this machine, on a free port, for as long as a `with` block lasts.

The server is a proxy, so that each outlet has a host of its own, and the addresses in a draft look as they will:
`http://thames-courier.example/news/...`. Names that end so belong to nobody (RFC 2606). Everything is rendered once,
when the block is entered: an answer for each address. What is asked for beyond those is 404, and robots.txt allows
everything.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

from monitor.demo.feeds import CONTENT_TYPES, feed_xml
from monitor.demo.outlets import OUTLETS, Conduct, Outlet
from monitor.demo.pages import story_page
from monitor.demo.stories import WEEK, Label, PageAnswer, SampleStory, read_stories

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFeed:
    name: str  # the outlet's
    url: str
    area: str
    note: str  # for a person: what the feed is there to show


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    proxy: str  # by way of which the outlets are reached
    feeds: tuple[SampleFeed, ...]
    stories: tuple[SampleStory, ...]

    def labelled(self, label: Label) -> tuple[SampleStory, ...]:
        return tuple(story for story in self.stories if story.label is label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]


@contextmanager
def serve(now: datetime) -> Iterator[Week]:
    """The week before `now` (aware), served until the block ends."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        week, server.answers = _week(now, proxy=f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield week
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingTCPServer):
    """Not `http.server.ThreadingHTTPServer`, which looks its own name up and can wait seconds for a name server."""

    daemon_threads = True
    request_queue_size = 64  # the default of 5 makes a crowd of readers wait a second and try again
    answers: Mapping[str, Answer]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10  # seconds; a reader that connects and says nothing

    def do_GET(self) -> None:
        answer = self.server.answers.get(self.path) or _page(404, "missing.html")
        etag = answer.headers.get("ETag")
        if etag is not None and self.headers.get("If-None-Match") == etag:
            answer = Answer(status=304, body=b"", headers={"ETag": etag})
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Nothing: the person at the terminal wants to see the poll's progress."""


def _week(now: datetime, proxy: str) -> tuple[Week, Mapping[str, Answer]]:
    answers: dict[str, Answer] = {}
    feeds: list[SampleFeed] = []
    stories: list[SampleStory] = []
    for outlet in OUTLETS:
        home = f"http://{outlet.slug}.example/"
        own = read_stories(outlet, now, home)
        answers[home + "robots.txt"] = ROBOTS
        answers |= _feed_answers(outlet, own, home) | _page_answers(outlet, own, home)
        feeds.append(SampleFeed(name=outlet.name, url=home + "rss", area=outlet.area, note=outlet.note))
        stories.extend(own)
    return Week(proxy=proxy, feeds=tuple(feeds), stories=tuple(stories)), answers


def _feed_answers(outlet: Outlet, stories: tuple[SampleStory, ...], home: str) -> dict[str, Answer]:
    address = home + "rss"
    if outlet.conduct is Conduct.BROKEN:
        return {address: _page(200, "broken.html")}
    body = feed_xml(outlet, stories, home)
    headers = _typed(CONTENT_TYPES[outlet.format])
    if outlet.conduct is Conduct.CONDITIONAL:
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    feed = Answer(status=200, body=body, headers=headers)
    if outlet.conduct is Conduct.MOVED:
        moved = home + "feed/all.xml"
        return {address: Answer(status=301, body=b"", headers={"Location": moved}), moved: feed}
    return {address: feed}


def _page_answers(outlet: Outlet, stories: tuple[SampleStory, ...], home: str) -> dict[str, Answer]:
    answers = {}
    for story in stories:
        others = tuple(other for other in stories if other != story)
        status = 404 if story.page is PageAnswer.MISSING else 200
        body = story_page(outlet, story, others, home)
        answers[story.url] = Answer(status=status, body=body, headers=_typed(HTML))
    return answers


def _page(status: int, template: str) -> Answer:
    return Answer(status=status, body=(WEEK / template).read_bytes(), headers=_typed(HTML))


def _typed(content_type: str) -> dict[str, str]:
    return {"Content-Type": content_type}


ROBOTS = Answer(status=200, body=b"User-agent: *\nAllow: /\n", headers=_typed("text/plain"))
