"""The Atom feed: valid, with ids that stay, and everything from the web is only text."""

from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
from editions import HOSTILE, edition, item, link, printed
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from monitor.model import Kinship
from monitor.reading.feeds.parse import parse
from monitor.reporting.documents.atom import contact_domain, write_atom

FULL = edition(
    item(
        "aaaaaaaaaaaa",
        heading="Force publishes figures & more",
        links=(
            link("Thames Courier", published=date(2026, 11, 12)),
            link("Chiltern Echo", published=date(2026, 11, 14), kinship=Kinship.REPORT),
        ),
        excerpt=("Orders rose.", "- six charities", "- two councils"),
        topics=("finance", "roads"),
    ),
    item("bbbbbbbbbbbb", links=(), excerpt=()),
)

FEED = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <id>tag:desk.example,2026:topical-issues</id>
  <title>Topical Issues</title>
  <subtitle>Report to the Thames Valley Police &amp; Crime Panel</subtitle>
  <updated>2026-11-16T07:00:00Z</updated>
  <author>
    <name>Scrutiny Officer, Thames Valley Police &amp; Crime Panel</name>
  </author>
  <generator>Topical Issues monitor</generator>
  <entry>
    <id>tag:desk.example,2026:topical-issues/story/aaaaaaaaaaaa</id>
    <title>Force publishes figures &amp; more</title>
    <published>2026-11-12T00:00:00Z</published>
    <updated>2026-11-14T00:00:00Z</updated>
    <link rel="alternate" href="https://thamescourier.example/news/1" title="Thames Courier, 12 November 2026" />
    <link rel="related" href="https://chilternecho.example/news/1" title="Chiltern Echo, 14 November 2026" />
    <category term="finance" />
    <category term="roads" />
    <summary>Thames Courier, 12 November 2026; Chiltern Echo, 14 November 2026</summary>
    <content type="html">&lt;p&gt;Orders rose.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;six charities&lt;/li&gt;&lt;li&gt;two councils&lt;/li&gt;&lt;/ul&gt;</content>
  </entry>
  <entry>
    <id>tag:desk.example,2026:topical-issues/story/bbbbbbbbbbbb</id>
    <title>Heading bbbbbbbbbbbb</title>
    <published>2026-11-16T07:00:00Z</published>
    <updated>2026-11-16T07:00:00Z</updated>
    <category term="finance" />
    <summary>Heading bbbbbbbbbbbb</summary>
    <content type="html">Heading bbbbbbbbbbbb</content>
  </entry>
</feed>
"""


def test_the_feed_from_top_to_bottom():
    assert write_atom(FULL, "desk.example") == FEED


def test_a_reader_of_feeds_reads_it_and_so_does_ours():
    found = feedparser.parse(FEED)
    assert (found.version, found.bozo) == ("atom10", False)
    now = datetime(2026, 11, 16, 8, tzinfo=UTC)
    ours = parse(FEED.encode(), "application/atom+xml", "https://desk.example/topical-issues.atom", now)
    assert [(entry.title, entry.url) for entry in ours.entries] == [
        ("Force publishes figures & more", "https://thamescourier.example/news/1")
    ]


def test_ids_stay_when_a_story_grows_and_is_drafted_again():
    later = replace(
        edition(item("aaaaaaaaaaaa", heading="Another heading", links=(link(), link("New")))),
        made=datetime(2026, 11, 23, 7, tzinfo=UTC),
        number=9,
    )
    wanted = "<id>tag:desk.example,2026:topical-issues/story/aaaaaaaaaaaa</id>"
    assert wanted in FEED and wanted in write_atom(later, "desk.example")


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_comes_from_the_web_is_only_text(name):
    given, wanted = HOSTILE[name][0], printed(name)
    made = edition(
        item(given, heading=given, excerpt=(given,), links=(link(given, url="javascript:alert(1)"),))
    )
    feed = etree.fromstring(write_atom(made, "desk.example").encode())
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == wanted
    assert entry.findall(f"{ATOM}link") == []
    content = etree.fromstring(f"<div>{entry.findtext(f'{ATOM}content')}</div>")
    assert [each.tag for each in content] in (["p"], ["ul"])
    assert content[0].xpath("string()") == wanted.removeprefix("- ")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_it_is_xml_whatever_the_text(heading, excerpt):
    made = edition(item(heading, heading=heading, excerpt=tuple(excerpt)))
    feed = etree.fromstring(write_atom(made, "desk.example").encode())
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"


@pytest.mark.parametrize(
    "agent, domain",
    [
        ("Test/1.0 (+mailto:someone@Panel.example)", "panel.example"),
        ("Test/1.0 (+https://panel.example/robot)", "panel.example"),
        ("Test/1.0 (+https://panel.example)", "panel.example"),
        ("none", "localhost"),
    ],
)
def test_ids_are_minted_by_the_contacts_domain(agent, domain):
    assert contact_domain(agent) == domain
