"""An act -> the decisions that it is kept as. The one place that knows what an act means: the desk and the commands `take`
and `drop` come here, and a document says the same in the same values.

- What is said of one story alone (taken, dropped, put off, dismissed, edited) says nothing of its place.
- Move, merge and split give the order of the whole report, as a document does: all its items are kept, in their order.
- Merge: the item that stays gets the other's links and articles, and the other is not in the list. Split: the article is
  taken out of its item, and an item of the officer's own has it. So both are what an edited document says.
- What holds already is not decided once more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from monitor.addresses import canonical
from monitor.model import Article, Checked, Decision, ItemLink, Kinship, Said
from monitor.model.acts import (
    Act,
    Check,
    Dismiss,
    Drop,
    Edit,
    Later,
    Merge,
    Move,
    Restore,
    Split,
    Take,
    Uncheck,
    Unlink,
    Write,
)
from monitor.model.officer import OUT, OWN
from monitor.model.review import Warning
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.item import heading_of, link_of
from monitor.reporting.edition.past import Past, belong
from monitor.reporting.reviewing.overlay import Overlaid, claims, everyone
from monitor.reporting.reviewing.telling import quoted
from monitor.reporting.wording import item_name, one_line, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A story as it was found by what somebody wrote."""

    story: str
    heading: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What an act is about: what was decided so far, and the report as it stands."""

    past: Past
    number: int  # of the newest draft of the report; 0 before its first
    day: date  # on which it is said
    find: Callable[[str], Named | None]  # by a story's id, an article's id or address
    report: Overlaid | None = None  # None: no draft, or nothing is asked for but a word
    article: Callable[[str], Article | None] = lambda id: None
    identify: Callable[[str], str] = lambda address: ""  # the article's id of an address
    outlet: Callable[[str], str] = lambda address: ""
    excerpt: Callable[[Article], tuple[str, ...]] = lambda article: ()
    warnings: Sequence[Warning] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is kept of an act."""

    deed: str
    words: str  # for the person, when it is done
    story: str
    decisions: tuple[Decision, ...] = ()
    checked: tuple[Checked, ...] = ()
    in_order: bool = False
    holds: bool = False  # it holds already: nothing is to be kept
    before: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """Why it cannot be done."""

    words: str
    is_unknown: bool = False


def decide(act: Act, table: Table) -> Deed | No:
    match act:
        case Take() | Drop() | Later() | Dismiss() | Restore():
            return _word(act, table)
        case Check() | Uncheck():
            return _check(act, table)
        case Write():
            return _write(act, table)
    if table.report is None:
        return No(words="There is no draft to change yet: make the first document.")
    place = _place(table.report.items, act.story)
    if place is None:
        return _no_item(act.story, table)
    one = table.report.items[place]
    match act:
        case Edit():
            return _edit(act, one, table)
        case Unlink():
            return _unlink(act, one, table)
        case Move():
            return _move(act, place, table.report.items, table)
        case Merge():
            return _merge(act, one, table.report.items, table)
        case Split():
            return _split(act, one, table.report.items, table)


def _no_item(story: str, table: Table) -> No:
    found = table.find(story)
    if found is None:
        return No(words="There is no such story in this draft.", is_unknown=True)
    return No(words=f"{quoted(found.heading)} is not in the report: take it in first.")


def _place(items: Sequence[Decided], story: str) -> int | None:
    return next((place for place, one in enumerate(items) if one.item.story == story), None)


# ── a word ──────────────────────────────────────────────────────────────────────────────────────────────────────

_SAID = {
    Take: Said.TAKEN,
    Drop: Said.DROPPED,
    Dismiss: Said.DROPPED,
    Later: Said.LATER,
    Restore: Said.BACK,
}
_DONE = {
    Take: ("Taken in", "In the report already"),
    Drop: ("Dropped", "Dropped already"),
    Dismiss: ("Dismissed", "Dismissed already"),
    Later: ("Put off to the next report", "Put off already"),
    Restore: ("As the rules have it again", "As the rules have it already"),
}


def _word(act: Take | Drop | Later | Dismiss | Restore, table: Table) -> Deed | No:
    found = table.find(act.story)
    if found is None:
        return No(words=f"There is no story or stored article “{act.story}”.", is_unknown=True)
    if whole := _whole_of(found.story, table):
        return No(
            words=f"{quoted(found.heading)} is part of {quoted(item_name(whole.item))}: split it off there."
        )
    said = _SAID[type(act)]
    decision = Decision(
        said=said,
        edition=table.number,
        story=found.story,
        drafted=found.heading,
        articles=found.articles,
        placed=False,
    )
    before = next((one for one in table.past.decisions if belong(decision, one)), None)
    holds = _holds(said, before)
    done, already = _DONE[type(act)]
    words = (
        f"{already}: {quoted(found.heading)}; nothing changed."
        if holds
        else f"{done}: {quoted(found.heading)}."
    )
    return Deed(
        deed=type(act).__name__.lower(),
        words=words,
        story=found.story,
        decisions=(decision,),
        holds=holds,
        before=before,
    )


def _whole_of(story: str, table: Table) -> Decided | None:
    """The item that the story was made part of."""
    base = table.report.bases.get(story) if table.report else None
    if table.report is None or base is None:
        return None
    for one in table.report.items:
        if one.item.story != story and one.decision and claims(one.decision, base):
            return one if story not in {each.item.story for each in everyone(table.report)} else None
    return None


def _holds(said: Said, before: Decision | None) -> bool:
    if said is Said.BACK:
        return before is None or before.said not in (Said.TAKEN, *OUT)
    if before is None or before.said is Said.BACK:
        return False
    return before.said is said or (said is Said.TAKEN and before.said not in OUT)


# ── its words ───────────────────────────────────────────────────────────────────────────────────────────────────


def _alone(one: Decided, table: Table, **changes: object) -> Decision:
    """Said of the item alone, which stays where it stands."""
    made = Decision(
        said=Said.KEPT,
        edition=table.number,
        story=one.item.story,
        drafted=drafted_of(one),
        articles=_articles(one),
        placed=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def drafted_of(one: Decided) -> str:
    item = one.item
    return item.heading if item.drafted is None else item.drafted


def _edit(act: Edit, one: Decided, table: Table) -> Deed:
    item = one.item
    heading = item.heading if act.heading is None else one_line(act.heading)
    left = tuple(line for line in item.excerpt if line not in item.note)
    text = left if act.quoted is None else tuple(filter(None, map(one_line, act.quoted)))
    note = item.note if act.note is None else tuple(filter(None, map(one_line, act.note)))
    same_text = text == left and note == item.note
    holds = heading == item.heading and same_text
    decision = _alone(
        one,
        table,
        heading=None if heading == item.heading else heading,
        excerpt=None if same_text else (*text, *(line for line in note if line not in text)),
        note=() if same_text else note,
    )
    name = quoted(heading or item_name(item))
    return Deed(
        deed="edit",
        words=f"Nothing changed in {name}." if holds else f"Changed: {name}.",
        story=item.story,
        decisions=(decision,),
        holds=holds,
        before=one.decision,
    )


def _unlink(act: Unlink, one: Decided, table: Table) -> Deed | No:
    item = one.item
    links = [link for link in item.links if link.article != act.article]
    holds = len(links) == len(item.links)
    if not links and not holds:
        return No(words=f"It is the only link of {quoted(item_name(item))}: drop the story instead.")
    return Deed(
        deed="unlink",
        words=f"{quoted(item_name(item))} has no such link."
        if holds
        else f"Link taken out of {quoted(item_name(item))}.",
        story=item.story,
        decisions=(_alone(one, table, without=(act.article,)),),
        holds=holds,
        before=one.decision,
    )


# ── the order ───────────────────────────────────────────────────────────────────────────────────────────────────


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
            articles=_articles(one),
            moved=is_taken,  # or it would have no place
        )


def _articles(one: Decided) -> tuple[str, ...]:
    """What belongs to it: not what it only refers to."""
    decision = one.decision
    if decision is None:
        return one.item.articles
    if one.item.story.startswith(OWN):
        return decision.articles
    referred = {link.article for link in decision.links}.difference(decision.articles)
    return tuple(id for id in dict.fromkeys((*decision.articles, *one.item.articles)) if id not in referred)


def _move(act: Move, place: int, items: Sequence[Decided], table: Table) -> Deed:
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


def _merge(act: Merge, one: Decided, items: Sequence[Decided], table: Table) -> Deed | No:
    at = _place(items, act.into)
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
            articles=tuple(dict.fromkeys((*each.articles, *_articles(one), *item.articles))),
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


def _split(act: Split, one: Decided, items: Sequence[Decided], table: Table) -> Deed | No:
    item = one.item
    link = next((each for each in item.links if each.article == act.article), None)
    if link is None:
        return No(words=f"{quoted(item_name(item))} has no such link.", is_unknown=True)
    if len(item.links) < 2:
        return No(words=f"It is the only link of {quoted(item_name(item))}, which is an item already.")
    article = table.article(act.article)
    heading = heading_of(article) if article else link.text or link.outlet
    own = _own(heading, replace(link, kinship=None, later=False), table)
    own = replace(
        own, articles=(act.article,), excerpt=table.excerpt(article) if article else (), placed=True
    )
    made: list[Decision] = []
    for each in _in_order(items, table):
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


# ── an item of the officer's own ────────────────────────────────────────────────────────────────────────────────


def _own(heading: str, link: ItemLink | None, table: Table) -> Decision:
    key = "\n".join((heading.casefold(), *([link.article] if link else [])))
    return Decision(
        said=Said.ADDED,
        edition=table.number,
        story=f"{OWN}{sha256(key.encode()).hexdigest()[:12]}",
        drafted=heading,
        articles=(link.article,) if link else (),
        links=(link,) if link else (),
        placed=False,
    )


def _write(act: Write, table: Table) -> Deed | No:
    address = act.address.strip()
    if address and not web_address(address):
        return No(words="The address is none of the web: it begins with https:// or http://.")
    if "@" in urlsplit(address).netloc:
        return No(
            words="The address has a name or password before its host, which would be printed: leave it out."
        )
    id = table.identify(address) if address else ""
    article = table.article(id) if id else None
    heading = one_line(act.heading) or (heading_of(article) if article else "")
    if not heading:
        return No(words="Write a heading.")
    if id and (home := _home(id, table)):
        return No(words=f"That address is a link of {quoted(item_name(home.item))} already.")
    note = tuple(filter(None, map(one_line, act.note)))
    link = _link(id, address, article, table) if id else None
    decision = replace(_own(heading, link, table), excerpt=note, note=note)
    before = next((one for one in table.past.kept if one.story == decision.story), None)
    holds = before is not None
    return Deed(
        deed="write",
        words=f"There already: {quoted(heading)}; nothing changed."
        if holds
        else f"Written: {quoted(heading)}.",
        story=decision.story,
        decisions=(decision,),
        holds=holds,
        before=before,
    )


def _home(article: str, table: Table) -> Decided | None:
    items = table.report.items if table.report else ()
    return next(
        (one for one in items if article in one.item.articles and not one.item.story.startswith(OWN)), None
    )


def _link(id: str, address: str, article: Article | None, table: Table) -> ItemLink:
    if article:
        return link_of(article)
    outlet = table.outlet(address)
    return ItemLink(
        outlet=outlet,
        url=canonical(address),
        published=table.day,
        published_is_guess=True,
        kinship=None,
        article=id,
        text=outlet,
    )


# ── warnings ────────────────────────────────────────────────────────────────────────────────────────────────────


def _check(act: Check | Uncheck, table: Table) -> Deed | No:
    found = next((one for one in table.warnings if one.id == act.warning), None)
    if found is None:
        return No(words="There is no such warning: it may be gone with what it warned of.", is_unknown=True)
    is_checked = isinstance(act, Check)
    one = Checked(warning=found.id, says=found.says, story=found.story, is_checked=is_checked)
    done = "Looked at" if is_checked else "In sight again"
    return Deed(
        deed="check" if is_checked else "uncheck",
        words=f"{done}: {quoted(found.says, 160)}",
        story=found.story,
        checked=(one,),
        holds=(found.checked is not None) == is_checked,
    )
