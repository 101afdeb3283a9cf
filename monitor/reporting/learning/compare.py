"""The edition as it was written, beside the document as it came back -> what the officer said.

1. *Which item.* First every piece by its bookmark, unless its links are all another item's; then by links, then by
   heading, then by a heading that is nearly the same, then by its paragraphs. An item is found once. A heading that was
   broken in two is one again, and links that slipped away from their item are its own again.
2. *Kept* is what is found, *dropped* what is not, *added* a piece that is no item of the edition and has a heading or a
   link. An item whose links were all given to another is neither: it is part of that one.
3. *Moved* is as little as explains the new order: items outside the longest run that still stands in the old one.
4. *Heading.* Rewritten where more changed than quotation marks, dashes and spaces.
5. *Links.* Compared as articles, so that tracking tails do not count. One whose text stayed when its link was removed
   is still there.
6. *Taken* is a piece that is a further story, a near miss or one that was dropped: its heading or its link was
   copied into the report. With nothing below it, it stands as it would have been drafted; else as it was left.
7. *Excerpt.* All paragraphs as left, in that order. One that resembles none of the drafted ones and stands in none of
   the story's articles is the officer's own: a note.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from hashlib import sha256

from monitor.addresses import canonical
from monitor.model import Decision, Edition, Item, ItemLink, Kinship, Learned, Said
from monitor.reporting.edition.item import link_of
from monitor.reporting.learning.lines import Line, Target, is_links, plain
from monitor.reporting.learning.match import Known, Shelf
from monitor.reporting.learning.segments import Piece, pieces
from monitor.reporting.wording import day_in_london, item_name, one_line

EDITED = 0.5  # of the letters of two paragraphs, when one is the other edited


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of the document and the item that it is; None: the officer's own."""

    piece: Piece
    place: int | None


def understand(
    edition: Edition, lines: Sequence[Line], shelf: Shelf, *, learned: datetime, digest: str
) -> Learned:
    """What the document says of the edition."""
    known = Known(edition, shelf, offers=True)
    found = find(pieces([known.relinked(line) for line in lines], known), known)
    places = [one.place for one in found if one.place is not None]
    moved = _moved([place for place in places if not known.is_offer(place)])
    decisions = [_decided(one, moved, known, shelf, learned) for one in found]
    taken = {one.place for one in found}
    given = {link.article for one in decisions for link in one.links}
    decisions += [
        _dropped(item, edition.number)
        for place, item in enumerate(edition.items)
        if place not in taken and not (item.links and given.issuperset(_articles(item, shelf)))
    ]
    return Learned(
        edition=edition.number, learned=learned, digest=digest, decisions=_parted(tuple(decisions), known)
    )


# ── which item ──────────────────────────────────────────────────────────────────────────────────────────────────


def find(given: Sequence[Piece], known: Known) -> tuple[Found, ...]:
    """The pieces in their order, each with the item it is; pieces that are nothing are left out."""
    places: dict[int, int] = {}
    for way in (_by_marks, _by_links, _by_heading, _by_likeness, _by_text):
        for at, piece in enumerate(given):
            if at not in places and (place := way(piece, known, set(places.values()))) is not None:
                places[at] = place
    given = _with_strays(given, places, known)
    found: list[Found] = []
    beginning: Piece | None = None
    for at, piece in enumerate(given):
        if _is_beginning(piece, at, given, places, known):
            beginning = piece
            continue
        whole, beginning = _run_on(beginning, piece) if beginning else piece, None
        if at not in places and found and _is_rest_of(piece, found[-1], known):
            found[-1] = Found(_run_on(found[-1].piece, piece), found[-1].place)
        elif at in places or ((piece.heading or piece.links) and not _repeats(given, at, places, known)):
            found.append(Found(whole, places.get(at)))
    return tuple(found)


def _with_strays(given: Sequence[Piece], places: dict[int, int], known: Known) -> list[Piece]:
    """Bare links that slipped away from their item, above its heading say, are with it again."""
    pieces_at = {place: at for at, place in places.items()}
    whole = list(given)
    for at, piece in enumerate(given):
        homes = [pieces_at[place] for place in known.by_links(piece.links) if place in pieces_at]
        if at not in places and not piece.heading and not piece.text and homes:
            whole[homes[0]] = _run_on(whole[homes[0]], piece)
            whole[at] = Piece(None)
    return whole


def _by_marks(piece: Piece, known: Known, taken: set[int]) -> int | None:
    linked = set(known.by_links(piece.links))
    open_places = [place for place in known.by_marks(piece.marks) if place not in taken]
    fitting = [place for place in open_places if not linked or place in linked]
    return fitting[-1] if fitting else None


def _by_links(piece: Piece, known: Known, taken: set[int]) -> int | None:
    """Of items made one the one whose heading stayed."""
    linked = [place for place in known.by_links(piece.links) if place not in taken]
    named = known.by_heading(piece.heading)
    return named if named in linked else next(iter(linked), None)


def _by_heading(piece: Piece, known: Known, taken: set[int]) -> int | None:
    place = known.by_heading(piece.heading)
    return None if place in taken else place


def _by_likeness(piece: Piece, known: Known, taken: set[int]) -> int | None:
    if piece.links:  # links that are no item's: then a heading must be the very same
        return None
    return known.by_like_heading(piece.heading, sorted(set(range(len(known.edition.items))) - taken))


def _by_text(piece: Piece, known: Known, taken: set[int]) -> int | None:
    place = known.by_paragraphs([line.paragraph for line in piece.text])
    return None if place in taken else place


def _repeats(given: Sequence[Piece], at: int, places: dict[int, int], known: Known) -> bool:
    """A heading alone whose item stands elsewhere: a line of a contents list, or the line that names the list."""
    for piece in given[at : at + 2]:
        if piece.lines or piece.links or piece.marks:
            return False
        if known.by_heading(piece.heading) in places.values():
            return True
    return False


def _is_rest_of(piece: Piece, before: Found, known: Known) -> bool:
    """The second half of a heading that was broken in two: its links are those of the item above, which has none."""
    is_bare = not before.piece.lines and not before.piece.links
    return is_bare and before.place is not None and before.place in known.by_links(piece.links)


def _is_beginning(
    piece: Piece, at: int, given: Sequence[Piece], places: dict[int, int], known: Known
) -> bool:
    """The first half of such a heading, where the bookmark is lost and only the second half was found."""
    if at in places or at + 1 not in places or piece.lines or piece.links:
        return False
    return known.by_heading(_run_on(piece, given[at + 1]).heading) == places[at + 1]


def _run_on(one: Piece, rest: Piece) -> Piece:
    heading = one_line(f"{one.heading or ''} {rest.heading or ''}")
    return Piece(heading or None, one.marks + rest.marks, one.links + rest.links, one.lines + rest.lines)


def _moved(order: Sequence[int]) -> frozenset[int]:
    """The places outside the longest rising run; of equally long ones the one that ends lowest."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for place in order:
        at = bisect_left(ends, place)
        chain = (*(chains[at - 1] if at else ()), place)
        ends[at : at + 1], chains[at : at + 1] = [place], [chain]
    return frozenset(order) - frozenset(chains[-1] if chains else ())


# ── what was said of it ─────────────────────────────────────────────────────────────────────────────────────────


def _decided(one: Found, moved: frozenset[int], known: Known, shelf: Shelf, learned: datetime) -> Decision:
    if one.place is None:
        return _added(one.piece, known.edition, shelf, learned)
    kept = _kept(one.piece, one.place, one.place in moved, known, shelf, learned)
    return _taken(one.piece, kept) if known.is_offer(one.place) else kept


def _taken(piece: Piece, kept: Decision) -> Decision:
    """Its heading or one of its links says that it is wanted, not that the rest of it is not."""
    return replace(
        kept,
        said=Said.TAKEN,
        heading=kept.heading or None,
        excerpt=kept.excerpt if piece.text else None,
        note=kept.note if piece.text else (),
        without=(),
        moved=True,
    )


def _kept(piece: Piece, place: int, moved: bool, known: Known, shelf: Shelf, learned: datetime) -> Decision:
    item = known.items[place]
    flattened = {id(line): found for line in piece.lines if (found := known.flattened(place, line))}
    there = {known.article(place, target) for target in piece.links} | set(flattened.values())
    body = [line.paragraph for line in piece.lines if not is_links(line) and id(line) not in flattened]
    excerpt, note = _excerpt(item, body, shelf)
    strange = [target for target in piece.links if known.article(place, target) not in item.articles]
    return Decision(
        said=Said.KEPT,
        edition=known.edition.number,
        story=item.story,
        drafted=item.heading,
        articles=tuple(dict.fromkeys((*item.articles, *(shelf.identify(target.url) for target in strange)))),
        heading=_heading(item, piece),
        excerpt=excerpt,
        note=note,
        links=_links(strange, shelf, learned, first=None if item.links == () else Kinship.REPORT),
        without=tuple(article for article in item.articles if article not in there),
        moved=moved,
    )


def _articles(item: Item, shelf: Shelf) -> set[str]:
    """As `_links` knows them."""
    return {shelf.identify(link.url) for link in item.links}


def _dropped(item: Item, edition: int) -> Decision:
    return Decision(
        said=Said.DROPPED,
        edition=edition,
        story=item.story,
        drafted=item_name(item),
        articles=item.articles,
    )


def _added(piece: Piece, edition: Edition, shelf: Shelf, learned: datetime) -> Decision:
    links = _links(piece.links, shelf, learned, first=None)
    body = tuple(line.paragraph for line in piece.text)
    sources = _sources([link.article for link in links], shelf)
    heading = piece.heading or ""
    key = "\n".join((plain(heading), *(link.article for link in links)))
    return Decision(
        said=Said.ADDED,
        edition=edition.number,
        story=f"own_{sha256(key.encode()).hexdigest()[:12]}",
        drafted=heading,
        articles=tuple(link.article for link in links),
        excerpt=body,
        note=tuple(paragraph for paragraph in body if not _stands_in(paragraph, sources)),
        links=links,
    )


def _parted(decisions: tuple[Decision, ...], known: Known) -> tuple[Decision, ...]:
    """An article belongs to one item: to its own where that still links it, for another's link to it is a reference;
    else to an item of the officer's own. Otherwise an item that was referred to would vanish into the other."""
    drafted = {item.story: item.articles for item in known.items}
    homes = {article: one.story for one in decisions if one.said is Said.ADDED for article in one.articles}
    for one in decisions:
        if one.said in (Said.KEPT, Said.TAKEN):
            homes |= dict.fromkeys(set(drafted[one.story]).difference(one.without), one.story)
    return tuple(
        replace(one, articles=tuple(each for each in one.articles if homes.get(each, one.story) == one.story))
        for one in decisions
    )


def _heading(item: Item, piece: Piece) -> str | None:
    heading = piece.heading or ""
    return None if plain(heading) == plain(item.heading) else heading


def _links(
    targets: Sequence[Target], shelf: Shelf, learned: datetime, *, first: Kinship | None
) -> tuple[ItemLink, ...]:
    once: dict[str, Target] = {}
    for target in targets:  # of a name and the address printed below it the name
        if not _is_named(once.setdefault(shelf.identify(target.url), target)):
            once[shelf.identify(target.url)] = target
    return tuple(
        _link(target, shelf, learned, kinship=Kinship.REPORT if at else first)
        for at, target in enumerate(once.values())
    )


def _is_named(target: Target) -> bool:
    return "://" not in target.text and not target.text.startswith("www.")


def _link(target: Target, shelf: Shelf, learned: datetime, kinship: Kinship | None) -> ItemLink:
    """As the archive knows the article; a stranger's is called what the officer called it, else by its outlet."""
    id = shelf.identify(target.url)
    if article := shelf.stored.get(id):
        return link_of(article, kinship)
    outlet = shelf.outlet(target.url)
    return ItemLink(
        outlet=outlet,
        url=canonical(target.url),
        published=day_in_london(learned),
        published_is_guess=True,
        kinship=kinship,
        article=id,
        text=target.text if _is_named(target) else outlet,
    )


# ── excerpt and note ────────────────────────────────────────────────────────────────────────────────────────────


def _excerpt(item: Item, body: Sequence[str], shelf: Shelf) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The excerpt as left, None where it was left alone; and the notes in it."""
    drafted = {plain(paragraph): paragraph for paragraph in item.excerpt}
    if [plain(paragraph) for paragraph in body] == [plain(paragraph) for paragraph in item.excerpt]:
        return None, ()
    sources = _sources(item.articles, shelf)
    left = tuple(drafted.get(plain(paragraph), paragraph) for paragraph in body)
    note = tuple(
        paragraph
        for paragraph in left
        if paragraph in item.note
        or not (
            plain(paragraph) in drafted
            or _stands_in(paragraph, sources)
            or _is_edited(paragraph, item.excerpt)
        )
    )
    return left, note


def _sources(articles: Sequence[str], shelf: Shelf) -> str:
    texts = (shelf.stored[article].text for article in articles if article in shelf.stored)
    return plain("\n".join(texts)).casefold()


def _stands_in(paragraph: str, sources: str) -> bool:
    return plain(paragraph.removeprefix("- ")).casefold() in sources


def _is_edited(paragraph: str, drafted: Sequence[str]) -> bool:
    """Whether it is one of the drafted paragraphs, cut or changed: most of what is left was there, in that order."""
    return any(_kept_part(paragraph, other) >= EDITED for other in drafted)


def _kept_part(paragraph: str, other: str) -> float:
    words, others = plain(paragraph).casefold().split(), plain(other).casefold().split()
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / max(1, len(words))
