"""What stands in an entry and is not its own: captions, credits, pictures, players, related items.

feedparser takes `media:description` for the entry's, and the title of a picture for its title, whichever comes last.
Only an entry's own children speak for it, so before it is read, there goes

1. whatever belongs to Media RSS and the podcast directories, by namespace; but `itunes:summary` where the entry has no
   text of its own, and the description of the film that the entry is,
2. each element that holds others and is none of those in which text may have markup; where the entry has a title or
   a link of its own outside it.

Tags are told one by one, so that a badly formed feed is served too; an element that does not end loses its tag only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    rb"|<(?P<end>/)?(?:(?P<prefix>[A-Za-z_][\w.-]*+):)?(?P<name>[A-Za-z_][\w.-]*+)(?P<rest>[^<>]*+)>",
    re.DOTALL,
)
NAMESPACE = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']([^\"'<>]*)[\"']")
DIRECTORY = re.compile(rb"mrss|itunes\.com|play-podcasts|podcastindex|spotify\.com", re.IGNORECASE)
USUAL = frozenset((b"media", b"itunes", b"googleplay", b"podcast"))

PICTURE = re.compile(rb"image|\.(?:jpe?g|png|gif|webp|avif)\b", re.IGNORECASE)

ENTRIES = frozenset((b"item", b"entry"))
WITH_MARKUP = frozenset(
    (b"title", b"description", b"summary", b"content", b"encoded", b"body", b"fullitem", b"abstract")
    + (b"div", b"source", b"author", b"contributor", b"rights", b"tagline", b"info", b"subtitle", b"xhtml")
)
TEXTS = frozenset((b"description", b"summary", b"content", b"encoded", b"body", b"fullitem"))


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    prefix: bytes
    name: bytes  # in small letters
    opens: bool
    closes: bool
    is_foreign: bool
    is_picture: bool


def only_own(body: bytes) -> bytes:
    """The feed without what stands in its entries and is not theirs."""
    foreign = USUAL | {prefix.lower() for prefix, uri in NAMESPACE.findall(body) if DIRECTORY.search(uri)}
    cuts = [cut for entry in _entries(_tags(body, foreign)) for cut in _cuts(entry)]
    if not cuts:
        return body
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(body[at:start])
        at = end
    return b"".join([*pieces, body[at:]])


def _tags(body: bytes, foreign: frozenset[bytes]) -> Iterator[_Tag]:
    for found in TOKEN.finditer(body):
        if found["name"] is None:
            continue
        prefix, rest = (found["prefix"] or b"").lower(), found["rest"]
        yield _Tag(
            start=found.start(),
            end=found.end(),
            prefix=prefix,
            name=found["name"].lower(),
            opens=not found["end"],
            closes=bool(found["end"]) or rest.endswith(b"/"),
            is_picture=PICTURE.search(rest) is not None,
            is_foreign=prefix in foreign or (b"xmlns=" in rest and DIRECTORY.search(rest) is not None),
        )


def _entries(tags: Iterator[_Tag]) -> Iterator[list[_Tag]]:
    """The tags inside each entry."""
    inside: list[_Tag] | None = None
    for tag in tags:
        if tag.name in ENTRIES and not tag.is_foreign:
            if inside:
                yield inside
            inside = [] if tag.opens and not tag.closes else None
        elif inside is not None:
            inside.append(tag)
    if inside:
        yield inside


def _cuts(tags: Sequence[_Tag]) -> Iterator[tuple[int, int]]:
    """From where to where nothing is an entry's own, in order."""
    children = list(_children(tags))
    own = {tag.name for tag, _ in children if not tag.is_foreign}
    is_whole = bool(own & {b"title", b"link"})
    for tag, inside in children:
        end = inside[-1].end if inside else tag.end
        if tag.is_foreign and not own & TEXTS and (text := _text_of_film(tag, inside)):
            yield tag.start, text[0]
            yield text[1], end
        elif tag.is_foreign:
            if tag.name != b"summary" or own & TEXTS:
                yield tag.start, end
        elif len(inside) > 1 and is_whole and tag.name not in WITH_MARKUP:
            yield tag.start, end


def _text_of_film(group: _Tag, inside: Sequence[_Tag]) -> tuple[int, int] | None:
    """From where to where a group describes the film or the sound that the entry is, as YouTube has it."""
    contents = [tag for tag in inside if tag.name == b"content" and tag.opens]
    described = [tag for tag in inside if tag.name == b"description"]
    if group.name != b"group" or not contents or any(tag.is_picture for tag in contents):
        return None
    return (described[0].start, described[1].end) if len(described) == 2 else None


def _children(tags: Sequence[_Tag]) -> Iterator[tuple[_Tag, Sequence[_Tag]]]:
    """An entry's own children, each with the tags after its own, up to the one that ends it."""
    ends = _ends(tags)
    at = 0
    while at < len(tags):
        tag, last = tags[at], ends.get(at, at)
        if tag.opens:
            yield tag, tags[at + 1 : last + 1]
        at = last + 1


def _ends(tags: Sequence[_Tag]) -> dict[int, int]:
    """For each opening tag the place of the one that closes it, where there is one."""
    ends: dict[int, int] = {}
    waiting: dict[tuple[bytes, bytes], list[int]] = {}
    for at, tag in enumerate(tags):
        key = (tag.prefix, tag.name)
        if tag.opens and not tag.closes:
            waiting.setdefault(key, []).append(at)
        elif not tag.opens and waiting.get(key):
            ends[waiting[key].pop()] = at
    return ends
