"""What a draft offers besides its items: stories that the officer may take in by a tick, or by copying them into the report.

The further stories, complete; the near misses and what was dropped, as far as the draft names them.
"""

from collections.abc import Iterator

from monitor.model import Dropped, Edition, Item, ItemLink, NearMiss


def offered(edition: Edition) -> tuple[Item, ...]:
    """None of them is an item of the edition."""
    items = {item.story for item in edition.items}
    found = (*edition.further, *map(_missed, edition.near_misses), *_dropped(edition))
    return tuple(one for one in found if one.story not in items)


def _missed(miss: NearMiss) -> Item:
    articles = miss.articles or ("",)
    link = ItemLink(
        outlet=miss.outlet,
        url=miss.url,
        published=miss.published,
        published_is_guess=False,
        kinship=None,
        article=miss.story or articles[0],
    )
    return _item(miss.story or miss.url, miss.title, (link,))


def _dropped(edition: Edition) -> Iterator[Item]:
    yield from (_of_dropped(one) for one in edition.dropped if one.links)


def _of_dropped(one: Dropped) -> Item:
    return _item(one.links[0].article, one.heading, one.links)


def _item(story: str, heading: str, links: tuple[ItemLink, ...]) -> Item:
    return Item(
        story=story,
        heading=heading,
        links=links,
        excerpt=(),
        area="",  # of what is looked for, not printed
        topics=(),
        councils=(),
        score=0,
        reason="",
    )
