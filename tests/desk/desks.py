"""A desk over the demo's week, and a reader of its pages without a browser: what the tests of the pages begin with."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import filelock
import pytest
from conftest import NOW
from flask import Flask
from lxml import html
from werkzeug.routing import Rule

from monitor.app.desk.opened import OpenDesk, _Kept, _stamp
from monitor.app.sample import demo
from monitor.config.folder import read_config
from monitor.desk.application import application
from monitor.model import Article, Doubt, FeedState, PollOutcome, PollResult
from monitor.pipeline import reviewing

AN_HOUR = timedelta(hours=1)
HOME = "http://127.0.0.1"
KEY = b"a key of thirty-two bytes, 12345"


def make(folder: Path) -> None:
    """The demo's week, as of that Monday. Its clock goes on: what is first seen at the very moment of a draft is of the
    next one."""
    seconds, begun = count(), NOW - timedelta(minutes=30)
    list(demo(folder, progress=lambda *_: None, clock=lambda: begun + timedelta(seconds=next(seconds))))


def made_week(factory) -> Path:
    """The demo's folder, made once for all test processes; to copy, never to change."""
    own = factory.getbasetemp()  # of one process of several its parent is the run's, else that of all runs
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "desk-week"
    with filelock.FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            make(shared)
            (shared / "done").touch()
    return shared


def compile_routes_once(patched: pytest.MonkeyPatch) -> None:
    """werkzeug writes a function for each of a desk's seventy addresses and compiles it, alike for every desk: of a test
    with a desk of its own that was a quarter."""
    compiled: dict[object, object] = {}
    compile_anew = Rule._compile_builder

    def compile_builder(rule: Rule, append_unknown: bool = True):
        told = (rule.rule, repr(rule.defaults), tuple(rule._trace), append_unknown)
        if told not in compiled:
            compiled[told] = compile_anew(rule, append_unknown)
        return compiled[told]

    patched.setattr(Rule, "_compile_builder", compile_builder)


class WeekDesk:
    """A copy of the week, open. `config` is what its files say, read once for the whole session."""

    def __init__(self, folder: Path, config, clock: Callable[[], datetime] = lambda: NOW):
        self.folder, self.data = folder, folder / "data"
        kept = _Kept(stamp=_stamp(folder), config=config)
        self.open = OpenDesk(folder, self.data, clock, _kept=kept)

    def application(self) -> Flask:
        return application(self.open, KEY)

    def reader(self) -> "Reader":
        return Reader(self.application())


def copied(week: Path, into: Path, config) -> WeekDesk:
    shutil.copytree(week, into, ignore=shutil.ignore_patterns("*.lock", "done"))
    return WeekDesk(into, config)


def config_of(week: Path):
    return read_config(week)


class Reader:
    """Asks for pages as a browser without script does: follows redirections, keeps cookies, sends forms as they stand."""

    def __init__(self, app, base: str = HOME):
        self.app, self.base = app, base
        self.client = app.test_client()
        self.status, self.headers, self.address, self.text = 0, {}, "", ""
        self.document = None

    def get(self, address: str, **named) -> "Reader":
        return self._taken(self.client.get(address, base_url=self.base, **named), address)

    def post(self, address: str, fields, **named) -> "Reader":
        return self._taken(self.client.post(address, data=fields, base_url=self.base, **named), address)

    def _taken(self, answer, address: str) -> "Reader":
        if answer.status_code in (301, 302, 303, 307, 308):
            return self.get(urljoin(address, answer.headers["Location"]))
        self.status, self.headers, self.address = answer.status_code, answer.headers, address
        self.text = answer.get_data().decode("utf-8", "replace")
        answer.close()
        is_page = answer.mimetype == "text/html"
        self.document = html.fromstring(self.text) if is_page else None
        return self

    # reading

    def all(self, path: str) -> list:
        return self.document.xpath(path)

    def says(self, words: str) -> bool:
        return words in " ".join(self.document.text_content().split())

    @property
    def title(self) -> str:
        return self.document.findtext(".//title")

    # doing

    def follow(self, link: str) -> "Reader":
        """The first link whose text holds these words."""
        found = next(one for one in self.all("//a[@href]") if link in one.text_content())
        return self.get(urljoin(self.address, found.get("href")))

    def press(self, label: str, **filled) -> "Reader":
        """Sends the first form with a button whose text holds the label, filled in as said. A list sends a field more
        than once; None leaves it out."""
        button = next(one for one in self.all("//form//button") if label in one.text_content())
        form = next(one for one in button.iterancestors("form"))
        fields: dict[str, object] = {}
        areas = {one.get("name") for one in form.xpath(".//textarea")}
        for name, value in form.form_values():  # a browser leaves the line break out that the tag ends with
            fields.setdefault(name, []).append(value.removeprefix("\n") if name in areas else value)
        if button.get("name"):
            fields[button.get("name")] = [button.get("value") or ""]
        for name, value in filled.items():
            fields[name] = value if isinstance(value, list) else [value]
        fields = {name: value for name, value in fields.items() if value != [None]}
        where = button.get("formaction") or form.get("action") or urlsplit(self.address).path
        action = urljoin(self.address, where)
        if (form.get("method") or "get").lower() == "post":
            return self.post(action, fields)
        return self.get(action, query_string=fields)


def doubted(monkeypatch) -> None:
    """As if the grouping had doubted the first two items: the demo's week has no such pair."""
    real = reviewing.warnings_of

    def warnings_of(edition, now, words):
        one, other = edition.items[:2]
        doubt = Doubt(
            story=one.story,
            heading=one.heading,
            other=other.heading,
            other_story=other.story,
            reason="both name Leofric Haines",
        )
        return real(replace(edition, doubts=(doubt,)), now, words)

    monkeypatch.setattr(reviewing, "warnings_of", warnings_of)


def kept_articles(desk: WeekDesk, *articles: Article) -> None:
    """Stored as a poll would have stored them."""
    with desk.open.changing() as workspace:
        for one in articles:
            outcome = PollOutcome(feed=one.feed, at=NOW, result=PollResult.NEW, entries=1, new=1)
            workspace.store.feeds.save_poll(outcome, FeedState(url=one.feed, last_poll=NOW), [one])
