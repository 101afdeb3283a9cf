"""The public version of an edition: what may stand on the panel's agenda pages. Pure.

- An excerpt stays only where the outlet that it quotes is marked `public: true` in feeds.yaml: every one of its feeds,
  where it has several. `excerpt: lead` or `full` alone says how much officers may be shown; papers that anybody can
  download are publication, which is another licence. An outlet that feeds.yaml does not know, such as one that an
  aggregator names, has none; nor has an excerpt without a link, since nobody can tell whose words it holds.
- Heading and links stay: a link only points.
- Further stories, near misses, reasons, cautions, doubts, what the officer noted or dropped, and what came of reported stories are for
  officers, and go.
  What the draft rests on goes with them where it is printed.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.model import Edition, Item
from monitor.settings import Feed


def public_version(edition: Edition, feeds: Sequence[Feed]) -> Edition:
    """The edition with nothing in it that is not to be published. `feeds` are all those configured."""
    items = tuple(
        replace(
            item,
            reason="",
            speaks="",
            cautions=(),
            note=(),
            why=(),
            outside="",
            excerpt=_published(item, feeds),
        )
        for item in edition.items
    )
    return replace(edition, items=items, near_misses=(), dropped=(), developments=(), doubts=(), further=())


def _published(item: Item, feeds: Sequence[Feed]) -> tuple[str, ...]:
    if not _may_be_published(item, feeds):
        return ()
    return tuple(paragraph for paragraph in item.excerpt if paragraph not in item.note)


def _may_be_published(item: Item, feeds: Sequence[Feed]) -> bool:
    quoted = next((link.outlet for link in item.links if link.kinship is None), None)
    own = [feed.public for feed in feeds if feed.name == quoted]
    return bool(own) and all(own)
