"""What is kept for its time and no longer: the retention in panel.yaml, applied.

what is stored, what is open | retention.what_goes | store.forgetting
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.forgetting.retention import Facts, before, traces, used_by, what_goes
from monitor.model import Article, Goes, KeptEdition, Learned
from monitor.pipeline.choose import REMEMBERED
from monitor.reporting.edition.cycle import before as comes_before
from monitor.reporting.edition.cycle import next_meeting, went_out, window_start
from monitor.reporting.edition.record import read_edition, read_learned
from monitor.reporting.wording import day_in_london
from monitor.settings import Config, Panel
from monitor.store import Store


def due(store: Store, config: Config, now: datetime) -> Goes:
    """What would go now."""
    with store.archive.snapshot():
        return what_goes(now, config.panel.retention, _facts(store, config.panel, now))


def of_all(each: Sequence[Goes]) -> Goes:
    """Of what several panels would let go, what is everybody's: a text or an article that all of them would, runs and
    polls of before the earliest moment; none of what is a panel's own."""
    texts = [{*one.texts, *one.articles} for one in each]
    articles = set[str]().union(*(one.articles for one in each)).intersection(*(one.articles for one in each))
    first = each[0] if each else Goes()
    whole = set[str]().union(*texts).intersection(*texts) - articles
    in_order = dict.fromkeys((*first.texts, *first.articles))
    return Goes(
        texts=tuple(id for id in in_order if id in whole),
        articles=tuple(id for id in in_order if id in articles),
        runs=_earliest([one.runs for one in each]),
        polls=_earliest([one.polls for one in each]),
    )


def _earliest(moments: Sequence[datetime | None]) -> datetime | None:
    """None where one keeps all of it."""
    known = [moment for moment in moments if moment]
    return min(known) if known and len(known) == len(moments) else None


def own(goes: Goes) -> Goes:
    """What of it is the panel's own: drafts, decisions, e-mails."""
    return replace(goes, texts=(), articles=(), runs=None, polls=None)


def forget(store: Store, goes: Goes, now: datetime) -> None:
    """Lets it go, a small transaction after the other: where a run is killed, the next goes on."""
    store.forgetting.records(goes)
    store.forgetting.texts(goes.texts, now)
    store.forgetting.articles(known_by(store, goes.articles), now)


def known_by(store: Store, articles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What each of the articles is known by, and would be known by when it is gone."""
    found = [article for id in articles if (article := store.articles.get(id)) and article.id == id]
    names = store.forgetting.names_of(article.id for article in found)
    return {article.id: _traces(store, article, names) for article in found}


def _traces(
    store: Store, article: Article, names: Mapping[str, tuple[tuple[str, str], ...]]
) -> tuple[str, ...]:
    is_one_of_many = store.forgetting.beside(article.url) > 1
    return traces(article, names.get(article.id, ()), shares_its_page=is_one_of_many)


# ── what is stored, as far as it bears on what may go ───────────────────────────────────────────────────────────


def _facts(store: Store, panel: Panel, now: datetime) -> Facts:
    editions, today = store.editions.all(), day_in_london(now)
    towards = _towards(panel, today, editions)
    built_on = [comes_before(editions, meeting, panel.papers_days, today) for meeting in towards]
    starts = [window_start(editions, panel.papers_days, today, meeting) for meeting in towards]
    limits = [before(now, span) for span in (panel.retention.texts, panel.retention.unused)]
    return Facts(
        articles=store.forgetting.sightings(max((one for one in limits if one), default=now)),
        editions=editions,
        uses=dict(_uses(store, editions)),
        learned=dict(_learned(store)),
        messages=store.editions.messages(),
        open_drafts=frozenset(number for one in built_on for number in one.stood),
        issued=frozenset(number for one in built_on for number in one.issued),
        window=None if None in starts else min(start for start in starts if start),
        remembered=REMEMBERED,
    )


def _towards(panel: Panel, today: date, editions: Sequence[KeptEdition]) -> tuple[date | None, ...]:
    """The meetings that a draft may be for: the next, and until it is over one whose papers have gone out."""
    gone = went_out(panel.meetings, panel.papers_days, today, editions)
    following = next_meeting(panel.meetings, panel.papers_days, today, editions)
    return (following, gone) if gone else (following,)


def _uses(store: Store, editions: Iterable[KeptEdition]) -> Iterator[tuple[int, frozenset[str]]]:
    for kept in editions:
        if record := store.editions.record(kept.number):
            yield kept.number, used_by(read_edition(record))


def _learned(store: Store) -> Iterator[tuple[int, Learned]]:
    for row, record in store.decisions.all().items():
        yield row, read_learned(record)
