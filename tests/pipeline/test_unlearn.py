"""What is asked before much is gone, and the last documents taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from editions import MADE, edition, item, link, near_miss
from officer import Officer, Ticker

from monitor.app.learning import learn_documents, take_back
from monitor.cli import main
from monitor.config.defaults import defaults_folder, write_defaults
from monitor.config.folder import read_config
from monitor.errors import InputError
from monitor.model import Said, Source
from monitor.pipeline.learn import Edited, learn_all
from monitor.pipeline.take import say
from monitor.pipeline.unlearn import unlearn
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.documents.word.notes import write_notes
from monitor.reporting.edition.record import edition_record, read_learned
from monitor.reporting.notes import working_notes
from monitor.store import Store

pytestmark = pytest.mark.on_both

MEETING = date(2026, 12, 18)
NAMES = ("Precept", "Waits", "Custody", "Fraud", "Stalking")
FURTHER = item(
    "further0", heading="Cameras", links=(link("Echo", article="f0", url="https://echo.example/f0"),)
)


def made(number: int = 1, moment: datetime = MADE):
    items = [
        item(
            f"story{place}",
            heading=name,
            links=(link("Echo", article=f"a{place}", url=f"https://echo.example/{place}"),),
            excerpt=(f"{name} in a sentence.", f"{name} in another."),
        )
        for place, name in enumerate(NAMES)
    ]
    one = edition(*items, near=(near_miss(),), number=number, made=moment)
    return replace(one, header=replace(one.header, meeting=MEETING), further=(FURTHER,))


EDITION = made()
DRAFT = write_word(EDITION)
LATER = MADE + timedelta(hours=1)


@pytest.fixture(scope="module")
def config():
    default = read_config(defaults_folder())
    return replace(default, panel=replace(default.panel, meetings=(MEETING,), papers_days=8))


@pytest.fixture
def kept(store):
    store.editions.keep(EDITION, edition_record(EDITION))
    return store


def edited(change) -> Edited:
    officer = Officer(DRAFT)
    change(officer)
    return document(officer.saved())


def document(written: bytes) -> Edited:
    return Edited(returned=read_back(written, "edited.docx"), name="edited.docx", digest=str(hash(written)))


def strike(officer, *names: str):
    for name in names:
        officer.strike(name)


def empty(officer, *names: str):
    for name in names:
        officer.cut(f"{name} in a sentence.").cut(f"{name} in another.")


def held(store) -> list[tuple[int, str, list[str]]]:
    """What holds: of which draft, from what, and what was said."""
    records = map(read_learned, store.decisions.records())
    return [(one.edition, one.source.value, [each.said.value for each in one.decisions]) for one in records]


# ── before much is gone ─────────────────────────────────────────────────────────────────────────────────────────

ASKED = {
    "nothing": (lambda o: None, ""),
    "two of five struck": (lambda o: strike(o, *NAMES[:2]), ""),
    "three of five struck": (lambda o: strike(o, *NAMES[:3]), "drop 3 and leave 0 without text"),
    "three of five emptied": (lambda o: empty(o, *NAMES[:3]), "drop 0 and leave 3 without text"),
    "two struck and one emptied": (
        lambda o: [strike(o, *NAMES[:2]), empty(o, NAMES[2])],
        "drop 2 and leave 1 without text",
    ),
    "all struck": (lambda o: strike(o, *NAMES), "drop 5 and leave 0 without text"),
    "three rewritten": (lambda o: [o.rewrite(f"{name} in a", "Other words.") for name in NAMES[:3]], ""),
}


@pytest.mark.parametrize("name", ASKED)
def test_it_is_asked_before_much_is_gone(name, kept, config):
    change, doubt = ASKED[name]
    (lesson,) = learn_all(kept, config, [edited(change)], LATER)
    assert doubt in lesson.doubt and bool(lesson.doubt) == bool(doubt)
    assert len(held(kept)) == (not doubt) and lesson.is_new == (not doubt)
    (sure,) = learn_all(kept, config, [edited(change)], LATER, sure=True)
    assert (sure.doubt, len(held(kept))) == ("", 1)


def test_of_several_documents_none_is_kept_where_one_is_doubted(kept, config):
    ticks = Ticker(write_notes(working_notes(EDITION, (), config, None))).click("Cameras")
    documents = [document(ticks.saved()), edited(lambda o: strike(o, *NAMES))]
    assert [bool(lesson.doubt) for lesson in learn_all(kept, config, documents, LATER)] == [True, False]
    assert held(kept) == []


def test_what_was_learned_already_is_not_asked_again(kept, config):
    given = edited(lambda o: strike(o, *NAMES))
    learn_all(kept, config, [given], LATER, sure=True)
    (again,) = learn_all(kept, config, [given], LATER)
    assert (again.doubt, again.is_new) == ("", False)


def test_one_item_of_a_small_draft_is_struck_without_a_question(store, config):
    small = replace(EDITION, items=EDITION.items[:1])
    store.editions.keep(small, edition_record(small))
    officer = Officer(write_word(small)).strike(NAMES[0])
    (lesson,) = learn_all(store, config, [document(officer.saved())], LATER)
    assert (lesson.doubt, lesson.is_new) == ("", True)


# ── taken back ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_document_is_taken_back_with_all_that_came_with_it(kept, config):
    learn_all(kept, config, [edited(lambda o: o.strike("Fraud"))], LATER)
    before = held(kept)
    second = edited(
        lambda o: o.retitle("Waits", "Queues").add("An own item", "With text.").note("Custody in a", "Why?")
    )
    learn_all(kept, config, [second], LATER + timedelta(hours=1))
    assert held(kept) != before
    (taken,) = unlearn(kept, config, LATER + timedelta(hours=2))
    assert (taken.learned.edition, taken.before, taken.since) == (1, LATER, None)
    assert held(kept) == before
    (lesson,) = learn_all(kept, config, [second], LATER + timedelta(hours=3))
    assert lesson.is_new  # it can be learned again


def test_documents_of_one_call_are_one_step_and_said_again_it_takes_the_one_before(kept, config):
    learn_all(kept, config, [edited(lambda o: o.strike("Fraud"))], LATER)
    ticks = Ticker(write_notes(working_notes(EDITION, (), config, None))).click("Cameras")
    both = [edited(lambda o: o.strike("Waits")), document(ticks.saved())]
    learn_all(kept, config, both, LATER + timedelta(hours=1))
    taken = unlearn(kept, config, LATER + timedelta(hours=2))
    assert [(one.learned.source, one.before) for one in taken] == [
        (Source.REPORT, LATER),
        (Source.NOTES, None),
    ]
    assert [said.count("dropped") for _, _, said in held(kept)] == [1]
    unlearn(kept, config, LATER + timedelta(hours=3))
    assert held(kept) == []
    with pytest.raises(InputError, match="No document was learned, so there is nothing to take back"):
        unlearn(kept, config, LATER + timedelta(hours=4))


def test_what_was_said_by_take_and_drop_stays(kept, config):
    learn_all(kept, config, [edited(lambda o: o.strike("Fraud"))], LATER)
    say(kept, config, ["story1"], Said.DROPPED, LATER + timedelta(hours=1))
    unlearn(kept, config, LATER + timedelta(hours=2))
    assert held(kept) == [(1, "word", ["dropped"])]


def test_a_word_about_an_address_as_outlook_shows_it_keeps_no_mailbox(kept, config):
    wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fno.example%2Fa&data=05%7C02%7Cofficer%40council.example"
    with pytest.raises(InputError) as said:
        say(kept, config, [wrapped], Said.TAKEN, LATER)
    assert "https://no.example/a" in str(said.value) and "officer" not in str(said.value)


PAPERS = datetime(2026, 12, 10, 7, tzinfo=UTC)  # they go out on this day
FILED = {
    "no draft since": (None, PAPERS + timedelta(days=3), None),
    "a draft since, and the papers are not out": (PAPERS, PAPERS + timedelta(hours=1), 2),
    "a draft since, and it was filed": (PAPERS, PAPERS + timedelta(days=1), "Draft 2, .* went out with the papers on 10 December 2026"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILED)
def test_what_was_filed_is_not_taken_back(name, kept, config):
    drafted, moment, expected = FILED[name]
    learn_all(kept, config, [edited(lambda o: o.strike("Fraud"))], LATER)
    if drafted:
        second = made(2, drafted)
        kept.editions.keep(second, edition_record(second))
    before = held(kept)
    if isinstance(expected, str):
        with pytest.raises(InputError, match=expected):
            unlearn(kept, config, moment)
        assert held(kept) == before
    else:
        (taken,) = unlearn(kept, config, moment)
        assert (taken.since, held(kept)) == (expected, [])


# ── as a person meets it ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(tmp_path) -> Path:
    write_defaults(tmp_path)
    (tmp_path / "data").mkdir()
    with Store.open(tmp_path / "data" / "archive.db") as store:
        store.editions.keep(EDITION, edition_record(EDITION))
    return tmp_path


def test_at_the_command_line(desk, capsys):
    def run(*words: str) -> tuple[int, str, str]:
        code = main(["--config", str(desk), *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    officer = Officer(DRAFT)
    strike(officer, *NAMES[:3])
    (path := desk / "edited.docx").write_bytes(officer.saved())
    code, out, err = run("learn", str(path))
    assert (code, out.splitlines()[-1]) == (
        1,
        "Draft 1: 2 kept, 0 of them changed; 3 dropped; 0 of your own.",
    )
    assert err == (
        "Of the 5 items of draft 1, edited.docx would drop 3 and leave 0 without text. Nothing was kept. "
        "If that is what you did, say it again with --yes; if not, look whether the document is whole.\n"
    )
    assert run("unlearn") == (1, "", "No document was learned, so there is nothing to take back.\n")
    code, out, err = run("learn", "--json", str(path))
    assert code == 1 and '"doubt": "Of the 5 items' in out
    assert run("learn", "--yes", str(path))[0] == 0
    code, out, _ = run("unlearn")
    first, second = out.splitlines()
    assert code == 0 and first.startswith("Taken back, as learned on ")
    assert first.endswith(": Draft 1: 2 kept, 0 of them changed; 3 dropped; 0 of your own.")
    assert second == "Of draft 1 nothing is learned now."


def test_what_else_is_said_of_it(desk):
    """What was learned before holds again; a draft made since stays."""
    paths = [desk / name for name in ("one.docx", "two.docx")]
    for path, name in zip(paths, NAMES, strict=False):
        path.write_bytes(Officer(DRAFT).strike(name).saved())
    learn_documents(desk, desk / "data", paths[:1], clock=lambda: LATER)
    learn_documents(desk, desk / "data", paths[1:], clock=lambda: LATER + timedelta(hours=1))
    with Store.open(desk / "data" / "archive.db") as store:
        second = made(2, LATER + timedelta(hours=2))
        store.editions.keep(second, edition_record(second))
    taken = take_back(desk, desk / "data", clock=lambda: LATER + timedelta(hours=3))
    assert list(taken.lines()) == [
        "Taken back, as learned on Monday 16 November 2026, 09:00: Draft 1: 4 kept, 0 of them changed; 1 dropped; 0 of your own.",
        "Of draft 1 holds again what was learned on Monday 16 November 2026, 08:00.",
        "Draft 2 was made with it, and stays as it is; the next draft is made without it.",
    ]
    (record,) = taken.records()
    assert (record["edition"], record["decisions"], record["since"]) == (1, 5, 2)


def test_what_was_taken_back_is_kept_and_holds_no_more_and_is_learned_again_as_new(kept, config):
    first = edited(lambda officer: strike(officer, NAMES[0]))
    learn_all(kept, config, [first], LATER)
    unlearn(kept, config, LATER + timedelta(hours=1))
    (row,) = kept.decisions.kept()
    assert (row.withdrawn, row.holds) == (LATER + timedelta(hours=1), False)
    assert held(kept) == []
    with pytest.raises(InputError, match="No document was learned"):
        unlearn(kept, config, LATER + timedelta(hours=2))
    (lesson,) = learn_all(kept, config, [first], LATER + timedelta(hours=3))
    assert lesson.is_new and len(held(kept)) == 1
    kept.decisions.withdraw([2], LATER)
    kept.decisions.put_again([1])
    assert len(held(kept)) == 1 and [row.holds for row in kept.decisions.kept()] == [True, False]
