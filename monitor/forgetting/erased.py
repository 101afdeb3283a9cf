"""An edition or a decision without what is to be erased from it. Pure.

An edition that was issued is frozen, yet a person's right to be forgotten outranks that: its record is written anew,
and says so (`Edition.erased`, the day). What is not to be erased stays to the letter.

- A text that names what is sought (a heading, a paragraph, a reason) becomes MARK, whole: what stands around a name may
  tell who it is.
- An item whose quoted article is erased loses every text: heading, paragraphs, reasons. It stays an item, so that the
  report keeps its order and counts.
- A link to an erased article goes; so does what is only told of one: a near miss, a doubt, a change of its page.
- The id of an erased article is made from its address, so it becomes another, by chance: the same in all records, so
  that a decision still finds its item, and nothing tells what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from monitor.forgetting.names import Sought
from monitor.model import ArticleChange, Decision, Doubt, Edition, Item, ItemLink, Learned, NearMiss

MARK = "[erased]"


@dataclass(frozen=True)
class Erasure:
    sought: Sought
    articles: Mapping[str, str]  # the ids of erased articles, and what stands for each


def without(edition: Edition, erasure: Erasure, day: date) -> Edition:
    """The edition without it; the same, unmarked, where nothing of it is in there."""
    found: Edition = _clean(edition, erasure)
    return edition if found == edition else replace(found, erased=day)


def without_in_decisions(learned: Learned, erasure: Erasure) -> Learned:
    found: Learned = _clean(learned, erasure)
    return found


def _clean(value: Any, erasure: Erasure) -> Any:
    cleaned: Any = value
    if isinstance(value, str):
        cleaned = _text(value, erasure)
    elif isinstance(value, tuple):
        cleaned = tuple(_clean(one, erasure) for one in value if not _goes(one, erasure))
    elif is_dataclass(value) and not isinstance(value, type):
        blank = _blank(value, erasure)
        changes = {each.name: _clean(getattr(blank, each.name), erasure) for each in fields(blank)}
        cleaned = replace(blank, **changes) if any(_differ(blank, changes)) else blank
    return cleaned


def _differ(value: Any, changes: Mapping[str, Any]) -> Any:
    return (getattr(value, name) is not new and getattr(value, name) != new for name, new in changes.items())


def _text(text: str, erasure: Erasure) -> str:
    if type(text) is not str:  # a word of our own
        return text
    return erasure.articles.get(text) or (MARK if erasure.sought.is_named_in(text) else text)


def _goes(value: object, erasure: Erasure) -> bool:
    """Whether a member of a list goes, and not only a text of it."""
    if isinstance(value, str):
        return value in erasure.articles
    if isinstance(value, ItemLink):
        return value.article in erasure.articles or erasure.sought.is_named_in(value.url)
    if isinstance(value, NearMiss):
        return value.story in erasure.articles or _is_told(value, erasure)
    if isinstance(value, Doubt):
        return value.story in erasure.articles or value.other_story in erasure.articles
    return isinstance(value, ArticleChange) and _is_told(value, erasure)


def _is_told(value: NearMiss | ArticleChange, erasure: Erasure) -> bool:
    return erasure.sought.is_named_in(value.url) or erasure.sought.is_named_in(value.title)


def _blank(value: Any, erasure: Erasure) -> Any:
    """What tells of an erased article, without its texts."""
    if isinstance(value, Item) and _quotes(value, erasure):
        return replace(
            value,
            heading=MARK if value.heading else "",
            excerpt=(MARK,) if value.excerpt else (),
            note=(),
            reason=MARK,
            speaks="",
            cautions=(),
            why=tuple(replace(ground, says=MARK) for ground in value.why),
        )
    if isinstance(value, Decision) and _decides(value, erasure):
        return replace(
            value,
            drafted=MARK,
            heading=MARK if value.heading else value.heading,
            excerpt=(MARK,) if value.excerpt else value.excerpt,
            note=(),
        )
    return value


def _quotes(item: Item, erasure: Erasure) -> bool:
    return item.story in erasure.articles or any(
        link.kinship is None and link.article in erasure.articles for link in item.links
    )


def _decides(decision: Decision, erasure: Erasure) -> bool:
    return decision.story in erasure.articles or decision.articles[:1] in {(id,) for id in erasure.articles}
