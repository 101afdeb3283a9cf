"""The public version of an edition: what may stand on the panel's agenda pages. Pure.

- An excerpt stays only where the outlet that it quotes is marked `public: true` in feeds.yaml: every one of its feeds,
  where it has several. `excerpt: lead` or `full` alone says how much officers may be shown; papers that anybody can
  download are publication, which is another licence. An outlet that feeds.yaml does not know, such as one that an
  aggregator names, has none; nor has an excerpt without a link, since nobody can tell whose words it holds.
- Heading and links stay: a link only points. An item of which nothing but a heading would be left goes whole.
- Further stories, near misses, reasons, cautions, doubts, what the officer noted or dropped, and what came of reported
  stories are for
  officers, and go.
  What the draft rests on goes with them where it is printed.
- What was left out is counted, with the reason, for the person who publishes: a councillor need not know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.model import Edition, Item
from monitor.reporting.wording import item_name, one_line, say_count
from monitor.settings import Feed


def public_version(edition: Edition, feeds: Sequence[Feed]) -> Edition:
    """The edition with nothing in it that is not to be published. `feeds` are all those configured."""
    items = tuple(_shown(item, feeds) for item in edition.items)
    return replace(
        edition,
        items=tuple(item for item in items if item.links or item.excerpt),
        near_misses=(),
        dropped=(),
        aside=(),
        later=(),
        developments=(),
        doubts=(),
        further=(),
    )


def left_out_lines(edition: Edition, feeds: Sequence[Feed]) -> tuple[str, ...]:
    """What the public version of the edition lacks and why, a sentence each."""
    return tuple(f"Left out: {what}." for what in _left_out(edition.items, feeds))


def _left_out(items: Sequence[Item], feeds: Sequence[Feed]) -> Iterator[str]:
    closed = [item for item in items if _quotes(item) and not _may_be_published(item, feeds)]
    outlets = dict.fromkeys(filter(None, map(_quoted, closed)))
    if outlets:
        count = say_count(sum(_quoted(item) is not None for item in closed), "excerpt")
        yield f"{count} of outlets not marked `public: true` in feeds.yaml: {', '.join(outlets)}"
    if unknown := sum(_quoted(item) is None for item in closed):
        yield f"{say_count(unknown, 'excerpt')} without a link to where it stands, so that nobody can tell whose it is"
    if notes := sum(len(item.note) for item in items):
        yield f"{say_count(notes, 'note')} of your own"
    bare = [item for item in items if not item.links and not _published(item, feeds)]
    if bare:
        names = ", ".join(f"“{one_line(item_name(item))}”" for item in bare)
        yield f"{say_count(len(bare), 'story', 'stories')} of which only the heading would be left: {names}"


def _quotes(item: Item) -> bool:
    """Whether an outlet's words stand in it: more than what the officer wrote."""
    return any(paragraph not in item.note for paragraph in item.excerpt)


def _shown(item: Item, feeds: Sequence[Feed]) -> Item:
    return replace(
        item,
        reason="",
        speaks="",
        cautions=(),
        note=(),
        why=(),
        outside="",
        drafted=None,
        good_news="",
        excerpt=_published(item, feeds),
    )


def _published(item: Item, feeds: Sequence[Feed]) -> tuple[str, ...]:
    if not _may_be_published(item, feeds):
        return ()
    return tuple(paragraph for paragraph in item.excerpt if paragraph not in item.note)


def _may_be_published(item: Item, feeds: Sequence[Feed]) -> bool:
    own = [feed.public for feed in feeds if feed.name == _quoted(item)]
    return bool(own) and all(own)


def _quoted(item: Item) -> str | None:
    """The outlet whose words the excerpt has."""
    return next((link.outlet for link in item.links if link.kinship is None), None)
