"""Markup to plain text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.reading.markup import one_line, paragraphs, plain


@pytest.mark.parametrize(
    "markup, expected",
    [
        pytest.param("", (), id="nothing"),
        pytest.param(" \n\t ", (), id="white space"),
        pytest.param("One line.", ("One line.",), id="text"),
        pytest.param("One\nline.", ("One line.",), id="a line break in text"),
        pytest.param("One.\n\nTwo.\r\n \r\nThree.", ("One.", "Two.", "Three."), id="blank lines in text"),
        pytest.param("<p>One.</p><p>Two.</p>", ("One.", "Two."), id="paragraphs"),
        pytest.param("<p>One.<p>Two.", ("One.", "Two."), id="unclosed paragraphs"),
        pytest.param("One.<br>Two.<br/><br />Three.", ("One.", "Two.", "Three."), id="breaks"),
        pytest.param(
            "<P CLASS='a'>One <B>bold</B> word.</P>", ("One bold word.",), id="capitals and inline tags"
        ),
        pytest.param("un<b>believ</b>able", ("unbelievable",), id="a tag inside a word"),
        pytest.param("<ul><li>One</li><li><p>Two</p></li></ul>After", ("- One", "- Two", "After"), id="list"),
        pytest.param("<h2>Head</h2>Text<div>More</div>", ("Head", "Text", "More"), id="blocks"),
        pytest.param("<table><tr><td>1</td><td>2</td></tr></table>", ("1", "2"), id="cells"),
        pytest.param(
            "<p>Crime &amp; courts &#163;5 &pound;6 &nbsp; x</p>", ("Crime & courts £5 £6 x",), id="entities"
        ),
        pytest.param(
            "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", ("One.", "Two."), id="escaped once too often"
        ),
        pytest.param(
            "&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt; &amp;lt;p&amp;gt;Two.",
            ("One.", "Two."),
            id="escaped twice too often",
        ),
        pytest.param("One.&lt;br&gt;Two.&lt;br/&gt;Three.", ("One.", "Two.", "Three."), id="escaped breaks"),
        pytest.param("&lt;b&gt;Thames&lt;/b&gt; Valley", ("Thames Valley",), id="escaped inline tags"),
        pytest.param("Read &lt;a href=&quot;/x&quot;&gt;more", ("Read more",), id="an escaped link"),
        pytest.param("use the &lt;b&gt; tag", ("use the <b> tag",), id="a tag that is spoken of"),
        pytest.param("&lt;b&gt; makes bold", ("<b> makes bold",), id="a tag that is spoken of first"),
        pytest.param(
            "use &lt;script&gt; and more", ("use <script> and more",), id="a script that is spoken of"
        ),
        pytest.param(
            "break lines with &lt;br&gt; here",
            ("break lines with <br> here",),
            id="a break that is spoken of",
        ),
        pytest.param(
            "use the &amp;lt;b&amp;gt; tag", ("use the &lt;b&gt; tag",), id="a tag that is shown as written"
        ),
        pytest.param("<p>use the &lt;b&gt; tag</p>", ("use the <b> tag",), id="a tag in a paragraph"),
        pytest.param(
            "<p>use &amp;lt;/b&amp;gt; too</p>", ("use &lt;/b&gt; too",), id="a tag's source in a paragraph"
        ),
        pytest.param(
            "Reading&amp;rsquo;s &amp;pound;1m &amp;#8217; &amp;#x27;",
            ("Reading’s £1m ’ '",),
            id="entities twice",
        ),
        pytest.param("&amp;amp;pound;1m &amp;amp; more", ("£1m & more",), id="entities three times"),
        pytest.param(
            "<p>&amp;quot;cut&amp;quot; &amp;amp; run</p>", ('"cut" & run',), id="entities twice in markup"
        ),
        pytest.param(
            "Crime &amp;lt;5 per cent&amp;gt; down", ("Crime <5 per cent> down",), id="less than, twice"
        ),
        pytest.param("Thames&amp;nbsp;Valley&amp;shy;", ("Thames Valley",), id="blanks twice"),
        pytest.param("AT&amp;T &amp;nosuch; R&amp;D;", ("AT&T &nosuch; R&D;",), id="what is no entity"),
        pytest.param("a damaged \ufffd sign", ("a damaged \ufffd sign",), id="a damaged sign is seen"),
        pytest.param("5 < 6 and 7 > 3 & so on", ("5 < 6 and 7 > 3 & so on",), id="signs that are no tags"),
        pytest.param("<script>if (a<b) x()</script>One<style>p{}</style>", ("One",), id="script and style"),
        pytest.param("One<script>never closed <p>x</p>", ("One",), id="script without an end"),
        pytest.param("One<!-- <p>no</p> -->, two<!-- never closed <p>x</p>", ("One, two",), id="comments"),
        pytest.param("<figure><figcaption>A hall</figcaption></figure>One", ("One",), id="captions"),
        pytest.param("<?php x ?><!DOCTYPE html>One", ("One",), id="instructions"),
        pytest.param("a\x00b\x0bc\u200bd\u202ee\ufefff\ud800g", ("abcdefg",), id="what nobody sees"),
        pytest.param(
            "caf\u00e9 \u2018q\u2019 \U0001f693", ("caf\u00e9 \u2018q\u2019 \U0001f693",), id="what one does"
        ),
    ],
)
def test_paragraphs(markup, expected):
    assert paragraphs(markup) == expected


def test_plain_is_one_line():
    assert plain("<p>One.</p><p>Two.</p>") == "One. Two."


@given(st.text())
def test_one_line_is_itself_and_can_be_written(text):
    line = one_line(text)
    assert one_line(line) == line
    line.encode("utf-8")


@given(st.text(alphabet="<>/!-p bli&;lt\n", max_size=60))
def test_any_text_gives_whole_paragraphs(markup):
    assert all(line and line == one_line(line) for line in paragraphs(markup))


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "<script>", '<a href="', "<li>", "&", "&lt;", "<p>x", "\n\n"]
)
def test_hostile_text_takes_no_longer(piece):
    began = time.process_time()
    paragraphs(piece * (300_000 // len(piece)))
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize(
    "markup, shown",
    [
        ("<script>if (a < b && c != '</scrip') {}</script >Words", ("Words",)),
        ("<SCRIPT>'</style>' < 2</Script><p>Words</p>", ("Words",)),
        ("<p>Words</p><style>never closed <p>and not read", ("Words",)),
        ("<noscript><script>one</script>two</noscript>Words", ("Words",)),
        ("<scripts>Words</scripts>", ("Words",)),
        (f"<p>Words</p><script>{'<' * 200_000}", ("Words",)),
    ],
)
def test_what_is_not_read_ends_at_its_own_end(markup, shown):
    assert paragraphs(markup) == shown
