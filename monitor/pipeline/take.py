"""A word without a document: stories taken into the report, or put out of sight.

take, drop   which stories | what holds already | store.decisions.keep

- A story is named by its id, or by the id or address of any of its articles. It is looked for in the newest draft (items,
  further stories, near misses, what was dropped), then among what was decided, then in the archive; so an article that
  the rules left out can be taken too.
- Where one name is of no story, nothing is kept of any.
- What holds already is said, and not kept once more.
- A word counts towards the report that is being drafted; before its first draft, towards the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from monitor.errors import InputError
from monitor.model import Decision, Edition, Learned, Said, Source
from monitor.pipeline.choose import past_of
from monitor.reading.urls import article_id, normalise
from monitor.reporting.documents.word.links import meant
from monitor.reporting.edition.cycle import next_meeting
from monitor.reporting.edition.item import heading_of
from monitor.reporting.edition.past import Past, belong
from monitor.reporting.edition.record import learned_record
from monitor.reporting.wording import day_in_london, item_name
from monitor.settings import Config
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What came of one story that was named."""

    decision: Decision
    before: Decision | None  # what held of it until then
    is_new: bool  # False: it held already, and nothing changed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    story: str
    heading: str
    articles: tuple[str, ...]


def say(store: Store, config: Config, ids: Sequence[str], said: Said, now: datetime) -> tuple[Spoken, ...]:
    """Keeps that the stories are taken or dropped. Raises InputError, with nothing kept, where one is not known."""
    panel = config.panel
    meeting = next_meeting(panel.meetings, panel.papers_days, day_in_london(now), store.editions.all())
    past = past_of(store, config, meeting, now)
    ids = [meant(id) if "://" in id else id for id in ids]  # copied from a mail, with a mailbox in it
    found = [_found(id, store, past) for id in ids]
    if unknown := [id for id, named in zip(ids, found, strict=True) if named is None]:
        raise InputError(
            f"No story or stored article has the id or address {', '.join(unknown)}; nothing was changed. "
            "The draft’s JSON names each story (`story`), and `monitor try ADDRESS` reads a page that is not stored."
        )
    number = past.previous or 0
    spoken = list(_spoken([one for one in found if one], said, number, past))
    new = tuple(one.decision for one in spoken if one.is_new)
    if new:
        digest = sha256("\n".join((said, now.isoformat(), *(one.story for one in new))).encode()).hexdigest()
        word = Learned(
            edition=number, learned=now, digest=digest, decisions=new, source=Source.WORD, newest=number
        )
        store.decisions.keep(word, learned_record(word))
    return tuple(spoken)


def _spoken(found: Sequence[_Named], said: Said, number: int, past: Past) -> Iterator[Spoken]:
    told: list[Decision] = []
    for named in found:
        one = Decision(
            said=said, edition=number, story=named.story, drafted=named.heading, articles=named.articles
        )
        if any(belong(one, other) for other in told):
            continue  # one story, named twice
        told.append(one)
        before = next((other for other in past.decisions if belong(one, other)), None)
        holds = before is not None and (before.said is Said.DROPPED) == (said is Said.DROPPED)
        yield Spoken(decision=one, before=before, is_new=not holds)


# ── which story ─────────────────────────────────────────────────────────────────────────────────────────────────


def _found(written: str, store: Store, past: Past) -> _Named | None:
    """`written` is an id or an address."""
    article = store.articles.get(written) or store.articles.get(article_id(normalise(written)))
    id = article.id if article else written
    listed = _listed(past.stood[-1]) if past.stood else iter(())
    decided = (
        _Named(story=one.story, heading=one.heading or one.drafted, articles=one.articles)
        for one in past.decisions
    )
    for named in (*listed, *decided):
        if id == named.story or id in named.articles:
            return named
    return _Named(story=id, heading=heading_of(article), articles=(id,)) if article else None


def _listed(edition: Edition) -> Iterator[_Named]:
    """What a draft and its notes name."""
    for item in (*edition.items, *edition.further):
        yield _Named(story=item.story, heading=item_name(item), articles=item.articles)
    for miss in edition.near_misses:
        yield _Named(story=miss.story, heading=miss.title, articles=miss.articles)
    for gone in edition.dropped:
        articles = tuple(link.article for link in gone.links)
        if articles:
            yield _Named(story=articles[0], heading=gone.heading, articles=articles)
