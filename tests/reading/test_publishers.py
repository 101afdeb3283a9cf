"""Pages as publishers build them: no paragraph of the story is lost, and nothing that is not its own is added.

Beside each stands what a bare trafilatura makes of it: ours never has less of the story.
"""

from datetime import UTC, datetime

import pytest
from trafilatura import bare_extraction

from monitor.model import Page
from monitor.reading.pages.extract import extract

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
URL = "https://www.gazette.example/news/25612345.story/"
TITLE = "Control room to stay in Kidlington after all"
STORY = (
    "The control room in Kidlington will stay where it is, the commissioner told the panel on Friday afternoon.",
    "It was to move to Milton Keynes in spring, to save £1.2m a year; the cost of moving has since doubled.",
    "“We looked at it three times, and each time the figure was worse than before,” the commissioner said.",
    "Staff had been told in June that forty of them would have to travel or go, and their union objected.",
    "Members asked why nobody had counted the cables first. A report on that will come to the next meeting.",
    "The building will get a new roof instead, and the savings are now to be found in the vehicle fleet.",
)
P = "".join(f"<p>{text}</p>" for text in STORY)
TEASER = "Bakery on the bridge to close after forty years of bread"
CARDS = "".join(
    f"<div class='card'><h3><a href='/news/{n}'>{TEASER} {n}</a></h3><p>Teaser {n} says what another story is about.</p></div>"
    for n in range(6)
)
NOTICE = (
    "Published by Gazette Newspapers Limited, a company of Example Group, at the Old Forge in Mill Street.<br>"
    * 4
)
SCRIPT = "<script>var markup = '" + "<a><b>" * 20_000 + "';</script>"


def html(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang='en'><head><title>{TITLE} | Gazette</title>{head}</head><body>{body}</body></html>".encode()


PAGES = {
    "article and aside": f"<main><article><h1>{TITLE}</h1>{P}</article><aside>{CARDS}</aside></main>",
    "boxes between": f"<article><h1>{TITLE}</h1>{P.replace('</p><p>', '</p><div class=promo><a href=/s>Subscribe</a></div><p>', 3)}</article>",
    "divs of a builder": f"<div id=page><div class=content><h1>{TITLE}</h1><div class=text>{P}</div></div><div class=more>{CARDS}</div></div>",
    "breaks": f"<div id=page><h1>{TITLE}</h1><div class=story>{'<br><br>'.join(STORY)}</div></div>",
    "a notice with breaks": f"<article><h1>{TITLE}</h1>{P}</article><div class=imprint>{NOTICE}</div>",
    "tables": f"<table><tr><td><a href=/>Home</a></td><td><h1>{TITLE}</h1>{P}</td></tr></table>",
    "spans": f"<article><h1>{TITLE}</h1>{P.replace('<p>', '<p><span style=x>').replace('</p>', '</span></p>')}</article>",
    "sections": f"<article><h1>{TITLE}</h1>{''.join(f'<section><p>{text}</p></section>' for text in STORY)}</article>",
    "figure and caption": f"<article><h1>{TITLE}</h1><figure><img src=a><figcaption>The room</figcaption></figure>{P}</article>",
    "a hidden box for subscribers": f"<article><h1>{TITLE}</h1>{P}</article><div hidden>Subscribe to continue reading</div>",
    "scripts with markup in them": f"{SCRIPT}<article><h1>{TITLE}</h1>{P}</article>",
    "comments of readers": f"<article><h1>{TITLE}</h1>{P}</article><div id=comments class=comments><p>First! I said so.</p><p>Rubbish.</p></div>",
}


def words(*paragraphs: str) -> str:
    return " ".join(" ".join(paragraphs).split())


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_the_whole_story_and_nothing_else(body):
    found = extract(html(body), URL, SEEN)
    assert isinstance(found, Page), found
    assert (found.title, found.paragraphs) == (TITLE, STORY)
    bare = bare_extraction(
        html(body), url=URL, favor_precision=True, include_comments=False, with_metadata=True
    )
    for text in STORY:
        assert text not in words(bare.text) or text in found.paragraphs


def article(*parts: str) -> bytes:
    return html(f"<article><h1>{TITLE}</h1>{''.join(parts)}</article>")


def paragraph(text: str) -> str:
    return f"<p>{text}</p>"


ITEMS = tuple(f"- Ward {n}: {n * 7} patrols" for n in range(1, 13))


@pytest.mark.parametrize(
    "parts, expected",
    [
        pytest.param(
            [
                P,
                "<h2>13 November 2026</h2>",
                paragraph("The panel meets and hears of it for the first time in public."),
            ],
            (*STORY, "13 November 2026", "The panel meets and hears of it for the first time in public."),
            id="a calendar of the case",
        ),
        pytest.param(
            [*map(paragraph, STORY[:2]), "<ul>", *(f"<li>{item[2:]}</li>" for item in ITEMS), "</ul>"],
            (*STORY[:2], *ITEMS),
            id="more figures than sentences",
        ),
        pytest.param(
            [P, paragraph("Residents can sign up to the newsletter of their police team at the library.")],
            (*STORY, "Residents can sign up to the newsletter of their police team at the library."),
            id="a call of the police",
        ),
        pytest.param([*map(paragraph, STORY[:1])], STORY[:1], id="a brief"),
    ],
)
def test_what_looks_like_the_pages_and_is_the_storys(parts, expected):
    assert extract(article(*parts), URL, SEEN).paragraphs == expected


def test_parts_of_an_article_under_linked_headings_are_no_teasers():
    long = " ".join(STORY[:3])
    cards = "".join(
        f"<div><h3><a href='https://shop.example/{n}'>Lock {n} for a shed</a></h3><p>{n}: {long}</p></div>"
        for n in range(6)
    )
    found = extract(article(paragraph(STORY[0]), cards), URL, SEEN)
    assert isinstance(found, Page) and all(f"{n}: {long}" in found.paragraphs for n in range(6))
