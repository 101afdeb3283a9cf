"""What an act is about, and what it comes to: the parts that all acts share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from monitor.model import Article, Checked, Decision, ItemLink, Said
from monitor.model.officer import OWN
from monitor.model.review import Warning
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.past import Past
from monitor.reporting.reviewing.overlay import Overlaid


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
    most: int | None = None  # items that a report holds; None: any number


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


def place_of(items: Sequence[Decided], story: str) -> int | None:
    return next((place for place, one in enumerate(items) if one.item.story == story), None)


def alone(one: Decided, table: Table, **changes: object) -> Decision:
    """Said of the item alone, which stays where it stands."""
    made = Decision(
        said=Said.KEPT,
        edition=table.number,
        story=one.item.story,
        drafted=drafted_of(one),
        articles=articles_of(one),
        placed=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def drafted_of(one: Decided) -> str:
    item = one.item
    return item.heading if item.drafted is None else item.drafted


def articles_of(one: Decided) -> tuple[str, ...]:
    """What belongs to it: not what it only refers to."""
    decision = one.decision
    if decision is None:
        return one.item.articles
    if one.item.story.startswith(OWN):
        return decision.articles
    referred = {link.article for link in decision.links}.difference(decision.articles)
    return tuple(id for id in dict.fromkeys((*decision.articles, *one.item.articles)) if id not in referred)


def own_of(heading: str, link: ItemLink | None, table: Table) -> Decision:
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
