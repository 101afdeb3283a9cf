"""The text of an article that stands in JSON-LD, however it is wrapped and written, and when it is taken."""

import html as markup
import json
import time

import pytest
from borders import LEAD, STORY, TITLE, html, p, read
from lxml.html import fromstring

from monitor.reading.pages.borders.sought import Sought
from monitor.reading.pages.borders.structured import Claim, body_paragraphs, claims

ONE = " ".join(STORY)
PARAGRAPHS = p(*STORY)
BAKERY = (
    "A bakery in Mill Lane has won a national prize for its sourdough after judges visited forty shops. " * 9
)


def told(body: object, **more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": body,
        **more,
    }


def script(value: object, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{value if isinstance(value, str) else json.dumps(value)}</script>'


def letters(lines: tuple[str, ...]) -> str:
    return "".join(filter(str.isalnum, "".join(lines)))


TEXT = json.dumps(told(ONE))
RAW = '{"@type": "NewsArticle", "headline": "%", "articleBody": "$", "author": "x"}'.replace(
    "%", TITLE
).replace("$", ONE)
SCRIPTS = {
    "text": script(told(ONE)),
    "lines": script(told("\n".join(STORY))),
    "blank lines": script(told("\r\n\r\n".join(STORY))),
    "HTML": script(told(PARAGRAPHS)),
    "HTML, escaped": script(told(markup.escape(PARAGRAPHS))),
    "HTML, escaped twice": script(told(markup.escape(markup.escape(PARAGRAPHS)))),
    "entities": script(told(ONE.replace("’", "&rsquo;").replace("£", "&pound;"))),
    "glued sentences": script(told("".join(STORY))),
    "a list of paragraphs": script(told(list(STORY))),
    "a graph": script({"@graph": [{"@type": "WebSite", "name": "Gazette"}, told(ONE)]}),
    "a list": script([{"@type": "BreadcrumbList"}, told(ONE)]),
    "a page's main thing": script({"@type": "WebPage", "mainEntity": told(ONE)}),
    "several types": script(told(ONE, **{"@type": ["Article", "ReportageNewsArticle"]})),
    "a type's address": script(told(ONE, **{"@type": "http://schema.org/NewsArticle"})),
    "a blog's": script(told(ONE, **{"@type": "BlogPosting"})),
    "a type with an encoding": script(TEXT, "application/ld+json; charset=utf-8"),
    "a type in capitals": script(TEXT, "Application/LD+JSON"),
    "raw line breaks": script(json.dumps(told("@")).replace('@"', "\n".join(STORY) + '"')),
    "a comma too many": script(TEXT[:-1] + ",}"),
    "CDATA": script(f"//<![CDATA[\n{TEXT}\n//]]>"),
    "CDATA in comments": script(f"/*<![CDATA[*/{TEXT}/*]]>*/"),
    "a comment": script(f"<!--\n{TEXT}\n-->"),
    "two in a row": script(json.dumps({"@type": "WebSite"}) + TEXT),
    "a semicolon": script(TEXT + ";"),
    "backslashes too many": script(json.dumps(told(ONE), ensure_ascii=False).replace("’", "\\'")),
    "JSON, escaped": script(markup.escape(TEXT)),
    "raw quotes": script(RAW.replace("“", '"').replace("”", '"')),
    "another before": script([told(BAKERY, headline="Bakery wins national prize"), told(ONE)]),
}
SHOWN = {
    "nothing": '<div id="root"></div>',
    "the lead": f"<main><article><h1>{TITLE}</h1>{p(LEAD)}</article></main>",
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize("said", SCRIPTS.values(), ids=SCRIPTS)
def test_the_text_is_found(said, shown):
    assert letters(read(html(shown + said)).paragraphs) == letters(STORY)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(told(LEAD), id="the lead alone"),
        pytest.param(told(ONE + " Sign up for more."), id="hardly more"),
        pytest.param(told(BAKERY, headline="Bakery wins national prize"), id="another article's"),
        pytest.param(told(""), id="none"),
        pytest.param(told(7), id="a number"),
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param('{"articleBody": "', id="broken off"),
        pytest.param(
            {"@type": "LiveBlogPosting", "liveBlogUpdate": [told(BAKERY)]}, id="the posts of a live report"
        ),
        pytest.param({"@type": "WebPage", "comment": [told(BAKERY)]}, id="a reader's comment"),
    ],
)
def test_what_is_to_be_seen_stands(value):
    shown = f"<main><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></main>"
    assert read(html(shown + script(value)), Sought(title=TITLE)).paragraphs == STORY


@pytest.mark.parametrize(
    "part, expected",
    [
        (
            "One line.\nAnother “line”\nthat goes on.\n\nA third",
            ("One line.", "Another “line”", "that goes on.", "A third"),
        ),
        ("A line that was\nbroken at its end.", ("A line that was broken at its end.",)),
        ("Fish &amp; chips &#163;5", ("Fish & chips £5",)),
        ("+++dropcap\nA [link](https://a.example/b) in it.\n[#image: /photos/1]", ("A link in it.",)),
        ("", ()),
    ],
)
def test_the_paragraphs_of_a_text(part, expected):
    assert body_paragraphs([part]) == expected


def test_a_long_piece_is_parted_at_its_sentences():
    assert body_paragraphs([ONE]) == body_paragraphs(["".join(STORY)]) == STORY


@pytest.mark.parametrize(
    "value, expected",
    [
        (False, False),
        ("False", False),
        ("https://schema.org/False", False),
        (True, True),
        ("true", True),
        (None, None),
        ("x", None),
    ],
)
def test_what_may_be_read_free_of_charge(value, expected):
    tree = fromstring(html(script(told("", isAccessibleForFree=value))))
    assert claims(tree) == (Claim(headline=TITLE, is_free=expected),)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        '{"a":' * 100_000,
        ", " * 300_000,
        "\\" * 300_000,
        '"articleBody":"' * 30_000,
        "/*" * 200_000,
        "{}" * 100_000,
    ],
    ids=range(7),
)
def test_no_script_takes_long(text):
    tree = fromstring(html(script(text)))
    began = time.process_time()
    claims(tree)
    assert time.process_time() - began < 2
