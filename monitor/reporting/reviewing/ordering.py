"""Acts that give the order of the whole report, as a document does: all its items are kept, in their order.

- Merge: the item that stays gets the other's links and articles, and the other is not in the list.
- Split: the article is taken out of its item, and an item of the officer's own has it.
- A report holds so many items. Merge makes room for a further story; so split takes the place of the last that is in by
  the rules alone, and that is a further story again. Where the officer's word keeps them all there is one more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.model import Decision, Kinship, Said
from monitor.model.acts import Merge, Move, Split
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.item import heading_of
from monitor.reporting.reviewing.deeds import Deed, No, Table, articles_of, drafted_of, own_of, place_of
from monitor.reporting.reviewing.telling import quoted
from monitor.reporting.wording import item_name


def move(act: Move, place: int, items: Sequence[Decided], table: Table) -> Deed:
    to = min(max(act.place, 1), len(items)) - 1
    order = [one for at, one in enumerate(items) if at != place]
    order.insert(to, items[place])
    name = quoted(item_name(items[place].item))
    decisions = tuple(
        replace(one, moved=True) if one.story == act.story else one for one in _in_order(order, table)
    )
    return Deed(
        deed="move",
        words=f"At place {to + 1} already: {name}; nothing changed."
        if to == place
        else f"Moved to place {to + 1}: {name}.",
        story=act.story,
        decisions=decisions,
        in_order=True,
        holds=to == place,
        before=items[place].decision,
    )


def merge(act: Merge, one: Decided, items: Sequence[Decided], table: Table) -> Deed | No:
    at = place_of(items, act.into)
    if at is None or act.into == act.story:
        return No(words="Choose another item of the report to make it part of.")
    into, item = items[at], one.item
    if not item.links:
        return No(
            words=f"{quoted(item_name(item))} has no link by which it could be part of another: copy its words there."
        )
    links = tuple(
        replace(link, kinship=Kinship.COPY if link.kinship is Kinship.COPY else Kinship.REPORT)
        for link in item.links
        if link.article not in into.item.articles
    )
    made = [
        replace(
            each,
            articles=tuple(dict.fromkeys((*each.articles, *articles_of(one), *item.articles))),
            links=links,
        )
        if each.story == act.into
        else each
        for each in _in_order([each for each in items if each is not one], table)
    ]
    return Deed(
        deed="merge",
        words=f"{quoted(item_name(item))} is part of {quoted(item_name(into.item))} now.",
        story=act.into,
        decisions=tuple(made),
        in_order=True,
        before=one.decision,
    )


def split(act: Split, one: Decided, items: Sequence[Decided], table: Table) -> Deed | No:
    item = one.item
    link = next((each for each in item.links if each.article == act.article), None)
    if link is None:
        return No(words=f"{quoted(item_name(item))} has no such link.", is_unknown=True)
    if len(item.links) < 2:
        return No(words=f"It is the only link of {quoted(item_name(item))}, which is an item already.")
    article = table.article(act.article)
    heading = heading_of(article) if article else link.text or link.outlet
    own = own_of(heading, replace(link, kinship=None, later=False), table)
    own = replace(
        own, articles=(act.article,), excerpt=table.excerpt(article) if article else (), placed=True
    )
    made: list[Decision] = []
    for each in _in_order(_with_room(items, one, table), table):
        if each.story != item.story:
            made.append(each)
            continue
        left = tuple(id for id in each.articles if id != act.article)
        made += [replace(each, articles=left, without=(act.article,)), own]
    return Deed(
        deed="split",
        words=f"{quoted(heading)} is an item of its own now.",
        story=own.story,
        decisions=tuple(made),
        in_order=True,
        before=one.decision,
    )


def _with_room(items: Sequence[Decided], kept: Decided, table: Table) -> list[Decided]:
    """Without the last that are in by the rules alone, so that there is room for one more."""
    left = list(items)
    for each in reversed(items):
        if table.most is None or len(left) < table.most:
            break
        if each.decision is None and each is not kept:
            left.remove(each)
    return left


def _in_order(items: Sequence[Decided], table: Table) -> Iterator[Decision]:
    """All of them kept as they stand, as a document that was left alone says it."""
    for one in items:
        said = one.decision.said if one.decision else Said.KEPT
        is_taken = said is Said.TAKEN
        yield Decision(
            said=Said.TAKEN if is_taken else Said.KEPT,
            edition=table.number,
            story=one.item.story,
            drafted=drafted_of(one),
            articles=articles_of(one),
            moved=is_taken,  # or it would have no place
        )
