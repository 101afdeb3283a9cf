"""Every page of the desk, by its address: taken from the application's own table of addresses, so that a page that is
added later is looked at too, or the tests ask for a sample of what its address wants."""

from dataclasses import dataclass, field
from pathlib import Path

from desks import KEY
from flask import Flask

from monitor.app.desk.feeds.listed import feed_id
from monitor.app.desk.opened import OpenDesk
from monitor.desk.application import application

# What an address wants, by endpoint and name, as the demo's week has it.
STORY = "30edb4a07fcc"  # of draft 1
SAMPLES: dict[str, dict[str, str]] = {
    "story.show": {"id": STORY},
    "words.show": {"id": STORY},
    "feeds.one": {"id": feed_id("http://otmoor-bulletin.example/rss")},
    "feeds.ask_what_to_change": {"id": feed_id("http://otmoor-bulletin.example/rss")},
}
LIST = {"name": "cues/raise/performance"}
SAMPLES |= {
    "rules.one_list": LIST,
    "rules.one_phrase": {**LIST, "old": "solved"},
    "rules.one_figure": {"name": "thresholds/include"},
}
# What there is only once something was done: `tests/unattended/test_desk.py` does it, and looks.
LED_TO = frozenset({"rules.draft", "rules.version"})
# Pages that look otherwise when something is asked of them: address, and why it is looked at.
ASKED: tuple[str, ...] = (
    "/feeds?state=silent&text=nothing",
    "/overview?weeks=4",
    "/search?q=police+-festival",
    "/search?q=xylophonist",
    "/search?q=police",
    "/rules?phrase=speed+awareness",
    "/nothing",
)
# Made by the same parts as another page here: left to `make unattended`, which looks at all.
LIKE_ANOTHER = frozenset(
    {
        "/issue",
        "/login",
        "/search",
        "/search?q=police+-festival",
        "/search?q=xylophonist",
        "/rules/phrase/cues/raise/performance?old=solved",
        "/rules/figure/thresholds/include",
        "/rules/try",
        "/rules/versions",
        "/rules?phrase=speed+awareness",
        "/feeds/try",
        "/feeds/add",
        "/feeds/import",
        "/feeds?state=silent&text=nothing",
        "/overview?weeks=4",
    }
)
# Looked at by `make test`; the others by `make test-slow`, for each takes two seconds and more.
MOST_USED = frozenset({"/"})
# What is fetched and is no page.
FILES = frozenset(
    {"static", "papers.document", "search.table", "search.feed", "feeds.export", "overview.as_sheet"}
)


@dataclass(frozen=True)
class Pages:
    addresses: list[str] = field(default_factory=list)
    without_sample: list[str] = field(default_factory=list)


def pages() -> Pages:
    nowhere = Path("nowhere")
    app: Flask = application(OpenDesk(nowhere, nowhere), KEY)
    found = Pages()
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in FILES | LED_TO:
                continue
            wanted = set(rule.arguments) - set(rule.defaults or {})
            sample = SAMPLES.get(rule.endpoint, {})
            if wanted - set(sample):
                found.without_sample.append(f"{rule.endpoint}: {rule.rule}")
            else:
                found.addresses.append(app.url_for(rule.endpoint, **sample))
    found.addresses.extend(ASKED)
    return found
