"""A story as its outlet's web page: the layout's template from `week/`, with all that surrounds a story there.

The other stories' headlines stand in teasers and lists, so that a page about a lost dog names a budget too, as real
pages do. A template named `<layout>-after-<n>.html` is put after the n-th block of the story.
"""

import json
from html import escape
from itertools import groupby
from string import Template

from monitor.demo.outlets import Layout, Outlet
from monitor.demo.stories import LONDON, WEEK, PageAnswer, SampleStory

BOXES = {Layout.NEWSGROUP: (2, 4), Layout.JOURNAL: (), Layout.RADIO: ()}
TEASERS = 4


def story_page(outlet: Outlet, story: SampleStory, others: tuple[SampleStory, ...], home: str) -> bytes:
    """The page, in UTF-8: the story's own, or the request for consent or word that it is gone in its place."""
    words = _words(outlet, story, others, home)
    if story.page is not PageAnswer.WHOLE:
        return _filled(f"{story.page}.html", words).encode()
    boxes = {n: _filled(f"{outlet.layout}-after-{n}.html", words) for n in BOXES[outlet.layout]}
    return _filled(f"{outlet.layout}.html", words | {"body": _body(story, boxes)}).encode()


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((WEEK / template).read_text("utf-8")).substitute(words)


def _words(outlet: Outlet, story: SampleStory, others: tuple[SampleStory, ...], home: str) -> dict[str, str]:
    local = story.published.astimezone(LONDON)
    teasers = (f'<li><a href="{escape(o.url)}">{escape(o.headline)}</a></li>' for o in others[:TEASERS])
    return {
        "name": escape(outlet.name),
        "area": escape(outlet.area),
        "tagline": escape(outlet.tagline),
        "home": escape(home),
        "url": escape(story.url),
        "headline": escape(story.headline),
        "lead": escape(story.paragraphs[0]),
        "day": f"{local.day} {local:%B %Y}",
        "time": f"{local:%H:%M}",
        "iso": local.isoformat(),
        "teasers": "\n".join(teasers),
        "next_url": escape(others[0].url),
        "next_headline": escape(others[0].headline),
        "json_headline": json.dumps(story.headline),
        "json_name": json.dumps(outlet.name),
    }


def _body(story: SampleStory, boxes: dict[int, str]) -> str:
    blocks: list[str] = []
    for listed, paragraphs in groupby(story.paragraphs, key=lambda paragraph: paragraph.startswith("- ")):
        if listed:
            items = "".join(f"<li>{escape(paragraph[2:])}</li>\n" for paragraph in paragraphs)
            blocks.append(f"<ul>\n{items}</ul>\n")
        else:
            blocks.extend(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return "".join(block + boxes.get(n, "") for n, block in enumerate(blocks, start=1))
