"""The default panel and Hampshire's in one installation: one poll reads for both, each has its own week, and nothing of
one reaches the other."""

import json
import re
import shutil
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import postgres
import pytest
from docx import Document
from loopback import serve
from relay import free_port
from sidebyside import (
    HANTS,
    OF_BOTH,
    OF_HANTS,
    OF_THAMES,
    PANELS,
    THAMES,
    At,
    first_week,
    headings,
    installed,
    mailed,
)

from monitor.app import among
from monitor.app import weekly as weekly_job
from monitor.app import weeks as weeks_job
from monitor.app.home import chosen
from monitor.cli import main
from monitor.errors import InputError

OFFICERS = {THAMES: f"officer@{THAMES}.example", HANTS: f"officer@{HANTS}.example"}


def quietly(*_):
    pass


@pytest.fixture(scope="module")
def in_a_file(tmp_path_factory):
    with first_week(tmp_path_factory.mktemp("both") / "config") as made:
        yield made


@pytest.fixture(scope="module")
def on_a_server(tmp_path_factory, postgresql_server):
    with (
        postgres.own_schema(postgresql_server) as address,
        first_week(tmp_path_factory.mktemp("both") / "config", address) as made,
    ):
        yield made


@pytest.fixture(
    params=["in_a_file", pytest.param("on_a_server", marks=pytest.mark.postgresql)], name="first_week"
)
def of_first_week(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def side(in_a_file, tmp_path):
    """A copy to change."""
    return in_a_file[0].copied(tmp_path / "config")


@pytest.mark.slow
def test_each_feed_and_page_is_asked_for_once(first_week):
    _, asked, *_ = first_week
    assert {path: number for path, number in asked.items() if path != "/robots.txt"} == dict.fromkeys(
        (f"/{name}{end}" for name in ("berkshire", "solent", "national") for end in ("", "/rss")), 1
    )


def test_each_draft_has_its_own_stories_and_the_one_of_both(first_week):
    side, *_ = first_week
    assert set(headings(side, THAMES)) == {OF_THAMES[0], OF_BOTH[0]}
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}


def test_each_draft_is_number_1_in_its_own_folder(first_week):
    side, *_ = first_week
    for name in (THAMES, HANTS):
        found = {path.suffix for path in (side.home(name) / "drafts").iterdir() if "-draft-1" in path.name}
        assert found == {".docx", ".html", ".md", ".json"}
    assert not (side.data / "drafts").exists()


def text_of(part) -> str:
    return "\n".join(one.text for one in Document(BytesIO(part.get_content())).paragraphs)


def test_a_report_never_reaches_the_others_recipients(first_week):
    _, _, relays, done = first_week
    assert done.failures == ()
    for name, relay in relays.items():
        ((sender, recipients, content),) = relay.taken
        assert (sender, recipients) == (f"monitor@{name}.example", (OFFICERS[name],))
        (message,) = relay.messages
        says = "".join(map(text_of, message.iter_attachments()))
        assert (OF_THAMES[0] in says, OF_HANTS[0] in says) == (name == THAMES, name == HANTS)


def test_each_panels_lines_bear_its_name(first_week):
    *_, done = first_week
    assert {line.partition(": ")[0] for line in done.lines} == {THAMES, HANTS}
    assert f"{HANTS}: Draft 1 was sent: to {OFFICERS[HANTS]}." in done.lines


def test_a_second_run_makes_and_sends_nothing(first_week, capsys):
    side, _, relays, _ = first_week
    assert side.run("weekly") == 0
    assert [len(relay.taken) for relay in relays.values()] == [1, 1]
    assert [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"{HANTS}:",
        f"{THAMES}:",
    ]


# ── what is of one panel ────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_not_seen_by_the_other(side):
    with side.store() as store:
        (story,) = [one.id for one in store.articles.headed(["inspectors"])]
    assert side.run("drop", story, panel=THAMES) == 0
    assert side.run("draft", panel=THAMES) == side.run("draft", panel=HANTS) == 0
    assert set(headings(side, THAMES)) == {OF_THAMES[0]}
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}


def test_a_document_of_the_others_draft_is_not_learned(side, capsys):
    """Both drafts have the number 1, and a story of both."""
    (document,) = (side.home(THAMES) / "drafts").glob("*-draft-1.docx")
    capsys.readouterr()
    assert side.run("learn", str(document), "--yes", panel=HANTS) == 1
    assert (
        capsys.readouterr()
        .err.strip()
        .endswith(f"and that is another panel's: name it with --panel {THAMES}.")
    )
    assert side.run("learn", str(document), panel=THAMES) == 0
    with side.store() as store:
        assert [len(store.of(name).decisions.all()) for name in (THAMES, HANTS)] == [1, 0]


@pytest.mark.parametrize(
    "arguments", [("draft",), ("take", "x"), ("explain", "x"), ("unlearn",), ("backtest", "--rules", "RULES")]
)
def test_a_command_of_one_panel_asks_which_is_meant(in_a_file, capsys, arguments):
    side, *_ = in_a_file
    rules = str(side.panel(HANTS) / "topics.yaml")
    assert side.run(*(rules if one == "RULES" else one for one in arguments)) == 1
    said = capsys.readouterr().err.strip()
    assert (
        said
        == f"There are several panels here, and this is of one: name it with --panel ({HANTS}, {THAMES})."
    )


def test_a_panel_that_is_not_there_is_said(in_a_file, capsys):
    side, *_ = in_a_file
    assert side.run("draft", panel="kent") == 1
    assert (
        capsys.readouterr().err.strip()
        == f"--panel kent: there is no such panel. There are: {HANTS}, {THAMES}."
    )


def test_status_says_what_is_shared_once_and_each_by_its_name(first_week, capsys):
    side, *_ = first_week
    side.run("status")
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("Feeds: 3 on") for line in lines) == 1
    assert sum(line.startswith("Last poll") for line in lines) == 1
    assert {line.partition(":")[0] for line in lines if "Last draft: number 1" in line} == {THAMES, HANTS}


def test_status_in_json_has_each_panels_under_its_name(first_week, capsys):
    side, *_ = first_week
    side.run("status", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"], found["health"]["feeds"], found["edition"]) == (3, 3, None)
    assert {name: one["edition"]["number"] for name, one in found["panels"].items()} == {THAMES: 1, HANTS: 1}
    side.run("status", "--json", panel=HANTS)
    assert json.loads(capsys.readouterr().out)["edition"]["number"] == 1


def test_check_says_where_each_ones_drafts_go(in_a_file, capsys):
    side, *_ = in_a_file
    assert side.run("check") == 0
    said = [line.strip() for line in capsys.readouterr().out.splitlines() if "Drafts go to" in line]
    assert said == [f"Drafts go to: panels/{name}/drafts" for name in (HANTS, THAMES)]


# ── a panel's own feeds ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_panel_that_wants_some_feeds_drafts_from_these(side):
    side.edit(HANTS, "panel.yaml", "\nforce:", "\nfeeds: {areas: [hampshire]}\nforce:")
    assert side.run("draft", panel=HANTS) == 0
    assert set(headings(side, HANTS)) == {OF_HANTS[0]}
    side.edit(HANTS, "panel.yaml", "{areas: [hampshire]}", "{names: [The Nation]}")
    assert side.run("draft", panel=HANTS) == 0
    assert set(headings(side, HANTS)) == {OF_BOTH[0]}


# ── what is wrong with one ──────────────────────────────────────────────────────────────────────────────────────


def spoil_rules(side):
    (side.panel(THAMES) / "topics.yaml").write_text("topics: [")


def spoil_panel(side):
    (side.panel(THAMES) / "panel.yaml").unlink()


def spoil_folder(side):
    shutil.rmtree(side.home(THAMES) / "drafts", ignore_errors=True)
    (side.home(THAMES)).mkdir(parents=True, exist_ok=True)
    (side.home(THAMES) / "drafts").write_text("a file where a folder is wanted")


FAULTS = {
    "a topics.yaml with a mistake": (spoil_rules, f"{THAMES}: panels/{THAMES}/topics.yaml:1: "),
    "no panel.yaml": (spoil_panel, f"{THAMES}: panels/{THAMES}/panel.yaml:1: there is no such file"),
    "a folder that cannot be written": (spoil_folder, f"{THAMES}: "),
    "a relay that is down": (lambda side: None, f"{THAMES}: Draft 1 was not sent: 127.0.0.1:"),
}


@pytest.fixture(scope="module")
def polled(tmp_path_factory):
    """Read, and no week made yet. The relay of the Thames Valley is down."""
    with serve({}) as server:
        side = installed(tmp_path_factory.mktemp("polled") / "config", server)
        mailed(side, THAMES, free_port())
        assert side.run("poll") == 0
    return side


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_with_one_leaves_the_others_week_whole(polled, tmp_path, capsys, fault):
    spoil, said = FAULTS[fault]
    side = polled.copied(tmp_path / "config")
    spoil(side)
    assert side.run("weekly") == 1
    out, err = capsys.readouterr()
    assert said in err
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}
    assert f"{HANTS}: Draft 1: " in out
    assert len(list((side.home(HANTS) / "drafts").iterdir())) >= 4


def test_nor_does_it_keep_feeds_from_being_read(polled, tmp_path, capsys):
    side = polled.copied(tmp_path / "config")
    spoil_rules(side)
    assert side.run("poll") == 0
    assert capsys.readouterr().out.strip() == "No feed is due yet; `monitor poll --all` reads every feed."


def test_a_panels_own_folder_named_as_the_configuration_begins_no_archive_of_its_own(
    polled, tmp_path, monkeypatch, capsys
):
    side = polled.copied(tmp_path / "config")
    for folder in (str(side.panel(HANTS)), "."):
        monkeypatch.chdir(side.panel(HANTS))
        assert main(["--config", folder, "poll"]) == 0
        assert capsys.readouterr().out.strip() == "No feed is due yet; `monitor poll --all` reads every feed."
    assert not (side.panel(HANTS) / "data").exists()


def test_who_stands_in_a_panels_folder_may_name_another(polled, monkeypatch):
    monkeypatch.chdir(polled.panel(HANTS))
    assert chosen(Path(), THAMES) == polled.panel(THAMES)
    with pytest.raises(InputError, match=rf"There are: {HANTS}, {THAMES}\."):
        chosen(Path(), "kent")


@pytest.mark.parametrize(
    "typed, said",
    [
        (["draft", "--panel", HANTS], "--panel goes before the command: monitor --panel … draft"),
        (["feeds", "list", "--config=x"], "--config goes before the command: monitor --config … feeds list"),
        # In quotes or after a colon, as click's release has it.
        (["draft", "--pannel", HANTS], r"Error: No such option:? '?--pannel\b"),
    ],
)
def test_what_goes_before_the_command_is_said(typed, said, capsys):
    assert main(typed) == 2
    assert re.search(said, capsys.readouterr().err)


def test_a_feed_that_the_panel_does_not_want_is_not_said_to_be_none(polled, tmp_path, capsys):
    side = polled.copied(tmp_path / "config")
    side.edit(HANTS, "panel.yaml", "\nforce:", "\nfeeds: {areas: [Hampshire]}\nforce:")
    assert side.run("poll", "Berkshire Lantern", panel=HANTS) == 1
    assert "Berkshire Lantern is none of the feeds that this panel wants" in capsys.readouterr().err
    assert side.run("poll", "Berkshire Lamp", panel=HANTS) == 1
    assert "No feed is called" in capsys.readouterr().err


def test_status_names_it(polled, tmp_path, capsys):
    side = polled.copied(tmp_path / "config")
    spoil_rules(side)
    assert side.run("status") == 1
    assert (
        f"Needs a person: {THAMES}: its files cannot be read, so no draft of this panel is made."
        in capsys.readouterr().out
    )


def test_those_whose_week_is_due_are_worked_out_together_and_draft_as_alone(polled, tmp_path, monkeypatch):
    side, drafted = polled.copied(tmp_path / "config"), {}
    draft_in, now = weekly_job.draft_in, datetime.now(UTC)

    def watched(workspace, *arguments, among, **named):
        drafted[workspace.config.panel.area.id] = among
        return draft_in(workspace, *arguments, among=among, **named)

    monkeypatch.setattr(weekly_job, "draft_in", watched)
    weeks_job.weekly_of_all(side.folder, side.data, progress=quietly, clock=lambda: now)
    assert drafted[THAMES].judge is not drafted[HANTS].judge
    assert drafted[THAMES]._shared is drafted[HANTS]._shared
    one_by_one = polled.copied(tmp_path / "other")
    for name in PANELS:
        weekly_job.weekly(one_by_one.panel(name), one_by_one.data, progress=quietly, clock=lambda: now)
        assert record_of(one_by_one, name) == record_of(side, name)
    assert drafted == dict.fromkeys(PANELS)


def record_of(side, name):
    with side.store(name) as store:
        return store.editions.record(1)


@pytest.mark.parametrize(
    ("spoil", "drafted"),
    [
        (lambda side: None, [THAMES, HANTS]),
        (spoil_rules, [HANTS]),
        (lambda side: side.run("weekly", panel=THAMES), [HANTS]),
    ],
    ids=["all", "one's rules have a mistake", "one's draft is made"],
)
def test_only_those_sit_together_that_are_to_draft(polled, tmp_path, monkeypatch, spoil, drafted):
    side, sat = polled.copied(tmp_path / "config"), []
    spoil(side)
    together = among.together
    monkeypatch.setattr(among, "together", lambda due: [sat.extend(due), together(due)][1])
    weeks_job.weekly_of_all(side.folder, side.data, progress=quietly)
    assert sorted(config.panel.area.id for config in sat) == sorted(drafted)


@pytest.mark.slow
def test_every_draft_is_made_before_a_relay_is_asked(polled, tmp_path, monkeypatch):
    """One may hang for minutes: the draft of another does not wait for it."""
    side, held = polled.copied(tmp_path / "config"), []
    deliver = weekly_job.deliver

    def watched(workspace, *parts):
        with side.store() as store:
            held.append((workspace.config_folder.name, len(store.editions.all())))
        return deliver(workspace, *parts)

    monkeypatch.setattr(weekly_job, "deliver", watched)
    weeks_job.weekly_of_all(side.folder, side.data, progress=quietly)
    assert held == [(HANTS, 2), (THAMES, 2)]


def broken_at(monkeypatch, step):
    """The step is a bug at Hampshire."""
    usual = getattr(weekly_job, step)

    def breaks(workspace, *parts, **named):
        if workspace.config_folder.name == HANTS:
            raise ZeroDivisionError
        return usual(workspace, *parts, **named)

    monkeypatch.setattr(weekly_job, step, breaks)


@pytest.mark.parametrize("step", ["draft_week", "deliver"])
@pytest.mark.slow
def test_a_bug_at_one_is_raised_when_the_others_are_done(polled, tmp_path, monkeypatch, step):
    side, told = polled.copied(tmp_path / "config"), []
    broken_at(monkeypatch, step)
    with pytest.raises(ZeroDivisionError):
        weeks_job.weekly_of_all(side.folder, side.data, progress=quietly, tell=told.append)
    assert set(headings(side, THAMES)) == {OF_THAMES[0], OF_BOTH[0]}
    assert [
        line for done in told for line in done.failures if line.startswith(f"{THAMES}: Draft 1 was not sent")
    ]


@pytest.mark.parametrize("step, begun", [("draft_week", [HANTS]), ("deliver", [HANTS, THAMES, "delivery"])])
def test_ctrl_c_ends_it_at_once(polled, tmp_path, monkeypatch, step, begun):
    side, seen = polled.copied(tmp_path / "config"), []
    draft_week = weekly_job.draft_week

    def drafting(workspace, *parts):
        seen.append(workspace.config_folder.name)
        if step == "draft_week":
            raise KeyboardInterrupt
        return draft_week(workspace, *parts)

    def delivering(*_):
        seen.append("delivery")
        raise KeyboardInterrupt

    monkeypatch.setattr(weekly_job, "draft_week", drafting)
    monkeypatch.setattr(weekly_job, "deliver", delivering)
    with pytest.raises(KeyboardInterrupt):
        weeks_job.weekly_of_all(side.folder, side.data, progress=quietly)
    assert seen == begun


# ── side by side in processes ───────────────────────────────────────────────────────────────────────────────────


def week_of_two_processes(side, monkeypatch, now):
    monkeypatch.setattr(weeks_job, "FEWEST", 1)
    return weeks_job.weekly_of_all(side.folder, side.data, progress=quietly, clock=At(now), processes=2)


def documents_of(side, name):
    """By name; of a Word file what its parts hold, for its zip says when it was written."""
    found = {path.name: path for path in (side.home(name) / "drafts").rglob("*") if path.is_file()}
    return {
        name: parts_of(path) if path.suffix == ".docx" else path.read_bytes() for name, path in found.items()
    }


def parts_of(path):
    with ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.slow
def test_drafts_of_two_processes_are_those_of_one(polled, tmp_path, monkeypatch):
    now = datetime.now(UTC)
    side, alone = polled.copied(tmp_path / "config"), polled.copied(tmp_path / "other")
    done = week_of_two_processes(side, monkeypatch, now)
    weeks_job.weekly_of_all(alone.folder, alone.data, progress=quietly, clock=At(now))
    for name in PANELS:
        assert record_of(side, name) == record_of(alone, name)
        assert documents_of(side, name) == documents_of(alone, name) != {}
    assert {line.partition(": Draft 1: ")[0] for line in done.lines if ": Draft 1: " in line} == set(PANELS)
    assert [line.partition(" was not sent")[0] for line in done.failures] == [f"{THAMES}: Draft 1"]


@pytest.mark.parametrize("what", ["ends", "meets_a_bug"])
@pytest.mark.slow
def test_what_a_process_leaves_undone_is_done_here(polled, tmp_path, monkeypatch, what):
    side = polled.copied(tmp_path / "config")
    monkeypatch.setattr(weeks_job, "DRAFTS", f"sidebyside:{what}")
    week_of_two_processes(side, monkeypatch, datetime.now(UTC))
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}
    assert set(headings(side, THAMES)) == {OF_THAMES[0], OF_BOTH[0]}


def test_without_room_for_turns_one_process_drafts_all(polled, tmp_path, monkeypatch):
    side = polled.copied(tmp_path / "config")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    monkeypatch.setattr(weeks_job, "answers", lambda *_, **__: pytest.fail("another process was started"))
    week_of_two_processes(side, monkeypatch, datetime.now(UTC))
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}
    assert set(headings(side, THAMES)) == {OF_THAMES[0], OF_BOTH[0]}


@pytest.mark.parametrize(
    ("panels", "processes", "parts"),
    [
        (2, 2, [2]),
        (7, 2, [7]),
        (8, 2, [4, 4]),
        (43, 1, [43]),
        (43, 2, [22, 21]),
        (43, 64, [5, 5, 5, 4, 4, 4, 4, 4, 4, 4]),
    ],
)
def test_a_process_is_started_for_some_panels_and_each_is_of_one(panels, processes, parts):
    folders = [Path(f"panel-{number}") for number in range(panels)]
    found = weeks_job.dealt(folders, processes)
    assert [len(part) for part in found] == parts
    assert sorted(folder for part in found for folder in part) == sorted(folders)
