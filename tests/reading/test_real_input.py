"""Labelled stories of real local news, served as outlets' feeds and pages: what reaches the Word draft.

The whole way, through the command line: feeds in three formats, pages in three layouts, extraction, judgement,
grouping, the edition, the document.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from loopback import Answer, serve
from where import QUALITY

from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.demo.feeds import CONTENT_TYPES, feed_xml
from monitor.demo.outlets import Format, Layout, Outlet
from monitor.demo.pages import story_page
from monitor.demo.stories import Label, PageAnswer, SampleStory


@dataclass(frozen=True)
class Labelled:
    decision: str
    sample: SampleStory


def labelled_stories(home_of) -> list[Labelled]:
    lines = [
        line
        for name in ("tuning", "everyday")
        for line in (QUALITY / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return [labelled(json.loads(line), number, home_of) for number, line in enumerate(lines)]


def labelled(raw, number, home_of) -> Labelled:
    """Without a date, or with one that no feed of today would bear, a story is of this week."""
    sample = SampleStory(
        outlet=raw["outlet"],
        url=home_of(raw["outlet"]) + f"news/{number}.{raw['id']}/",
        headline=raw["title"],
        paragraphs=tuple(raw["text"].split("\n\n")),
        published=datetime.now(UTC) - timedelta(hours=1 + number % 150),
        label=Label.WANTED,
        topics=(),
        event=raw["story"],
        page=PageAnswer.WHOLE,
    )
    return Labelled(raw["decision"], sample)


def outlet_of(name: str, number: int) -> Outlet:
    return Outlet(
        slug=slug(name),
        name=name,
        area="Berkshire",
        tagline="Local news",
        story_path="news/{number}.{slug}/",
        layout=list(Layout)[number % 3],
        format=list(Format)[number % 3],
        note="",
    )


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The labelled stories, and the Word draft that was made of them."""
    folder = tmp_path_factory.mktemp("real-input")
    with serve({}) as server:
        stories = labelled_stories(lambda outlet: server.url(f"/{slug(outlet)}/"))
        feeds = [
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}",
            "feeds:",
        ]
        for number, name in enumerate(dict.fromkeys(story.sample.outlet for story in stories)):
            outlet, home = outlet_of(name, number), server.url(f"/{slug(name)}/")
            own = tuple(story.sample for story in stories if story.sample.outlet == name)
            rss = {"Content-Type": CONTENT_TYPES[outlet.format]}
            server.answers[f"/{slug(name)}/rss"] = Answer(feed_xml(outlet, own, home), headers=rss)
            for story in own:
                others = tuple(other.sample for other in stories if other.sample != story)[:6]
                html = {"Content-Type": "text/html; charset=utf-8"}
                path = story.url.removeprefix(server.url(""))
                server.answers[path] = Answer(story_page(outlet, story, others, home), headers=html)
            feeds.append(f"  - {{name: {json.dumps(name)}, url: '{home}rss'}}")
        (folder / "feeds.yaml").write_text("\n".join(feeds), "utf-8")
        write_defaults(folder)
        panel = folder / "panel.yaml"  # what is in is asked here; which twelve of it, in tests/quality
        panel.write_text(re.sub(r"  items: 12 .*", "  items: all", panel.read_text("utf-8")), "utf-8")
        assert main(["--config", str(folder), "poll", "--all"]) == 0
        assert main(["--config", str(folder), "draft", "--out", str(folder / "out"), "--format", "docx"]) == 0
    (path,) = (folder / "out").glob("*.docx")
    return stories, Document(path)


def links(document) -> set[str]:
    return {
        relation.target_ref
        for relation in document.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }


def share(stories, decision, document) -> float:
    of_kind = [story for story in stories if story.decision == decision]
    return sum(story.sample.url in links(document) for story in of_kind) / len(of_kind)


def test_at_least_nine_in_ten_wanted_stories_are_in_the_draft(drafted):
    assert share(drafted[0], "include", drafted[1]) >= 0.90


def test_at_most_one_in_ten_unwanted_stories_is_in_the_draft(drafted):
    assert share(drafted[0], "exclude", drafted[1]) <= 0.10


def test_every_heading_link_and_paragraph_is_whole(drafted):
    """Each link is a story's whole address, each heading its headline, each paragraph under it one of the story's."""
    stories, document = drafted
    by_url = {story.sample.url: story.sample for story in stories}
    assert links(document) <= by_url.keys()
    known = {story.sample.headline for story in stories}
    paragraphs = {text for story in stories for text in story.sample.paragraphs}
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert headings and set(headings) <= known
    printed = [
        p.text
        for p in document.paragraphs
        if len(p.text) > 120 and "://" not in p.text and p.style.name != "Heading 2"
    ]
    assert printed and set(printed) <= paragraphs


def test_a_wanted_story_that_stands_alone_is_quoted_in_full(drafted):
    stories, document = drafted
    printed = {paragraph.text for paragraph in document.paragraphs}
    events = [story.sample.event for story in stories]
    alone = [
        story.sample
        for story in stories
        if story.decision == "include"
        and events.count(story.sample.event) == 1
        and story.sample.headline in printed
    ]
    missing = [(story.headline, text) for story in alone for text in story.paragraphs if text not in printed]
    assert (
        len(alone) >= 30
    )  # of 42 that share their event with no other; one that was grouped is quoted elsewhere
    assert missing == []
