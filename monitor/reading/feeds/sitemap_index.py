"""Which sitemaps of an index are read: at most three, those of the newest articles.

1. What a sitemap holds is told by the words of its file's name, else of its folders (WordPress, Yoast, Rank Math, Ghost
   and others name it there): news, articles, or neither. Pages, tags, authors, pictures are never read beside
   articles; where an index names nothing else, its pages are, and never the others.
2. Names that differ in their numbers alone are a series. The newest of it was changed last, where the index gives
   different days; or bears the latest date; or stands at one end: some sites number upwards and some downwards, so of
   numbers the highest comes first, then the lowest.
3. Each series has its turn, news before articles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from urllib.parse import unquote, urlsplit

MOST_PARTS = 3
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

NEWS = frozenset(("news", "googlenews", "newssitemap", "breaking"))
ARTICLES = frozenset(("post", "posts", "article", "articles", "story", "stories", "blog", "blogs", "press"))
PAGES = frozenset(("page", "pages", "static", "misc", "home", "main"))
OTHERS = frozenset(
    ("tag", "tags", "posttag", "author", "authors", "user", "users", "profile", "profiles")
    + ("writer", "writers", "category", "categories", "taxonomy", "taxonomies", "topic", "topics")
    + ("section", "sections", "term", "terms", "tax", "format", "image", "images", "photo")
    + ("photos", "gallery", "galleries", "video", "videos", "attachment", "product", "products")
    + ("event", "events", "archive", "archives", "keyword", "keywords", "comment", "comments")
    + ("location", "locations", "job", "jobs", "listing", "listings", "forum", "forums")
)
NOTHING_SAID = frozenset(("sitemap", "sitemaps", "xml", "gz", "wp", "index", "map", "php", "pt", "txt"))
WORDPRESS = re.compile(r"wp-sitemap-posts-(.+?)-\d+\.xml")
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
MONTH = re.compile(rf"(?<![a-z])({'|'.join(MONTHS)})[a-z]*")


@dataclass(frozen=True, slots=True)
class Named:
    """One sitemap of an index."""

    address: str
    changed: datetime | None


def best_parts(named: Sequence[Named], seen: datetime) -> tuple[tuple[str, ...], str | None]:
    """The addresses of those worth reading, best first, and what is said of the others of their kind; `seen` is now."""
    once = list({one.address: one for one in named}.values())
    kinds = {one.address: kind_of(one.address) for one in once}
    wanted = next((kind for kind in ("articles", "", "pages") if kind in _broad(kinds.values())), None)
    if wanted is None:
        return (), None
    chosen = [one for one in once if wanted in _broad([kinds[one.address]])]
    series: dict[tuple[bool, str], list[Named]] = {}
    for one in chosen:
        series.setdefault(
            (kinds[one.address] != "news", re.sub(r"[-_]?\d+", "", _numbered(one.address))), []
        ).append(one)
    turns = zip_longest(*(_newest_first(series[key], seen) for key in sorted(series, key=lambda key: key[0])))
    parts = tuple(one.address for turn in turns for one in turn if one is not None)[:MOST_PARTS]
    left_out = f"{len(parts)} of its {len(chosen):,} sitemaps are read" if len(chosen) > len(parts) else None
    return parts, left_out


def kind_of(address: str) -> str:
    """What a sitemap holds: "news", "articles", "pages", "others"; "" where its name does not say."""
    parts = urlsplit(address)
    *folders, file = [segment for segment in unquote(parts.path).lower().split("/") if segment] or [""]
    values = " ".join(pair.partition("=")[2] for pair in parts.query.lower().split("&"))
    if wordpress := WORDPRESS.search(file):
        return _kind({wordpress[1], wordpress[1].rstrip("s")}) or "others"
    return _kind(_words(f"{file} {values}")) or _kind({word for folder in folders for word in _words(folder)})


def _kind(words: set[str]) -> str:
    if words & OTHERS or words == {"local"}:  # Yoast's addresses of branches; but there are local news
        return "others"
    if words & PAGES and not (words & (NEWS | ARTICLES)):
        return "pages"
    if words & NEWS:
        return "news"
    return "articles" if words & ARTICLES else ""


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", name)) - NOTHING_SAID


def _broad(kinds: object) -> set[str]:
    return {"articles" if kind == "news" else kind for kind in kinds}  # type: ignore[attr-defined]


def _newest_first(series: Sequence[Named], seen: datetime) -> list[Named]:
    changes = {one.changed for one in series if one.changed is not None}
    if len(changes) > 1:
        return sorted(series, key=lambda one: (one.changed or LONG_AGO, _numbers(one.address)), reverse=True)
    ordered = sorted(series, key=lambda one: _numbers(one.address), reverse=True)
    if any(_is_year(number) for one in ordered for number in _numbers(one.address)[:1]):
        return [one for one in ordered if not _is_to_come(_numbers(one.address), seen)]
    return list(_from_both_ends(ordered))


def _from_both_ends(ordered: Sequence[Named]) -> Iterator[Named]:
    yield from ordered[:1]
    yield from ordered[-1:] if len(ordered) > 1 else ()
    yield from ordered[1:-1]


def _numbered(address: str) -> str:
    """Path and parameters of an address, with names of months as numbers where they stand beside a year."""
    parts = urlsplit(address)
    text = f"{parts.path}?{parts.query}".lower()
    if re.search(r"(?:19|20)\d\d", text):
        text = MONTH.sub(lambda month: f"{MONTHS[month[1]]:02}", text)
    return text


def _numbers(address: str) -> tuple[int, ...]:
    numbers = tuple(int(digits[:12]) for digits in re.findall(r"\d+", _numbered(address)))
    if len(numbers) > 1 and _is_year(numbers[-1]) and not _is_year(numbers[0]):
        return numbers[::-1]
    return numbers


def _is_year(number: int) -> bool:
    """Whether a number is a year, or a month or day written together with its year."""
    return re.fullmatch(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?", str(number)) is not None


def _is_to_come(numbers: tuple[int, ...], seen: datetime) -> bool:
    return len(numbers) > 1 and 1 <= numbers[1] <= 12 and numbers[:2] > (seen.year, seen.month)
