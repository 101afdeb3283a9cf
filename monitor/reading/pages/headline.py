"""The headline of a page: what a reader sees, without the names of its outlet and section.

A page names itself up to four times: in its headings, in `<title>`, in `og:title` and in JSON-LD. `<title>` may be
worded for search engines, or be the site's name alone; a heading may be the site's name, a section's or a box's. So

1. that h1 is the headline of which the other three speak most: in the same words, or with half of the words in common;
2. else the h2 of which they speak in the same words, if it leads nowhere else;
3. else an h1 that stands in the article or in the page's main part, or has at least four words;
4. else what the others say: two that agree, else `og:title`, JSON-LD and `<title>` in this order.

The site's own name is never the headline where there is anything else. A heading that has it, stands at the top of the
page or leads to the front page is such a name, and not an h1 that the three do not speak of.

What all of them say is kept besides, to know the headline again where it stands above the text once more.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from monitor.reading.markup import one_line
from monitor.reading.urls import host

MOST_HEADINGS = 60
HEADLINE_WORDS = 4  # of a heading that nothing else speaks of
LONGEST_JSON = 500_000  # characters of one script
SAME, ALIKE = 3, 1  # how much it counts that one of the others speaks of a heading
FEWEST_COMMON, SHARE_COMMON = 3, 0.5  # words that two ways of saying the same share, and of the shorter

SEPARATORS = re.compile(r"\s+(?:[|–—·•»-]|::)\s+|\s*\|\s*")
SECTION = re.compile(r"^(?:home|politics|sport|crime|local|news)$|\bnews$", re.IGNORECASE)
JSON_HEADLINE = re.compile(r'"headline"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){1,400}")')
JSON_OUTLET = re.compile(
    r'"publisher"\s{0,9}:\s{0,9}\{[^{}]{0,300}?"name"\s{0,9}:\s{0,9}("(?:[^"\\]|\\.){1,100}")'
)
JOINED = frozenset(("a", "abbr", "b", "em", "i", "mark", "s", "strong", "sub", "sup", "u"))
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a page calls itself."""

    headline: str
    outlet: str | None  # the site's own name for itself
    spellings: frozenset[str]  # the letters of all that it says in the headline's place

    def is_headline(self, line: str) -> bool:
        return letters(line) in self.spellings


@dataclass(frozen=True, slots=True)
class _Site:
    """The names of a site, by which a title is known for its."""

    outlet: str | None
    label: str  # of its host: "gazette"

    def is_named(self, part: str) -> bool:
        """Whether a part of a title is the site's name: its own word for itself, or that of its address."""
        found = letters(part)
        return found == letters(self.outlet or "") or (len(self.label) >= 3 and self.label in found)

    def without(self, title: str) -> str:
        """A title without the site's name at its end or its beginning; "" where it is nothing else."""
        parts = SEPARATORS.split(title)
        if len(parts) == 1:
            return "" if self.is_named(title) and len(title.split()) < HEADLINE_WORDS + 1 else title
        if self.is_named(parts[-1]):
            return title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-")
        if self.is_named(parts[0]):
            return title[len(parts[0]) :].lstrip(" |–—·•»:-")
        return title


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    rank: str  # h1 or h2
    is_in_article: bool
    is_at_the_top: bool  # of the page, where the site says its name
    leads: str | None  # to this address


def named(tree: HtmlElement, url: str) -> Named:
    """What a page fetched from `url` calls itself; the tree is whole, as it came."""
    metas = {
        meta.get("property") or meta.get("name") or "": meta.get("content") or ""
        for meta in tree.iter("meta")
    }
    scripts = [one.text for one in tree.iter("script") if "ld+json" in (one.get("type") or "") and one.text]
    outlet = _outlet(metas, scripts)
    site = _Site(outlet, letters(max(host(url).removeprefix("www.").split("."), key=len)))
    title = one_line(tree.findtext(".//title") or "")
    given = [one_line(metas.get("og:title", "")), *_told(JSON_HEADLINE, scripts), title]
    others = [short for one in given if (short := site.without(one))]
    headings = list(islice(_headings(tree), MOST_HEADINGS))
    chosen = _chosen(headings, others, site)
    headline = site.without(chosen.text) or chosen.text if chosen else _said(others)
    headline = headline or title or next((one.text for one in headings), "")
    spellings = frozenset(letters(one) for one in (headline, *given, *others) if one)
    return Named(headline, outlet, spellings)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


# ── what stands on the page ─────────────────────────────────────────────────────────────────────────────────────


def _outlet(metas: dict[str, str], scripts: Sequence[str]) -> str | None:
    """The site's own name for itself; an address is nobody's name."""
    told = (metas.get("og:site_name", ""), metas.get("application-name", ""), *_told(JSON_OUTLET, scripts))
    names = (one_line(name) for name in told)
    return next((name for name in names if name and "." not in name), None)


def _told(what: re.Pattern[str], scripts: Iterable[str]) -> Iterator[str]:
    """By pattern and not by parser: many a page's JSON is broken somewhere."""
    for script in scripts:
        for found in islice(what.finditer(script[:LONGEST_JSON]), 3):
            try:
                yield one_line(unescape(json.loads(found[1], strict=False)))
            except ValueError:
                continue


def _headings(tree: HtmlElement) -> Iterator[_Heading]:
    for heading in tree.iter("h1", "h2"):
        if text := one_line(_shown(heading)):
            above = [one.tag for one in heading.iterancestors("header", "nav", "article", "main", "aside")]
            link = next((one.get("href") for one in heading.iter("a")), None) or next(
                (one.get("href") for one in heading.iterancestors("a")), None
            )
            yield _Heading(
                text=text,
                rank=heading.tag,
                is_in_article="article" in above or "main" in above,
                is_at_the_top="header" in above and "article" not in above and "main" not in above,
                leads=link,
            )


def _shown(heading: HtmlElement) -> str:
    """Its text; what stands in a box or on a line of its own is parted from the rest."""
    parts = [heading.text or ""]
    for inside in heading.iterdescendants():
        space = "" if inside.tag in JOINED else " "
        parts += [space, inside.text or "" if isinstance(inside.tag, str) else "", space, inside.tail or ""]
    return "".join(parts)


# ── which it is ─────────────────────────────────────────────────────────────────────────────────────────────────


def _chosen(headings: Sequence[_Heading], others: Sequence[str], site: _Site) -> _Heading | None:
    own = [one for one in headings if not _is_the_sites(one, site)]
    spoken_of = {one: sum(_speaks_of(one.text, other) for other in others) for one in own}
    first = [one for one in own if one.rank == "h1"]
    best = max(first, key=lambda one: spoken_of[one], default=None)
    if best and spoken_of[best]:
        return best
    same = (one for one in own if spoken_of[one] >= SAME and not one.leads)
    return next(same, None) or next((one for one in first if _may_stand_alone(one, bool(others))), None)


def _may_stand_alone(heading: _Heading, others_speak: bool) -> bool:
    """Whether an h1 is the headline though nothing else on the page speaks of it."""
    if not others_speak:
        return True
    words = len(heading.text.split())
    return not heading.is_at_the_top and (words >= HEADLINE_WORDS or (words > 1 and heading.is_in_article))


def _is_the_sites(heading: _Heading, site: _Site) -> bool:
    if letters(heading.text) == letters(site.outlet or ""):
        return True
    return not heading.is_in_article and (_leads_home(heading.leads) or not site.without(heading.text))


def _leads_home(address: str | None) -> bool:
    path = (
        (address or "/?").partition("//")[2].partition("/")[2]
        if "//" in (address or "")
        else (address or "?")
    )
    return path in ("", "/", "#")


def _speaks_of(heading: str, other: str) -> int:
    if letters(heading) == letters(other) or (heading in other and len(heading) * 2 > len(other)):
        return SAME
    *before, last = SEPARATORS.split(other)
    if before and heading in (last, before[0]):
        return SAME
    mine, its = (set(WORD.findall(one.casefold())) for one in (heading, other))
    common = len(mine & its)
    return ALIKE if common >= FEWEST_COMMON and common >= SHARE_COMMON * min(len(mine), len(its)) else 0


def _said(others: Sequence[str]) -> str:
    """What the page says beside its headings; without sections, where a headline is left."""
    plain = [_without_sections(one) for one in others]
    again = (one for at, one in enumerate(plain) if letters(one) in map(letters, plain[at + 1 :]))
    return next(again, None) or next(iter(plain), "")


def _without_sections(title: str) -> str:
    while (parts := SEPARATORS.split(title)) and len(parts) > 1:
        if SECTION.search(parts[-1]):
            title = title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-")
        elif SECTION.search(parts[0]):
            title = title[len(parts[0]) :].lstrip(" |–—·•»:-")
        else:
            break
    return title
