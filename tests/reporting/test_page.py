"""The web page and the Markdown: the report and nothing else, and everything from the web is only text."""

from datetime import date

import pytest
from editions import HOSTILE, edition, item, link, near_miss, printed
from lxml import html

from monitor.model import Development, Dropped, Ground, Kinship
from monitor.reporting.documents.page import escape_markdown, write_html, write_markdown
from monitor.settings import LinksAs

FULL = edition(
    item(
        "aaaaaaaaaaaa",
        heading="Force publishes figures on stalking orders",
        links=(link("Thames Courier"), link("Chiltern Echo", kinship=Kinship.COPY)),
        excerpt=(
            "Orders rose.",
            "The money goes to:",
            "- six charities",
            "- two councils",
            "The panel meets soon.",
        ),
    ),
    item("bbbbbbbbbbbb", heading="Commissioner sets precept", excerpt=(), reason="Public money."),
    near=(near_miss(),),
)


def page(made):
    return html.document_fromstring(write_html(made))


def texts(made, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page(made).xpath(path)]


MARKDOWN = """\
# Report to the Thames Valley Police & Crime Panel

**Title:** Topical Issues

**Date:** 27 November 2026

**Author:** Scrutiny Officer, Thames Valley Police & Crime Panel

## Force publishes figures on stalking orders

[Thames Courier, 12 November 2026](<https://thamescourier.example/news/1>)

[Chiltern Echo, 12 November 2026](<https://chilternecho.example/news/1>) (same text)

Orders rose.

The money goes to:

- six charities
- two councils

The panel meets soon.

## Commissioner sets precept

[Thames Courier, 12 November 2026](<https://thamescourier.example/news/1>)
"""


def test_the_markdown_from_top_to_bottom():
    assert write_markdown(FULL) == MARKDOWN


def test_the_page_says_the_same_as_the_markdown():
    said = texts(FULL, "//h1 | //h2 | //h3 | //p | //li")
    marks = str.maketrans("", "", "*")
    lines = [line.translate(marks).lstrip("#- ") for line in MARKDOWN.splitlines() if line.strip("-")]
    assert said == [line.replace("[", "").partition("](<")[0] + line.partition(">)")[2] for line in lines]


def test_the_page_leads_where_it_says():
    assert [(each.text, each.get("href"), each.get("rel")) for each in page(FULL).xpath("//a")] == [
        ("Thames Courier, 12 November 2026", "https://thamescourier.example/news/1", "noopener noreferrer"),
        ("Chiltern Echo, 12 November 2026", "https://chilternecho.example/news/1", "noopener noreferrer"),
        ("Thames Courier, 12 November 2026", "https://thamescourier.example/news/1", "noopener noreferrer"),
    ]


COURIER, COPY = "https://thamescourier.example/news/1", "https://chilternecho.example/news/1"
NAMES = ("Thames Courier, 12 November 2026", "Chiltern Echo, 12 November 2026")


@pytest.mark.parametrize(
    "form, shown, linked, markdown",
    [
        pytest.param(
            LinksAs.TITLE,
            [NAMES[0], f"{NAMES[1]} (same text)"],
            [(NAMES[0], COURIER, None), (NAMES[1], COPY, None)],
            [f"[{NAMES[0]}](<{COURIER}>)", f"[{NAMES[1]}](<{COPY}>) (same text)"],
            id="outlet and day",
        ),
        pytest.param(
            LinksAs.ADDRESS,
            [COURIER, COPY],
            [(COURIER, COURIER, NAMES[0]), (COPY, COPY, NAMES[1])],
            [f"<{COURIER}>", f"<{COPY}>"],
            id="the address alone, its name for who listens",
        ),
        pytest.param(
            LinksAs.BOTH,
            [f"{NAMES[0]}{COURIER}", f"{NAMES[1]} (same text){COPY}"],
            [(NAMES[0], COURIER, None), (NAMES[1], COPY, None)],
            [
                f"[{NAMES[0]}](<{COURIER}>)\\\n<{COURIER}>",
                f"[{NAMES[1]}](<{COPY}>) (same text)\\\n<{COPY}>",
            ],
            id="the address beneath",
        ),
    ],
)
def test_links_are_printed_as_the_panel_has_them(form, shown, linked, markdown):
    copied = link("Chiltern Echo", kinship=Kinship.COPY, url=f"{COPY}?utm_source=rss")
    made = edition(item(links=(link(), copied)))
    root = html.document_fromstring(write_html(made, links=form))
    assert [each.text_content().strip() for each in root.xpath("//ul[@class='links']/li")] == shown
    assert [(each.text, each.get("href"), each.get("title")) for each in root.xpath("//main//a")] == linked
    written = write_markdown(made, links=form)
    assert written.split("\n\n")[5:7] == markdown


def test_the_page_can_be_read_by_anybody():
    root = page(FULL)
    assert root.get("lang") == "en-GB"
    assert root.findtext("head/title") == "Topical Issues, 27 November 2026"
    assert [each.tag for each in root.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h2"]
    assert texts(FULL, "//main//h2") == [each.heading for each in FULL.items]
    assert root.xpath("//article/@id") == ["story-aaaaaaaaaaaa", "story-bbbbbbbbbbbb"]
    assert texts(FULL, "//article[1]/ul[not(@class)]/li") == ["six charities", "two councils"]


def test_the_page_needs_nothing_from_the_network():
    root = page(FULL)
    assert root.xpath("//script | //link | //img | //iframe | //table | //@style") == []
    assert "url(" not in root.findtext("head/style") and "@import" not in root.findtext("head/style")


@pytest.mark.parametrize("write", [write_html, write_markdown])
def test_the_report_holds_its_items_and_nothing_else(write):
    made = edition(
        item(cautions=("Proceedings may be live.",), why=(Ground(points=3, says="figures"),)),
        near=(near_miss(),),
        further=(item("f", heading="A further story"),),
        dropped=(Dropped(heading="Crash shuts road", edition=2, links=()),),
        developments=(Development(heading="CCTV moves", reported=date(2026, 9, 11), links=(link(),)),),
    )
    assert write(made) == write(edition(*made.items))
    for words in ("live", "figures", "Officer dismissed", "further", "Crash", "CCTV", "rests on", "Figures"):
        assert words not in write(made)


@pytest.mark.parametrize("write", [write_html, write_markdown])
def test_a_quiet_week_says_so(write):
    written = write(edition())
    assert (
        "No topical issues were found in the news read from 9 November 2026 to 16 November 2026." in written
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text_on_the_page(name):
    given = HOSTILE[name][0]
    made = edition(
        item(heading=given, excerpt=(given,), links=(link(given),), reason=given),
        near=(near_miss(title=given, outlet=given, reason=given),),
    )
    wanted = " ".join(printed(name).split())
    assert texts(made, "//main//h2 | //main//li | //main//p") == [
        wanted,
        f"{wanted}, 12 November 2026",
        wanted,
    ]
    assert page(made).xpath("//script | //review | //b") == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "http://[oops"])
@pytest.mark.parametrize("write", [write_html, write_markdown])
def test_what_is_no_web_address_stays_text(write, url):
    written = write(edition(item(links=(link(url=url),)), near=(near_miss(url=url),)))
    assert "<a " not in written and "](" not in written
    assert "javascript" not in written and "data:text" not in written
    assert "Thames Courier, 12 November 2026" in written


def test_an_address_cannot_leave_its_place():
    breaking = 'https://courier.example/a)(b>" onclick="x"<c'
    made = edition(item(links=(link(url=breaking),)))
    (anchor,) = page(made).xpath("//a")
    assert dict(anchor.attrib) == {
        "href": "https://courier.example/a)(b%3E%22%20onclick=%22x%22%3Cc",
        "rel": "noopener noreferrer",
    }
    assert "](<https://courier.example/a)(b%3E%22%20onclick=%22x%22%3Cc>)" in write_markdown(made)


@pytest.mark.parametrize(
    "text, escaped",
    [
        ("Police & Crime Panel: £1.5m (2026)", "Police & Crime Panel: £1.5m (2026)"),
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("+ no list", "\\+ no list"),
        ("=== no heading", "\\=== no heading"),
        ("> no quotation", "\\> no quotation"),
        ("12. no list", "12\\. no list"),
        ("12) no list", "12\\) no list"),
        ("2026 is a year - and 3.5 a number", "2026 is a year - and 3.5 a number"),
        ("*a* _b_ `c` ~~d~~ \\e", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\\\e"),
        ("![a](b) [c]: d", "!\\[a\\](b) \\[c\\]: d"),
        ("<b>a</b> | b", "\\<b\\>a\\</b\\> \\| b"),
        ("&amp; &#60; & AT&T;", "\\&amp; \\&#60; & AT\\&T;"),
        ("a\n# b\n\n- c", "a # b - c"),
        ("", ""),
    ],
)
def test_markdown_reads_as_the_text(text, escaped):
    assert escape_markdown(text) == escaped
