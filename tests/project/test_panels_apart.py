"""Several panels in one archive: what one of them keeps, no other sees, changes or takes away. Rows of before there were
keys."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, article
from editions import edition, item

from monitor.app import backups, deliveries, erasing, forgetting, housekeeping, restoring, runs, weekly
from monitor.app.needs import of_others
from monitor.model import (
    FeedState,
    Goes,
    Learned,
    Message,
    MessageState,
    PollOutcome,
    PollResult,
    Run,
    Source,
    Told,
    Window,
)
from monitor.reporting.edition.record import edition_record, learned_record
from monitor.store import Store, clocks
from monitor.store.runs import SHARED

HOUR = timedelta(hours=1)
EVER = Window(since=None, until=NOW + timedelta(days=400))


def message(panel: str, number: int = 1) -> Message:
    return Message(
        id=f"<{panel}-{number}@monitor.example>", edition=number, composed=NOW, content=b"", state=MessageState.COMPOSED,
        detail=f"of {panel}",
    )  # fmt: skip


def told(panel: str) -> Told:
    return Told(kind="mail", subject="draft 1", says=f"of {panel}", since=NOW)


def learned(panel: str) -> Learned:
    return Learned(edition=1, learned=NOW, digest=f"of {panel}", decisions=(), source=Source.REPORT)


def fill(store: Store, panel: str, data: Path) -> None:
    """A draft with its message, a document that was learned, a run, and something told; each says whose it is."""
    number = store.editions.next_number()
    draft = replace(edition(item(heading=f"of {panel}"), number=number), made=NOW)
    store.editions.keep(
        draft, edition_record(draft), message(panel, number), weekly=NOW + timedelta(weeks=number - 1)
    )
    store.decisions.keep(learned(panel), learned_record(learned(panel)))
    store.writings.begin(data / panel)
    store.runs.record(run("weekly report", f"of {panel}"))
    store.told.change(lambda _: (told(panel),))


def run(job: str, summary: str = "", ok: bool = True) -> Run:
    return Run(job=job, started=NOW, ended=NOW, ok=ok, summary=summary)


def seen(store: Store) -> dict[str, list[str]]:
    """What a panel's rooms give, by room, as far as it says whose it is."""
    records = [store.editions.record(one.number) or "" for one in store.editions.all()]
    return {
        "editions": [name for record in records for name in ("thames", "hants") if f"of {name}" in record],
        "messages": [one.detail.removeprefix("of ") for one in store.editions.messages()],
        "decisions": [name for one in store.decisions.kept() for name in ("thames", "hants") if name in one.record],
        "writings": [Path(one.folder).name for one in store.writings.unfinished()],
        "runs": [one.summary.removeprefix("of ") for one in store.runs.last() if one.job == "weekly report"],
        "told": [one.says.removeprefix("of ") for one in store.told.all()],
        "counted editions": ["?" for _ in store.counts.editions(EVER)],
        "counted messages": ["?" for one in store.counts.messages(EVER) for _ in range(one.messages)],
        "counted runs": ["?" for one in store.counts.jobs(EVER) if one.job == "weekly report" for _ in range(one.runs)],
    }  # fmt: skip


def only(panel: str) -> dict[str, list[str]]:
    return {room: ["?" if room.startswith("counted") else panel] for room in ROOMS}


ROOMS = (
    *("editions", "messages", "decisions", "writings", "runs", "told"),
    *("counted editions", "counted messages", "counted runs"),
)
NOTHING: dict[str, list[str]] = {room: [] for room in ROOMS}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "archive.db"


@pytest.fixture
def both(where, tmp_path):
    """An archive in which two panels have kept one of everything."""
    with Store.open(where, panel="thames") as store:
        fill(store, "thames", tmp_path)
        fill(store.of("hants"), "hants", tmp_path)
        yield store


@pytest.mark.on_both
def test_what_one_panel_keeps_no_other_sees(both):
    assert {name: seen(both.of(name)) for name in ("thames", "hants", "kent")} == {
        "thames": only("thames"),
        "hants": only("hants"),
        "kent": NOTHING,
    }


@pytest.mark.on_both
def test_each_numbers_its_drafts_from_1(both):
    assert [both.of(name).editions.next_number() for name in ("thames", "hants", "kent")] == [2, 2, 1]


@pytest.mark.on_both
def test_one_that_is_alone_goes_on_from_the_last_number_of_all(both):
    """Its documents lie where another's lay, and what is given to it later meets none of its own."""
    assert both.of("kent", is_alone=True).editions.next_number() == 2
    assert both.of("kent").editions.next_number() == 1
    fill(both.of("hants"), "hants", Path(both.path).parent)
    assert [both.of(name, is_alone=True).editions.next_number() for name in ("kent", "thames")] == [3, 3]


@pytest.mark.on_both
def test_what_is_done_to_the_archive_as_a_whole_sees_everybody(both):
    assert sorted(seen(both.of(None))["messages"]) == ["hants", "thames"]
    assert len(both.of(None).editions.all()) == 2
    assert both.panels.all() == ("hants", "thames")


CHANGES = {
    "issue": lambda store: store.editions.issue(1, NOW, "Ann"),
    "unissue": lambda store: (store.editions.issue(1, NOW, "Ann"), store.editions.unissue(1)),
    "withdraw": lambda store: store.decisions.withdraw([1, 2], NOW, "Ann"),
    "put again": lambda store: store.decisions.put_again([1, 2]),
    "tell": lambda store: store.told.change(lambda _: ()),
    "begin to write": lambda store: store.writings.begin(Path(store.path).parent / "thames"),
    "forget": lambda store: store.forgetting.records(
        Goes(editions=(1,), decisions=(1, 2), messages=("<thames-1@monitor.example>", "<hants-1@monitor.example>"))
    ),
    "say": lambda store: store.decisions.add(learned("hants"), learned_record(learned("hants"))),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.on_both
def test_what_one_panel_does_leaves_the_others_rows_as_they_are(both, change):
    CHANGES[change](both.of("hants"))

    def asked(what: str, table: str) -> object:
        return both.archive.read(f"SELECT {what} AS found FROM {table} WHERE panel = 'thames'")[0]["found"]

    for table in ("editions", "messages", "decisions", "told", "writings", "runs"):
        assert asked("count(*)", table) == 1, table
    assert (asked("issued", "editions"), asked("withdrawn", "decisions")) == (None, None)


@pytest.mark.on_both
def test_a_document_of_the_same_words_is_learned_by_each(both):
    """As two drafts numbered 1, edited alike."""
    assert not both.of("thames").decisions.keep(learned("thames"), "{}")
    assert both.of("hants").decisions.keep(learned("thames"), "{}")
    assert [len(both.of(name).decisions.numbered()) for name in ("thames", "hants")] == [1, 1]


@pytest.mark.on_both
def test_the_last_document_is_the_panels_own(both):
    assert [both.of(name).decisions.last_documents()[0][0] for name in ("thames", "hants")] == [1, 2]


def test_an_article_that_comes_beside_any_panels_draft_is_of_that_ones_next(file):
    """Where the clock was set back it is first seen where the last window of all ended."""
    later = NOW + 5 * HOUR
    with Store.open(file, panel="hants") as store:
        draft = edition(item())
        basis = replace(draft.basis, window=Window(since=None, until=later))
        store.editions.keep(replace(draft, basis=basis), "{}")
        poll = PollOutcome(feed="f", at=NOW, result=PollResult.NEW, entries=1, new=1)
        store.of("thames").feeds.save_poll(poll, FeedState(url="f"), [article()], clock=lambda: NOW)
        assert store.articles.newest() == later


# ── runs: some are everybody's ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_done_for_all_is_a_run_that_each_sees(file):
    with Store.open(file, panel="thames") as store:
        store.runs.record(run("poll"))
        store.of("hants").runs.record(run("backup"))
        store.of("hants").runs.record(run("draft", ok=False))
        assert store.runs.last_successes() == {"poll": NOW, "backup": NOW}
        assert store.of("hants").runs.counts() == {
            ("poll", True): 1,
            ("backup", True): 1,
            ("draft", False): 1,
        }
        keys = {row["job"]: row["panel"] for row in store.archive.read("SELECT job, panel FROM runs")}
        assert keys == {"poll": "", "backup": "", "draft": "hants"}
        assert store.panels.all() == ("hants",)


def test_the_jobs_for_all_are_those_that_the_commands_name():
    assert {
        *(backups.BACKUP, clocks.CLOCK, erasing.ERASE, forgetting.PRUNE, restoring.RESTORE, "poll", "give"),
        *(housekeeping.HOUSEKEEPING, housekeeping.QUICK, housekeeping.THOROUGH),
    } == set(SHARED)
    assert not {weekly.WEEKLY, deliveries.DELIVERY, "draft", "learn", "unlearn"} & set(SHARED)
    assert runs.__name__  # where a poll and a draft are recorded


@pytest.mark.on_both
def test_each_panels_last_run_of_a_job_stays_when_runs_are_forgotten(both):
    both.runs.record(run("weekly report", "a later one of thames"))
    both.forgetting.records(Goes(runs=NOW + HOUR))
    assert [seen(both.of(name))["runs"] for name in ("thames", "hants")] == [
        ["a later one of thames"],
        ["hants"],
    ]


# ── rows of before there were keys ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def before(file):
    """An archive of before: every row without a key."""
    with Store.open(file) as store:
        fill(store, "thames", file.parent)
        store.runs.record(run("poll"))
    return file


def test_of_one_panel_they_are_its_own_at_once_and_for_good(before):
    with Store.open(before, make=False, panel="thames", is_alone=True) as reading:
        assert seen(reading) == only("thames")
    with Store.open(before) as whole:
        assert whole.panels.all() == ("",)
    with Store.open(before, panel="thames", is_alone=True) as changing:
        assert (seen(changing), changing.panels.all()) == (only("thames"), ("thames",))
        assert changing.runs.last_success("poll") == NOW
    with Store.open(before, panel="hants", is_alone=True) as another:
        assert seen(another) == NOTHING


def test_of_several_panels_nobody_sees_them_until_they_are_given(before):
    with Store.open(before, panel="thames") as store:
        assert (seen(store), store.panels.all()) == (NOTHING, ("",))
        assert store.panels.give("", "thames") == 3
        assert (seen(store), store.panels.give("", "thames")) == (only("thames"), 0)


def test_they_are_not_given_where_drafts_of_the_same_number_are_there(before):
    """A number stands in documents that people have."""
    with Store.open(before, panel="thames") as store:
        fill(store, "hants", before.parent)
    with Store.open(before, panel="thames", is_alone=True) as store:
        assert store.panels.all() == ("", "thames")
        assert seen(store) == only("hants")


@pytest.mark.on_both
def test_drafts_of_nobody_are_told_of_while_somebody_can_be_given_them(both):
    """Also of a panel that is served no more, and whose drafts stay as they are."""
    assert [list(of_others(both, known)) for known in (("thames",), ("thames", "hants"))] == [[], []]
    (need,) = of_others(both, ("thames", "kent"))
    assert need.sentence.startswith("the archive holds 1 draft of hants, which is not configured: ")


@pytest.mark.on_both
def test_what_was_told_under_both_keys_is_told_once(both):
    with both.archive.transaction() as db:
        db.execute("DELETE FROM editions WHERE panel = 'hants'")
    both.panels.give("hants", "thames")
    assert seen(both)["told"] == ["thames"]


def flip(file: Path, trigger: str, change: str) -> None:
    """As damage changes a row: no trigger hears of it."""
    with closing(sqlite3.connect(file)) as archive, archive:
        (made,) = archive.execute("SELECT sql FROM sqlite_master WHERE name = ?", [trigger]).fetchone()
        archive.executescript(f"DROP TRIGGER {trigger}; {change}; {made}")


def test_what_is_given_keeps_its_seals_and_damage_shows_after_it(before):
    """A seal made anew would swear to what is damaged."""
    for table, column in {"messages": "detail", "editions": "rules_digest"}.items():
        flip(before, f"{table}_changed", f"UPDATE {table} SET {column} = 'flipped'")
    with Store.open(before, panel="thames", is_alone=True) as store:
        found = sorted(map(str, store.archive.broken_seals()))
    assert found == [
        "editions thames 1: it is not as it was written",
        "messages <thames-1@monitor.example>: it is not as it was written",
    ]


def test_an_edition_whose_panel_is_damaged_is_missed(both, file):
    flip(file, "editions_changed", "UPDATE editions SET panel = 'thamez' WHERE panel = 'thames'")
    assert list(map(str, both.archive.broken_seals())) == ["editions thames 1: it is not found any more"]
