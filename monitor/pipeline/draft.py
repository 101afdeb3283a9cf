"""A draft: a window's stories become an edition, its documents are written, and it is kept.

choose.judged_stories | edition.assemble(past) | changes | cautioned | notes | documents, under temporary names |
store.editions.keep, with its message where it is to be mailed | the documents get their names (`documents.py`)

The edition is the record: from the moment it is kept whatever is missing of it is made again from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from monitor.model import (
    Article,
    Edition,
    Fetch,
    JudgedWindow,
    KeptEdition,
    ReadingHealth,
    ReportHeader,
    Window,
)
from monitor.pipeline.choose import judged_stories, known_to, past_of, to_group, weigher
from monitor.pipeline.documents import Finished, documents_of, notes_on, say_kept, to_be_written
from monitor.pipeline.pages import Progress, changes_of, recheck, unchecked_of
from monitor.pipeline.rhythms import feed_health
from monitor.pipeline.together import Together, alone
from monitor.reporting.delivery.message import compose
from monitor.reporting.documents.folder import staged
from monitor.reporting.documents.public import left_out_lines, public_version
from monitor.reporting.documents.write import document
from monitor.reporting.edition.assemble import ItemOf, Weigh, assemble
from monitor.reporting.edition.cautions import cautioned
from monitor.reporting.edition.cycle import say_towards
from monitor.reporting.edition.item import item_of
from monitor.reporting.edition.past import Past
from monitor.reporting.edition.record import edition_record
from monitor.reporting.wording import day_in_london
from monitor.settings import Config
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft, and where its documents are. It is kept, unless it is a public version: those have no number."""

    edition: Edition
    documents: tuple[Path, ...]
    left_out: tuple[
        str, ...
    ] = ()  # of a public version: what of the draft is not in it and why, a sentence each
    before: Finished = Finished()  # what an earlier run had left to write


def draft(
    store: Store,
    config: Config,
    window: Window,
    meeting: date | None,
    folder: Path,
    formats: Sequence[str],
    now: datetime,
    progress: Progress,
    fetch: Fetch | None = None,
    *,
    public: bool = False,
    mailed: bool = False,
    weekly: datetime | None = None,
    among: Together | None = None,
) -> Drafted:
    """Drafts the window's edition for a meeting, writes its documents into the folder, and keeps it.

    With `public` the documents are its public version, and nothing is kept: that is another form of what a draft says,
    and no edition. With `mailed` its message is kept with it, to be delivered. `weekly` is the moment of the weekly
    timetable that it is made for. `among` is the panel among others that draft one after the other.
    """
    with store.archive.snapshot():  # a poll, or the officer's word, may be stored meanwhile
        edition, articles = _assembled(store, config, window, meeting, now, progress, among or alone(config))
    if fetch:
        recheck(store, config, edition, fetch, now, progress)
    edition = _completed(store, config, edition, articles, now)
    stem = stem_of(meeting)
    if public:
        return _write_public(store, edition, config, folder, stem, formats)
    edition = replace(edition, number=store.editions.next_number())
    stem = f"{stem}-draft-{edition.number}"
    record, notes = edition_record(edition), notes_on(edition, store, config)
    documents = documents_of(edition, record, notes, config, formats)
    mail = config.panel.mail if mailed else None
    message = compose(edition, notes, documents, stem, mail) if mail else None
    writing = store.writings.begin(folder)
    with staged(folder, stem, documents, kept=say_kept(edition.number)) as placed:
        owed = to_be_written(writing, edition, placed.stem, formats)
        store.editions.keep(edition, record, message, weekly=weekly, writing=owed)
    store.writings.end(writing)
    return Drafted(edition=edition, documents=placed.paths)


def stem_of(meeting: date | None) -> str:
    """What the documents' names begin with. A report is known by its meeting; the draft's number tells the rest."""
    return f"topical-issues-{meeting.isoformat()}" if meeting else "topical-issues"


def _assembled(
    store: Store,
    config: Config,
    window: Window,
    meeting: date | None,
    now: datetime,
    progress: Progress,
    among: Together,
) -> tuple[Edition, Sequence[Article]]:
    """The edition as it is chosen, and the articles that were looked at."""
    past = past_of(store, config, meeting, now)
    articles = to_group(store, window, past, among.readable)
    judged = judged_stories(config, articles, progress, known_to(past), among.judge, among.outlines)
    read = feed_health(store, config.feeds, window, now, among.usual_gaps)
    return chosen(store, config, window, meeting, now, past, judged, read=read), articles


def chosen(
    store: Store,
    config: Config,
    window: Window,
    meeting: date | None,
    now: datetime,
    past: Past,
    judged: JudgedWindow,
    weigh: Weigh | None = None,
    read: ReadingHealth | None = None,
    print_one: ItemOf = item_of,
) -> Edition:
    """The edition of judged stories, not yet numbered: which are in, in which order, and why not the others. Where it is
    known already how much a story matters, `weigh` says it, `print_one` how it is printed, and `read` how the window's
    feeds did."""
    panel = config.panel
    return assemble(
        judged,
        header=ReportHeader(to=panel.report_to, title=panel.title, author=panel.author, meeting=meeting),
        made=now,
        window=window,
        health=read or feed_health(store, config.feeds, window, now),
        feeds=config.feeds,
        length=panel.excerpt,
        area=panel.area,
        rules_digest=config.rules.digest,
        past=past,
        weigh=weigh or weigher(store, config, meeting, window),
        size=panel.size,
        print_one=print_one,
    )


def _completed(
    store: Store, config: Config, edition: Edition, articles: Sequence[Article], now: datetime
) -> Edition:
    """The edition, complete but for its number: with what has become of the pages that it quotes, and its cautions."""
    unchecked = unchecked_of(store, edition)
    basis = replace(edition.basis, changed=changes_of(store, edition), unchecked=unchecked)
    edition = replace(edition, basis=basis, towards=_towards(edition, config, store.editions.all(), now))
    return cautioned(edition, {article.id: article for article in articles}, config.panel.cautions)


def _towards(edition: Edition, config: Config, editions: Sequence[KeptEdition], now: datetime) -> str:
    panel, header = config.panel, edition.header
    return say_towards(
        panel.meetings,
        panel.papers_days,
        day_in_london(now),
        editions,
        meeting=header.meeting,
        previous=edition.previous,
    )


def _write_public(
    store: Store, edition: Edition, config: Config, folder: Path, stem: str, formats: Sequence[str]
) -> Drafted:
    shown = public_version(edition, config.feeds)
    documents = [document(shown, ending, config, public=True) for ending in formats]
    writing = store.writings.begin(folder)
    with staged(folder, f"{stem}-public", documents) as placed:
        left_out = left_out_lines(edition, config.feeds)
    store.writings.end(writing)
    return Drafted(edition=shown, documents=placed.paths, left_out=left_out)
