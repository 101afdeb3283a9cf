"""A word without a document: stories taken into the report, or put out of sight.

take, drop   which stories | decide (as the desk does) | store.decisions.keep

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
from monitor.model.acts import Drop, Take
from monitor.pipeline.choose import past_of
from monitor.reading.urls import article_id, normalise
from monitor.reporting.documents.word.links import meant
from monitor.reporting.edition.cycle import next_meeting
from monitor.reporting.edition.item import heading_of
from monitor.reporting.edition.past import Past, belong
from monitor.reporting.edition.record import learned_record
from monitor.reporting.reviewing.deciding import decide
from monitor.reporting.reviewing.deeds import Deed, Named, No, Table
from monitor.reporting.wording import day_in_london, item_name
from monitor.settings import Config
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What came of one story that was named."""

    decision: Decision
    before: Decision | None  # what held of it until then
    is_new: bool  # False: it held already, and nothing changed


def say(
    store: Store,
    config: Config,
    ids: Sequence[str],
    said: Said,
    now: datetime,
    *,
    source: Source = Source.WORD,
    by: str = "",
) -> tuple[Spoken, ...]:
    """Keeps that the stories are taken or dropped. Raises InputError, with nothing kept, where one is not known."""
    panel = config.panel
    meeting = next_meeting(panel.meetings, panel.papers_days, day_in_london(now), store.editions.all())
    past = past_of(store, config, meeting, now)
    ids = [stored_name(id) for id in ids]
    table = Table(
        past=past,
        number=past.previous or 0,
        day=day_in_london(now),
        find=lambda written: find_in(written, store, past, past.stood[-1] if past.stood else None),
    )
    act = Take if said is Said.TAKEN else Drop
    decided = [decide(act(story=id), table) for id in ids]
    if unknown := [id for id, deed in zip(ids, decided, strict=True) if isinstance(deed, No)]:
        raise InputError(
            f"No story or stored article has the id or address {', '.join(unknown)}; nothing was changed. "
            "The draft’s JSON names each story (`story`), and `monitor try ADDRESS` reads a page that is not stored."
        )
    spoken = list(_spoken([deed for deed in decided if isinstance(deed, Deed)]))
    new = tuple(one.decision for one in spoken if one.is_new)
    if new:
        digest = sha256("\n".join((said, now.isoformat(), *(one.story for one in new))).encode()).hexdigest()
        word = Learned(
            edition=table.number,
            learned=now,
            digest=digest,
            decisions=new,
            source=source,
            newest=table.number,
            by=by,
        )
        store.decisions.keep(word, learned_record(word))
    return tuple(spoken)


def _spoken(deeds: Sequence[Deed]) -> Iterator[Spoken]:
    told: list[Decision] = []
    for deed in deeds:
        (one,) = deed.decisions
        if any(belong(one, other) for other in told):
            continue  # one story, named twice
        told.append(one)
        yield Spoken(decision=one, before=deed.before, is_new=not deed.holds)


# ── which story ─────────────────────────────────────────────────────────────────────────────────────────────────


def stored_name(written: str) -> str:
    """An address as it is stored: copied from a mail it has a mailbox in it."""
    return meant(written) if "://" in written else written


def find_in(written: str, store: Store, past: Past, newest: Edition | None) -> Named | None:
    """`written` is an id or an address; `newest` is the newest draft."""
    written = stored_name(written)
    article = store.articles.get(written) or store.articles.get(article_id(normalise(written)))
    id = article.id if article else written
    listed = _listed(newest) if newest else iter(())
    decided = (
        Named(story=one.story, heading=one.heading or one.drafted, articles=one.articles)
        for one in past.decisions
    )
    for named in (*listed, *decided):
        if id == named.story or id in named.articles:
            return named
    return Named(story=id, heading=heading_of(article), articles=(id,)) if article else None


def _listed(edition: Edition) -> Iterator[Named]:
    """What a draft and its notes name."""
    for item in (*edition.items, *edition.further, *edition.later):
        yield Named(story=item.story, heading=item_name(item), articles=item.articles)
    for miss in (*edition.near_misses, *edition.old):
        yield Named(story=miss.story, heading=miss.title, articles=miss.articles)
    for gone in edition.dropped:
        articles = tuple(link.article for link in gone.links)
        if articles:
            yield Named(story=articles[0], heading=gone.heading, articles=articles)
