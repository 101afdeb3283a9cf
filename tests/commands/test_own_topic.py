"""A topic of the editor's own, with an id that nobody has heard of: understood, chosen for, explained, measured."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from loopback import Answer, serve
from web import html_page, rss
from where import ROOT

from monitor.cli import main
from monitor.config.defaults import write_defaults

HEADLINE = "Thames Valley Police launches river patrols as boat thefts rise by 40 per cent"
TEXT = (
    "Thames Valley Police has launched a dedicated team of river patrols, after figures showed that thefts of outboard "
    "motors had risen by 40 per cent in a year.",
    "The marine unit will cost £310,000 a year, the police and crime commissioner said. It has six officers and two "
    "launches, and covers the Thames from Lechlade to Windsor.",
    "In the year to September 412 thefts from boats were recorded, up from 294 a year earlier.",
)
TOPIC = """\
topics:
  - id: water-policing
    name: Policing of the Thames
    strong: [
        # Who is on the river.
        marine unit*, river patrol*,
        # What is stolen there.
        outboard motor*, thefts from boats,
      ]
"""


@pytest.fixture
def folder(tmp_path):
    moment = datetime.now(UTC) - timedelta(hours=3)
    with serve({}) as server:
        page = server.url("/news/river")
        server.answers |= {
            "/rss": Answer(rss((page, HEADLINE, moment))),
            "/news/river": Answer(html_page(HEADLINE, *TEXT)),
        }
        folder = tmp_path / "desk"
        folder.mkdir()
        (folder / "feeds.yaml").write_text(
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}\n"
            f"feeds: [{{name: Thames Courier, url: '{server.url('/rss')}', area: Berkshire}}]\n"
        )
        write_defaults(folder)
        topics = (ROOT / "topics.yaml").read_text("utf-8")
        (folder / "topics.yaml").write_text(topics.replace("topics:\n", TOPIC, 1), "utf-8")
        yield folder


@pytest.mark.slow
def test_a_topic_of_the_editor_s_own_works_everywhere(folder, tmp_path, capsys):
    def run(*arguments):
        assert main(["--config", str(folder), *map(str, arguments)]) == 0
        return capsys.readouterr().out

    assert "Topics: 22, with " in run("check")
    run("poll")
    assert "Draft 1: 1 story in, 0 near, 0 out" in run("draft", "--out", tmp_path / "out")
    (edition,) = (tmp_path / "out").glob("*.json")
    (item,) = json.loads(edition.read_text("utf-8"))["items"]
    assert item["topics"][0] == "water-policing"
    explained = run("explain", item["links"][0]["url"])
    assert "Policing of the Thames" in explained and "outboard motors" in explained

    story = json.loads((ROOT / "tests/quality/hard_cases.jsonl").read_text("utf-8").splitlines()[0])
    story |= {"title": HEADLINE, "text": "\n\n".join(TEXT), "topics": ["water-policing"]}
    (tmp_path / "labelled.jsonl").write_text(json.dumps(story), "utf-8")
    assert json.loads(run("evaluate", tmp_path / "labelled.jsonl", "--json"))["first_topic"] == 1
