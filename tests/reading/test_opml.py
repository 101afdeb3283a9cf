"""OPML out and in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from monitor.model import ParseFailed
from monitor.reading.feeds.opml import Outline, read_opml, write_opml
from monitor.settings import Feed, FeedKind

FEEDS = (
    Feed(name="Oxford & Mail", url="https://o.example/rss?a=1&b=2", area="Oxfordshire"),
    Feed(name="No area", url="https://n.example/rss"),
    Feed(name="Paused", url="https://p.example/rss", paused="it closed"),
    Feed(name="Pages", url="https://l.example/news/", kind=FeedKind.LISTING),
    Feed(name="Witney", url="https://w.example/rss", area="Oxfordshire"),
)


def test_what_is_written_is_what_the_specification_asks_for():
    opml = etree.fromstring(write_opml(FEEDS))
    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    assert [child.tag for child in opml] == ["head", "body"]
    assert opml.findtext("head/title") == "Topical Issues monitor: feeds"
    for outline in opml.iter("outline"):
        assert outline.get("text"), "the one attribute that no outline may lack"
        assert (outline.get("type") == "rss") is (outline.get("xmlUrl") is not None)


def test_what_is_written_is_read_again():
    assert read_opml(write_opml(FEEDS)) == (
        Outline(name="Oxford & Mail", url="https://o.example/rss?a=1&b=2", group="Oxfordshire", line=8),
        Outline(name="Witney", url="https://w.example/rss", group="Oxfordshire", line=9),
        Outline(name="No area", url="https://n.example/rss", line=11),
    )


@pytest.mark.parametrize(
    "body, outlines",
    [
        pytest.param(
            "<outline xmlURL='https://a.example'/>", [Outline(name="", url="https://a.example")], id="no name"
        ),
        pytest.param(
            "<outline text='Deep'><outline text='er'><outline title='T' text='x' xmlUrl='https://a.example'/></outline></outline>",
            [Outline(name="T", url="https://a.example", group="er")],
            id="nested",
        ),
        pytest.param(
            "<outline text='a' isComment='true' xmlUrl='https://a.example'/>", [], id="commented out"
        ),
        pytest.param("<outline text='a folder'/>", [], id="no address"),
        pytest.param(
            "<outline text='A &amp; B' xmlUrl='https://a.example/rss?a=1&b=2&#38;c=3'/>",
            [Outline(name="A & B", url="https://a.example/rss?a=1&b=2&c=3")],
            id="a bare ampersand",
        ),
        pytest.param(
            "<outline text='a' xmlUrl='https://a.example'>",
            [Outline(name="a", url="https://a.example")],
            id="cut short",
        ),
    ],
)
def test_what_others_write(body, outlines):
    assert list(read_opml(f"<opml version='1.0'><body>{body}".encode())) == outlines


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"not XML", b"\x00"])
def test_no_opml(body):
    assert read_opml(body) == ParseFailed(reason="not an OPML file")


def test_entities_are_not_followed():
    body = b"<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><outline xmlUrl='http://a' text='&x;'/></opml>"
    assert "root:" not in repr(read_opml(body))


@given(
    st.lists(
        st.sampled_from(["<opml>", "<outline ", "xmlUrl='", "'>", "text='a'", "</outline>", "&x;", "\x00"])
    )
)
def test_whatever_is_sent_there_is_an_answer(parts):
    assert isinstance(read_opml("".join(parts).encode()), tuple | ParseFailed)
