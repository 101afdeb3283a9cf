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
            "<OUTLINE TEXT='a' TYPE='RSS' XMLURL='HTTPS://A.example/Rss'/>",
            [("a", "HTTPS://A.example/Rss")],
            id="capitals",
        ),
        pytest.param(
            "<outline text='Bucks &amp;amp; Oxon &amp;#8217;s' xmlUrl='https://a.example/?a=1&amp;amp;b=2'/>",
            [("Bucks & Oxon ’s", "https://a.example/?a=1&b=2")],
            id="escaped twice",
        ),
        pytest.param(
            "<outline text='caf&eacute; &pound;' xmlUrl='https://a.example/?x=1&#x26;y=2'></outline>",
            [("café £", "https://a.example/?x=1&y=2")],
            id="entities",
        ),
        pytest.param(
            "<outline text='a' xmlUrl='https://a.example/rss?copy=1&copy=2&section=3&reg=4&lt=5'/>",
            [("a", "https://a.example/rss?copy=1&copy=2&section=3&reg=4&lt=5")],
            id="bare ampersands before names of entities",
        ),
        pytest.param(
            "<outline text='a' xmlUrl='feed://a.example/rss'/><outline text='b' xmlUrl='feed:https://b.example/rss'/>"
            "<outline text='c' xmlUrl='FEED:http://c.example/rss'/>",
            [("a", "http://a.example/rss"), ("b", "https://b.example/rss"), ("c", "http://c.example/rss")],
            id="the scheme of feeds",
        ),
        pytest.param(
            """<outline text="Kennet "Wire"" title="Kennet Wire" type="rss" htmlUrl="https://k.example/?a=1&b=2" """
            """xmlUrl="https://k.example/rss?section=news&page=1"/>""",
            [("Kennet Wire", "https://k.example/rss?section=news&page=1")],
            id="quotes in a name",
        ),
        pytest.param(
            "<outline text='it's' xmlUrl='https://a.example/'/>",
            [("it's", "https://a.example/")],
            id="one quote",
        ),
        pytest.param(
            "<outline text='a > b' xmlUrl='https://a.example/'/>",
            [("a > b", "https://a.example/")],
            id="a bracket",
        ),
        pytest.param(
            "<outline text=a xmlUrl=https://a.example/x/?b />",
            [("a", "https://a.example/x/?b")],
            id="no quotes",
        ),
        pytest.param(
            "<outline text='a'xmlUrl='https://a.example/'/>", [("a", "https://a.example/")], id="no blank"
        ),
        pytest.param(
            "<outline text='a' xmlUrl='\n https://a.example/\n'/>", [("a", "https://a.example/")], id="blanks"
        ),
        pytest.param("<!-- <outline xmlUrl='https://a.example/'/> -->", [], id="in a comment"),
        pytest.param("<outline type='link' text='a' url='https://a.example/'/>", [], id="a link"),
        pytest.param(
            "<outline text='A &amp; B' xmlUrl='https://a.example/rss?a=1&b=2&#38;c=3'/>",
            [Outline(name="A & B", url="https://a.example/rss?a=1&b=2&c=3")],
            id="a bare ampersand",
        ),
        pytest.param(
            "<outline text='a' xmlUrl='https://a.example'>",
            [Outline(name="a", url="https://a.example")],
            id="not closed",
        ),
    ],
)
def test_what_others_write(body, outlines):
    found = read_opml(f"<opml version='1.0'><body>{body}</body></opml>".encode())
    assert not any(outline.trouble for outline in found)
    wanted = [one if isinstance(one, tuple) else (one.name, one.url) for one in outlines]
    assert [(outline.name, outline.url) for outline in found] == wanted
    groups = [one.group for one in outlines if isinstance(one, Outline)]
    assert [outline.group for outline in found][: len(groups)] == groups


@pytest.mark.parametrize(
    "outline, trouble",
    [
        ("<outline text='a' xmlUrl='https://a.example/?x=1&amp y=2'/>", "a sign in its address is written"),
        ("<outline text='a' xmlUrl='https://a.example/?x=1&#38y=2'/>", "a sign in its address is written"),
        ("<outline text='a' xmlUrl='https://a.example/?x=1&sect;=2'/>", "a sign in its address is written"),
        (
            "<outline text='a' xmlUrl='https://a.example/a b'/>",
            "its address has a blank, a quote or a bracket in it",
        ),
        (
            '<outline text="a" xmlUrl="https://a.example/?q="x""/>',
            "its address has a blank, a quote or a bracket",
        ),
        (
            "<outline text='a' xmlUrl='https://a.example/' xmlUrl='https://b.example/'/>",
            "it has two addresses",
        ),
        ("<outline text='a < b' xmlUrl='https://a.example/'/>", "its outline breaks off"),
        ("<outline text='a' xmlUrl='https://a.example/'\n", "its outline breaks off"),
        ("<outline text='a' xmlUrl='https://a.example/' and more/>", "its attributes cannot be told apart"),
        ("<outline type='rss' text='a'/>", "it has no address (xmlUrl)"),
    ],
)
def test_an_address_of_which_nobody_can_be_sure_is_refused_with_its_line(outline, trouble):
    (found,) = read_opml(f"<opml>\n<body>\n{outline}\n</body></opml>".encode())
    assert found.line == 3
    assert found.trouble is not None and found.trouble.startswith(trouble)


def test_a_file_that_breaks_off_says_so():
    *_, last = read_opml(b"<opml><body><outline text='a' xmlUrl='https://a.example/'/>\n")
    assert (last.line, last.trouble) == (2, "the file breaks off here, so what came after is not known")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_it_is_written_in(encoding):
    body = "<?xml version='1.0' encoding='UTF-8'?><opml><outline text='King’s £' xmlUrl='https://a.example/'/></opml>"
    assert [outline.name for outline in read_opml(body.encode(encoding))] == ["King’s £"]


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
