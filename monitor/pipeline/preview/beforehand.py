"""What a preview begins with, made ready while nobody waits: the stories of the weeks that it is asked for, and of the
newest draft's window. Putting ten thousand articles together takes half a minute of a core.

index.verdicts | stories.ground_of, or what_matters      "ground 12", "ground 4", "ground all"
twelve.draft_window | twelve.judged_anew                 "draft"

They are kept as text under the digest of the rules in force. Of an article they hold its id and what a verdict's reason
quotes: whoever reads them has the articles, and sees whether they are the same.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from monitor.judging.backtest import is_in
from monitor.judging.group import Grouped
from monitor.judging.preview.turning import Ground
from monitor.model import (
    Area,
    Article,
    Choice,
    Evidence,
    Field,
    Kinship,
    Link,
    Story,
    Verdict,
    Window,
)
from monitor.pipeline.pages import Progress
from monitor.pipeline.preview.stories import ground_of, weeks_before, what_matters
from monitor.pipeline.preview.twelve import Judged, draft_window, judged_anew
from monitor.settings import Config
from monitor.store import Store
from monitor.store.search import Intake, SearchIndex

WEEKS = {"4": 4, "12": 12, "all": None}
KEPT = timedelta(days=1)  # how long one ground serves
TOGETHER = 20_000  # articles: more at once would take the memory of a small machine
DRAFT = "draft"


Opened = Callable[[], AbstractContextManager[Store]]


def name_of(weeks: int | None) -> str:
    return f"ground {weeks or 'all'}"


def make_ready(
    opened: Opened, config: Config, intake: Intake, index: SearchIndex, now: datetime
) -> Iterator[str]:
    """Each that was not ready, once it is: first what is asked for most. Raises StoreError."""
    digest = config.rules.digest
    for name in ("4", DRAFT, "12", "all"):
        kept = intake.prepared(DRAFT if name == DRAFT else name_of(WEEKS[name]))
        known = kept[1] if kept and kept[0] == digest else None
        with opened() as store:
            if name == DRAFT:
                made = made_draft(store, config, now, known, _quietly)
            else:
                made = _renewed(store, config, index, WEEKS[name], known, now)
        if made is not None:
            intake.prepare(DRAFT if name == DRAFT else name_of(WEEKS[name]), digest, made)
            yield name


def _renewed(
    store: Store, config: Config, index: SearchIndex, weeks: int | None, known: str | None, now: datetime
) -> str | None:
    if known is not None and serves(read_ground(known), store, weeks, now):
        return None
    window = window_of(store, weeks, now)
    included = included_in(index, store, window)
    if not store.articles.counted(window) or included is None:
        return None
    return ground_record(made_ground(store, config, window, included, _quietly))


def included_in(index: SearchIndex, store: Store, window: Window) -> frozenset[str] | None:
    """The ids of the articles of the window that the rules in force include; None where the index does not know of all."""
    ids = store.articles.ids(window)
    verdicts = index.verdicts_of(ids)
    if len(verdicts) < len(ids):
        return None
    return frozenset(id for id, verdict in verdicts.items() if is_in(verdict))


def _quietly(_doing: str, _done: int, _of: int) -> None:
    """Nobody waits."""


# ── the stories of some weeks ───────────────────────────────────────────────────────────────────────────────────


def window_of(store: Store, weeks: int | None, now: datetime) -> Window:
    newest = store.articles.newest()
    return weeks_before(newest + timedelta(microseconds=1) if newest else now, weeks)


def serves(ground: Ground, store: Store, weeks: int | None, now: datetime) -> bool:
    """Whether it is of the last day, or nothing came since; and nothing of it went."""
    window = ground.window
    is_old = now - window.until > KEPT and window_of(store, weeks, now) != window
    return not is_old and store.articles.counted(window) == ground.articles


def made_ground(
    store: Store, config: Config, window: Window, included: frozenset[str], progress: Progress
) -> Ground:
    """`included`: the ids of what the rules in force include in the window. Of too many articles only those are put
    together."""
    if store.articles.counted(window) <= TOGETHER:
        return ground_of(store, config, window, progress, included)
    return what_matters(store, config, window, included)


def ground_record(ground: Ground) -> str:
    window = ground.window
    return _text(
        {
            "since": window.since and window.since.isoformat(),
            "until": window.until.isoformat(),
            "articles": ground.articles,
            "textless": ground.textless,
            "whole": ground.is_whole,
            "stories": ground.stories,
            "included": sorted(ground.included),
        }
    )


def read_ground(text: str) -> Ground:
    """What `ground_record` wrote."""
    raw = json.loads(text)
    since = raw["since"] and datetime.fromisoformat(raw["since"])
    return Ground(
        window=Window(since=since, until=datetime.fromisoformat(raw["until"])),
        articles=raw["articles"],
        textless=raw["textless"],
        stories=tuple(map(tuple, raw["stories"])),
        included=frozenset(raw["included"]),
        is_whole=raw["whole"],
    )


# ── the draft's window ──────────────────────────────────────────────────────────────────────────────────────────


def made_draft(
    store: Store, config: Config, now: datetime, known: str | None, progress: Progress
) -> str | None:
    """The record of the newest draft's window; None where there is no draft, or where `known` is of the same articles."""
    of = draft_window(store, config, now)
    if of is None or (known is not None and read_judged(known, of.articles) is not None):
        return None
    return judged_record(of.articles, judged_anew(config, of.articles, progress))


def judged_record(articles: Sequence[Article], judged: Judged) -> str:
    return _text(
        {
            "of": _digest(articles),
            "verdicts": {id: _said(verdict) for id, verdict in judged.verdicts.items()},
            "stories": [
                [[article.id for article in story.articles], [_link(link) for link in story.links]]
                for story in judged.stories.stories
            ],
            "doubtful": [_link(link) for link in judged.stories.doubtful],
        }
    )


def read_judged(text: str, articles: Sequence[Article]) -> Judged | None:
    """What `judged_record` wrote; None where it was of other articles."""
    raw = json.loads(text)
    if raw["of"] != _digest(articles):
        return None
    by_id = {article.id: article for article in articles}
    stories = tuple(_story(ids, links, by_id) for ids, links in raw["stories"])
    doubtful = tuple(map(_read_link, raw["doubtful"]))
    verdicts = {id: _verdict(said) for id, said in raw["verdicts"].items()}
    return Judged(verdicts, Grouped(stories, doubtful))


def _story(ids: Sequence[str], links: Iterable[Sequence[Any]], articles: Mapping[str, Article]) -> Story:
    return Story(id=ids[0], articles=tuple(articles[id] for id in ids), links=tuple(map(_read_link, links)))


def _digest(articles: Iterable[Article]) -> str:
    """Of all of them that is judged, compared or told."""
    digest = sha256()
    for one in articles:
        digest.update(repr(one).encode("utf-8", "replace"))
    return digest.hexdigest()


def _link(link: Link) -> Sequence[object]:
    return link.one, link.two, link.kinship, link.score, link.reason


def _read_link(raw: Sequence[Any]) -> Link:
    one, two, kinship, score, reason = raw
    return Link(one=one, two=two, kinship=Kinship(kinship), score=score, reason=reason)


def _said(verdict: Verdict) -> Sequence[object]:
    return (
        verdict.choice,
        verdict.score,
        verdict.area.name,
        verdict.topics,
        verdict.councils,
        verdict.reason,
        verdict.evidence,
    )


def _verdict(raw: Sequence[Any]) -> Verdict:
    choice, score, area, topics, councils, reason, evidence = raw
    return Verdict(
        choice=Choice(choice),
        score=score,
        area=Area[area],
        topics=tuple(topics),
        councils=tuple(councils),
        reason=reason,
        evidence=tuple(
            Evidence(rule, phrase, Field(field), start, end, points)
            for rule, phrase, field, start, end, points in evidence
        ),
    )


def _text(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
