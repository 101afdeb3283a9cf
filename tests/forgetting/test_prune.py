"""What its time is over for goes from the archive, and from its file; what is known again and what is open stays."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW, article
from editions import edition, item, link
from papers import COURIER, papers_config, poll
from web import Web, html_page, rss
from where import ROOT

from monitor.app.archives import archive_of
from monitor.app.desk.search.indexing import bring_up
from monitor.app.forgetting import prune
from monitor.app.installed import Installed
from monitor.app.locks import Work, alone
from monitor.app.workspace import ARCHIVE, Workspace
from monitor.errors import Busy
from monitor.model import (
    EntryName,
    FeedState,
    PageCheck,
    PageRetry,
    PollOutcome,
    PollResult,
    Revision,
    Run,
    Window,
)
from monitor.pipeline.prune import due
from monitor.reading.urls import article_id, normalise
from monitor.reporting.edition.record import edition_record
from monitor.settings import Retention
from monitor.store import Store
from monitor.store.forgetting import BATCH, Forgetting
from monitor.store.search import FILE
from monitor.store.sqlite import file

URL = "https://courier.example/news/2025/01/05/unused-story"
TEXT = "Unmistakable sentence of a story that nobody wanted, as long as stories are in small papers of the valley."
MEETINGS = (date(2026, 9, 11), date(2026, 11, 27))


@pytest.fixture(scope="module")
def config():
    made = papers_config()
    return replace(made, panel=replace(made.panel, meetings=MEETINGS, retention=Retention()))


@pytest.fixture
def office(config, tmp_path, engine):
    data = tmp_path / "data"
    with Store.open(archive_of(data)) as store:
        yield Workspace(config, store, data, ROOT)


def old(name="unused", *, days=500, **changes):
    seen = NOW - timedelta(days=days)
    return article(name, first_seen=seen, published=seen, **{"paragraphs": (TEXT,), **changes})


def store_all(store, *articles, at=NOW, names=(), retries=(), result=PollResult.NEW):
    read = PollOutcome(feed=COURIER.url, at=at, result=result)
    store.feeds.save_poll(read, FeedState(url=COURIER.url), articles, retries, names)


def pruned(office, *, now=NOW):
    done = prune(Installed.of_one(office), lambda: now)
    return {name: count for name, count in done.counts.items() if count}


def bytes_of(office):
    return b"".join(path.read_bytes() for path in office.data.glob(f"{ARCHIVE}*"))


@pytest.mark.parametrize("days, stays", [(20, True), (500, False)])
def test_the_search_index_goes_with_the_first_text(office, days, stays):
    """A night in which nothing is over its time costs nobody an index."""
    store_all(office.store, old(days=days))
    bring_up(ROOT, office.data, office.data / FILE, office.config)
    pruned(office)
    assert (office.data / FILE).exists() is stays


@pytest.mark.slow
def test_nor_stays_one_that_a_desk_made_while_texts_went(office, monkeypatch):
    """It is gone before the first text goes, so that a run that is killed leaves none that still holds it; and after."""
    store_all(office.store, old())
    bring_up(ROOT, office.data, office.data / FILE, office.config)
    forgotten = Forgetting.texts

    def made_anew(*parts):
        assert not (office.data / FILE).exists()
        bring_up(ROOT, office.data, office.data / FILE, office.config)
        forgotten(*parts)

    monkeypatch.setattr(Forgetting, "texts", made_anew)
    pruned(office)
    assert not (office.data / FILE).exists()


def test_a_text_goes_and_what_it_is_known_by_stays(office):
    story = old(page_title="The page’s own title")
    retry = PageRetry(
        article="unused", url=URL, feed=COURIER.url, tries=1, next_try=NOW, until=NOW + timedelta(days=1)
    )
    store_all(office.store, story, old("young", days=20), retries=[retry])
    office.store.articles.save_check(
        PageCheck(article="unused", at=NOW),
        Revision(article="unused", at=NOW, what="changed", title="Later", paragraphs=(TEXT,)),
    )
    assert TEXT.encode() in bytes_of(office)
    assert pruned(office) == {"texts": 1}
    left = office.store.articles.get("unused")
    assert left == replace(story, paragraphs=(), page_title=None, text_reason=left.text_reason)
    assert left.text_reason == "its text was forgotten, as `retention` in panel.yaml says"
    assert office.store.articles.last_revisions(["unused"]) == office.store.articles.last_checks() == {}
    assert office.store.feeds.retries_due(NOW) == ()
    assert office.store.articles.of(Window(since=None, until=NOW)) == (old("young", days=20),)
    assert pruned(office) == {}


def test_what_went_is_not_in_the_file_nor_in_the_wal(office):
    """Rows of a page of which others stay, and pages of their own: what is deleted is overwritten in both."""
    store_all(
        office.store,
        *(old(f"{number}", days=500 if number % 3 else 10, paragraphs=(f"Text {number % 3}. " * 20,)) for number in range(60)),
        *(old(f"long{number}", paragraphs=(TEXT * 80,)) for number in range(3)),
    )  # fmt: skip
    office.store.runs.record(
        Run(job="x", started=NOW, ended=NOW, ok=True, summary="Text 1. of a run that stays")
    )
    pruned(office)
    left = bytes_of(office)
    assert [text for text in (b"Text 1. Text", b"Text 2. Text", b"Unmistakable") if text in left] == []
    assert b"Text 0. Text" in left


def test_what_was_deleted_in_the_old_days_goes_with_the_next_vacuum(office):
    """An archive of a version that deleted without overwriting: its empty pages are gone too."""
    store_all(office.store, old("gone", paragraphs=(TEXT * 200,)))
    with office.store.archive.transaction() as db:
        db.execute("DELETE FROM articles")
    pruned(office)
    assert b"Unmistakable" not in bytes_of(office)


@pytest.mark.on_both
@pytest.mark.parametrize("days", [500, 1200], ids=["its text", "all of it"])
def test_a_feed_that_still_lists_it_brings_nothing_new(office, config, days):
    story = old(article_id(normalise(URL)), url=URL, title="Nobody wanted this story of ours", days=days)
    store_all(office.store, story, names=[EntryName(feed=COURIER.url, entry="guid 1", article=story.id)])
    pruned(office)
    assert (office.store.articles.get(URL) is None) == (days > 1000)
    for link_now, title in ((URL, story.title), (URL, "Reworded"), (f"{URL}?utm_source=rss", story.title)):
        web = Web({COURIER.url: rss((link_now, title, NOW)), link_now: html_page(title, TEXT)})
        assert poll(office.store, web, config, feeds=[COURIER])[COURIER.url][1] == 0, link_now


def keep_edition(office, number, *ids, days, meeting=None):
    made = NOW - timedelta(days=days)
    kept = edition(*(item(id, links=(link(article=id),)) for id in ids))
    basis = replace(kept.basis, window=Window(since=None, until=made))
    header = replace(kept.header, meeting=meeting)
    kept = replace(kept, number=number, made=made, basis=basis, header=header)
    office.store.editions.keep(kept, edition_record(kept))


@pytest.mark.on_both
def test_what_an_open_draft_prints_and_what_is_in_its_window_stays(office):
    """No draft was issued since a year, so the window of the open one goes back as long."""
    keep_edition(office, 1, "issued", days=310, meeting=date(2026, 1, 20))
    keep_edition(office, 2, "printed", days=3, meeting=MEETINGS[-1])
    config = replace(
        office.config,
        panel=replace(office.config.panel, meetings=(date(2026, 1, 20), MEETINGS[-1])),
    )
    store_all(
        office.store,
        old("printed", days=500),
        old("window", days=300),
        old("before", days=320),
        old("issued", days=320),
    )
    goes = due(office.store, config, NOW)
    assert (goes.texts, goes.editions) == (("before",), ())


@pytest.mark.on_both
def test_between_papers_and_meeting_the_report_that_went_out_is_open_too(office):
    """A late edition of it builds on the same window."""
    now = NOW.replace(day=24)  # papers for the 27th went out on the 19th
    keep_edition(office, 1, days=400, meeting=date(2025, 10, 12))
    keep_edition(office, 2, "printed", days=-2, meeting=MEETINGS[-1])
    store_all(office.store, old("window", days=380))
    goes = due(office.store, office.config, now)
    assert goes.texts == ()


@pytest.mark.on_both
def test_records_go_but_for_those_by_which_things_are_known(office):
    for days in (500, 450, 10):
        moment = NOW - timedelta(days=days)
        store_all(office.store, at=moment, result=PollResult.FAILED if days == 10 else PollResult.NEW)
        office.store.runs.record(Run(job="poll", started=moment, ended=moment, ok=days > 450, summary="x"))
    assert pruned(office) == {"runs": 1, "polls": 1}
    assert office.store.feeds.read_in(Window(since=None, until=NOW)) == {COURIER.url}
    assert office.store.runs.last_success("poll") == NOW - timedelta(days=500)


@pytest.mark.on_both
def test_drafts_that_others_followed_go_and_numbers_are_never_given_twice(office):
    keep_edition(office, 1, days=800, meeting=date(2024, 9, 13))
    keep_edition(office, 2, days=795, meeting=date(2024, 9, 13))
    config = replace(
        office.config, panel=replace(office.config.panel, meetings=(date(2024, 9, 13), *MEETINGS))
    )
    assert pruned(replace(office, config=config)) == {"editions": 1}
    assert [kept.number for kept in office.store.editions.all()] == [2]
    assert office.store.editions.next_number() == 3


@pytest.mark.on_both
def test_a_run_of_it_is_kept(office):
    store_all(office.store, old())
    pruned(office)
    assert [(run.job, run.summary) for run in office.store.runs.last()] == [("prune", "1 thing forgotten.")]


@pytest.mark.on_both
def test_a_clock_that_is_ahead_takes_no_year_with_it(office):
    """Each run goes a month further at most than the one before; a machine that was off for long catches up."""
    pruned(office)
    store_all(office.store, *(old(f"s{days}", days=days) for days in (20, 350, 365)))
    ahead = NOW + timedelta(days=400)
    assert pruned(office, now=ahead) == {"texts": 1}  # as of 35 days later
    assert office.store.articles.unseen(["s365", "s350", "s20"]) == frozenset()
    assert pruned(office, now=ahead) == {"texts": 1}
    assert pruned(office, now=ahead) == {}
    assert [one.id for one in office.store.articles.named(["s20", "s350", "s365"])] == ["s20"]


@pytest.mark.on_both
def test_two_at_once_are_one(office):
    with alone(office.data, Work.PRUNE), pytest.raises(Busy):
        prune(Installed.of_one(office), lambda: NOW)


@pytest.mark.on_both
def test_much_goes_in_many_small_transactions_and_a_killed_run_is_gone_on_with(office, monkeypatch):
    store_all(office.store, *(old(f"s{number:04}") for number in range(2 * BATCH + 1)))
    transaction, opened = office.store.archive.transaction, []

    def counted():
        opened.append(1)
        if len(opened) == 3:
            raise KeyboardInterrupt
        return transaction()

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(type(office.store.archive), "transaction", lambda self: counted())
        prune(Installed.of_one(office), lambda: NOW)
    assert pruned(office) == {"texts": 1}


def test_who_reads_meanwhile_is_told_of_and_the_next_run_empties_the_wal(office, config, monkeypatch):
    monkeypatch.setattr(file, "LONGEST_READ", 0.2)
    store_all(office.store, old())
    with Store.open(office.data / ARCHIVE) as reader, reader.archive.snapshot():
        reader.articles.count()
        done = prune(Installed.of_one(office), lambda: NOW)
        assert not done.is_whole
        assert any("may still stand in the file beside it" in line for line in done.lines())
    assert prune(Installed.of_one(office), lambda: NOW).is_whole
    assert b"Unmistakable" not in bytes_of(office)


def test_who_reads_for_a_moment_is_waited_for(office):
    store_all(office.store, old())
    with Store.open(office.data / ARCHIVE) as reader, ThreadPoolExecutor(1) as other:
        with reader.archive.snapshot():
            reader.articles.count()
            done = other.submit(empty_the_wal, office)
            with pytest.raises(TimeoutError):
                done.result(0.3)
        assert done.result(3)


def empty_the_wal(office):
    with Store.open(office.data / ARCHIVE) as store:
        return store.archive.give_back()


def test_room_is_given_back(office):
    store_all(office.store, *(old(f"s{number:04}", paragraphs=(TEXT * 50,)) for number in range(300)))
    office.store.archive._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = (office.data / ARCHIVE).stat().st_size
    pruned(office)
    assert (office.data / ARCHIVE).stat().st_size < before / 2


def test_an_archive_of_an_older_version_gives_room_back_too(office, tmp_path, config):
    folder = tmp_path / "older"
    folder.mkdir()
    with sqlite3.connect(folder / ARCHIVE) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE filler (a)")
        made.execute("DROP TABLE filler")
    made.close()
    with Store.open(folder / ARCHIVE) as store:
        store_all(store, *(old(f"s{number:04}", paragraphs=(TEXT * 50,)) for number in range(300)))
        assert pruned(Workspace(config, store, folder, ROOT)) == {"texts": 300}
        assert store.archive._ask("freelist_count") == 0
