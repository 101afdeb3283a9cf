"""Two panels over one archive for as long as it is kept: backed up and restored, forgotten, erased, given, and told of."""

import io
import json
import re
import sqlite3
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from conftest import article
from exposition import read as read_figures
from sidebyside import HANTS, OF_BOTH, OF_HANTS, OF_THAMES, THAMES, Side, first_week, headings

from monitor.app.channels import Job
from monitor.app.desk.entry.password import FILE as PASSWORD_FILE
from monitor.app.forgetting import prune_now
from monitor.app.login import Names, login_in, unused
from monitor.app.metrics import of_panels
from monitor.app.needs import told_by_panels
from monitor.app.secrets import known_secrets
from monitor.app.telling import watched
from monitor.cli import main
from monitor.model import Goes, Need, NeedKind
from monitor.pipeline.prune import of_all
from monitor.reporting.delivery.mail import Login
from monitor.reporting.telling.figures import Counted
from monitor.store import Store, rows
from monitor.store.articles import INSERT_ARTICLE

BOTH = (THAMES, HANTS)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with first_week(tmp_path_factory.mktemp("kept") / "config") as (side, *_):
        pass
    return side


@pytest.fixture
def side(made, tmp_path):
    return made.copied(tmp_path / "config")


def id_of(side: Side, word: str) -> str:
    with side.store() as store:
        (found,) = store.articles.headed([word])
    return found.id


# ── erased ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_what_both_have_is_erased_from_both(side, capsys):
    assert side.run("erase", "--name", "Home Secretary", "--yes") == 0
    out = capsys.readouterr().out
    assert "2 drafts rewritten" in out
    for name in BOTH:
        with side.store(name) as store:
            assert "Home Secretary" not in (store.editions.record(1) or "")
            assert b"Home Secretary" not in b"".join(one.content or b"" for one in store.editions.messages())
        assert not list((side.home(name) / "drafts").glob("*-draft-1*"))
    assert side.run("draft", panel=HANTS) == 0
    assert set(headings(side, HANTS)) == {OF_HANTS[0]}


def files_below(folder) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*-draft-2*") if path.is_file()}


@pytest.mark.slow
def test_what_one_has_is_erased_there_and_the_others_draft_of_that_number_stays(side, capsys):
    side.edit(THAMES, "panel.yaml", "\nforce:", "\nfeeds: {areas: [Berkshire, National]}\nforce:")
    for name in BOTH:
        assert side.run("draft", panel=name) == 0
    before = files_below(side.home(THAMES))
    capsys.readouterr()
    assert side.run("erase", id_of(side, "southampton"), "--yes", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rewritten"] == [
        1,
        1,
        2,
    ]  # its title was a near miss of the other's first
    assert files_below(side.home(THAMES)) == before
    assert (len(before) > 4, files_below(side.home(HANTS))) == (True, {})


def test_a_panel_that_is_configured_no_more_is_erased_from_too(side):
    (side.panel(HANTS) / "panel.yaml").unlink()
    assert side.run("erase", "--name", "Donna Jones", "--yes") == 0
    with closing(sqlite3.connect(side.archive)) as archive:
        records = [record for (record,) in archive.execute("SELECT record FROM editions")]
    assert len(records) == 2 and not any("Donna Jones" in record for record in records)


# ── backed up, and back ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_backup_keeps_both_and_brings_both_back(side, tmp_path):
    assert side.run("backup", "--out", str(tmp_path / "out")) == 0
    (file,) = (tmp_path / "out").iterdir()
    drafts = {name: sorted((side.home(name) / "drafts").glob("*.docx")) for name in BOTH}
    with zipfile.ZipFile(file) as zipped:
        names = set(zipped.namelist())
    wanted = {f"config/panels/{name}/{one}.yaml" for name in BOTH for one in ("panel", "topics", "places")}
    assert wanted | {"config/feeds.yaml"} <= names
    assert {f"panels/{name}/drafts/{path.name}" for name in BOTH for path in drafts[name]} <= names
    lost = [*(side.panel(name) / "places.yaml" for name in BOTH), *(paths[0] for paths in drafts.values())]
    before = {path: path.read_bytes() for path in lost}
    for path in lost:
        path.unlink()
    with Store.open(side.archive, panel=HANTS) as store, store.archive.transaction() as db:
        db.execute("DELETE FROM editions")
    assert side.run("restore", str(file)) == 0
    assert {path: path.read_bytes() for path in lost} == before
    assert set(headings(side, THAMES)) == {OF_THAMES[0], OF_BOTH[0]}
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}


@pytest.mark.slow
def test_a_backup_has_the_words_of_a_panel_that_cannot_be_read_is_gone_or_was_alone(side, tmp_path):
    """Edits that are not learned yet are nowhere else."""
    with (side.panel(HANTS) / "topics.yaml").open("a") as file:
        file.write("[")
    words = [home / "drafts" / "edited.docx" for home in (side.data, side.home("wessex"), side.home(HANTS))]
    for path in words:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"edited")
    assert side.run("backup", "--out", str(tmp_path / "out")) == 0
    (file,) = (tmp_path / "out").iterdir()
    with zipfile.ZipFile(file) as zipped:
        names = zipped.namelist()
    assert len(names) == len(set(names))
    assert {f"{below}drafts/edited.docx" for below in ("", "panels/wessex/", f"panels/{HANTS}/")} <= set(
        names
    )
    for path in words:
        path.unlink()
    assert side.run("restore", str(file)) == 0
    assert [path.read_bytes() for path in words] == [b"edited"] * 3


def test_what_a_restored_archive_lacks_is_counted_by_panel(side, tmp_path, capsys):
    """The other has drafts of the same numbers: numbers alone would miss one."""
    assert side.run("draft", panel=THAMES) == 0
    assert side.run("backup", "--out", str(tmp_path / "out")) == 0
    assert side.run("draft", panel=HANTS) == 0
    (file,) = (tmp_path / "out").iterdir()
    capsys.readouterr()
    assert side.run("restore", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["lost"]["drafts"] == 1


def test_housekeeping_is_done_once_for_all(side, capsys):
    assert side.run("housekeeping") == 0
    with side.store(HANTS) as store:
        jobs = {run.job for run in store.runs.last()}
    assert {"housekeeping", "integrity check", "prune", "backup"} <= jobs
    assert capsys.readouterr().out.count("Backup, ") == 1


# ── forgotten ───────────────────────────────────────────────────────────────────────────────────────────────────

T1, T2 = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "each, shared",
    [
        pytest.param([Goes(texts=("a", "b"))], Goes(texts=("a", "b")), id="one panel"),
        pytest.param([Goes(texts=("a", "b")), Goes(texts=("b", "c"))], Goes(texts=("b",)), id="a text that both are done with"),
        pytest.param([Goes(articles=("a",)), Goes(texts=("a",))], Goes(texts=("a",)), id="one would let it go whole"),
        pytest.param([Goes(articles=("a",)), Goes(articles=("a",))], Goes(articles=("a",)), id="both would"),
        pytest.param([Goes(texts=("a",)), Goes()], Goes(), id="one still needs it"),
        pytest.param([Goes(runs=T2, polls=T1), Goes(runs=T1, polls=T2)], Goes(runs=T1, polls=T1), id="the earlier moment"),
        pytest.param([Goes(runs=T1), Goes(runs=None)], Goes(), id="one keeps them for ever"),
        pytest.param([Goes(editions=(1,), decisions=(2,), messages=("m",))] * 2, Goes(), id="what is each one's own"),
    ],
)  # fmt: skip
def test_of_what_is_shared_goes_what_nobody_needs(each, shared):
    assert of_all(each) == shared


def store_article(side: Side, *, days: int) -> None:
    old = article("old", url="https://old.example/1", first_seen=datetime.now(UTC) - days * DAY)
    with side.store() as store, store.archive.transaction() as db:
        db.executemany(INSERT_ARTICLE, [rows.article_row(old)])


def test_a_text_stays_that_one_panel_still_keeps_and_goes_when_neither_does(side):
    store_article(side, days=450)
    texts = []
    for before, after in (("texts: 13 months", "texts: 24 months"), ("texts: 24 months", "texts: 13 months")):
        side.edit(HANTS, "panel.yaml", before, after)
        prune_now(side.folder, side.data)
        with side.store() as store:
            texts.append(bool(store.articles.get("old").paragraphs))
    assert texts == [True, False]


def test_while_a_panels_files_have_mistakes_nothing_shared_is_forgotten(side, capsys):
    store_article(side, days=450)
    (side.panel(HANTS) / "panel.yaml").write_text("panel: [")
    assert side.run("prune") == 0
    assert capsys.readouterr().out.strip() == "Nothing is over its time."


# ── given ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def of_before(side):
    """An archive that was one panel's, without keys, and the folder of several."""
    with closing(sqlite3.connect(side.archive)) as archive, archive:
        for table in ("editions", "messages", "decisions", "writings", "told", "runs"):
            archive.execute(f"DELETE FROM {table} WHERE panel = ?", [HANTS])
            archive.execute(f"UPDATE {table} SET panel = ''")
    return side


def test_drafts_of_before_there_were_several_are_nobodys_until_they_are_given(of_before, capsys):
    assert of_before.run("status") == 1
    said = "Needs a person: the archive holds 1 draft of before there were several panels: `monitor archive give NAME` makes them a panel’s."
    assert said in capsys.readouterr().out
    assert of_before.run("archive", "give", THAMES) == 0
    assert (
        capsys.readouterr()
        .out.strip()
        .endswith(f"of before there were several panels: {THAMES} has them now.")
    )
    assert set(headings(of_before, THAMES)) == {OF_THAMES[0], OF_BOTH[0]}


def test_a_panel_that_was_renamed_gets_its_drafts(side, capsys):
    with closing(sqlite3.connect(side.archive)) as archive, archive:
        archive.execute("UPDATE editions SET panel = 'hants' WHERE panel = ?", [HANTS])
    assert side.run("archive", "give", HANTS, "--from", "hants") == 0
    assert set(headings(side, HANTS)) == {OF_HANTS[0], OF_BOTH[0]}


REFUSED = {
    "no such panel": (("give", "kent"), f"There is no panel kent. There are: {HANTS}, {THAMES}."),
    "nothing of that name": (("give", THAMES, "--from", "kent"), f"The archive holds nothing of kent. It holds: {HANTS}, {THAMES}."),
    "itself": (("give", THAMES, "--from", THAMES), f"{THAMES} has them already."),
    "the same numbers": (("give", THAMES, "--from", HANTS), f"{THAMES} has drafts of the same numbers already, and those stand in "
                         "documents that people have. Give them to another panel, or leave them: they harm nobody."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_given_is_said(side, capsys, case):
    arguments, said = REFUSED[case]
    before = side.archive.read_bytes()
    assert side.run("archive", *arguments) == 1
    assert capsys.readouterr().err.strip() == said
    with side.store() as store:
        assert store.panels.all() == (HANTS, THAMES)
    assert before


def test_where_there_is_nothing_to_give_that_is_said(side, capsys):
    assert side.run("archive", "give", THAMES) == 0
    assert (
        capsys.readouterr().out.strip()
        == "The archive holds nothing of before there were several panels; nothing was changed."
    )


# ── told ────────────────────────────────────────────────────────────────────────────────────────────────────────

FAILS = Need(kind=NeedKind.FEED_FAILING, subject="https://a.example", sentence="A fails.")
OVERDUE = Need(kind=NeedKind.WEEKLY_OVERDUE, sentence="the weekly draft is overdue.")


def test_what_all_share_is_told_once_and_what_is_ones_own_by_its_name():
    told = told_by_panels([(HANTS, (FAILS, OVERDUE)), (THAMES, (FAILS, OVERDUE))])
    assert [(need.id, need.sentence) for need in told] == [
        ("feed-failing:https://a.example", "A fails."),
        (f"weekly-overdue:{HANTS}", f"{HANTS}: the weekly draft is overdue."),
        (f"weekly-overdue:{THAMES}", f"{THAMES}: the weekly draft is overdue."),
    ]


def test_of_one_panel_it_is_told_as_ever():
    assert told_by_panels([("", (FAILS, OVERDUE))]) == (FAILS, OVERDUE)


def counted(**changes) -> Counted:
    values = {
        "last_success": {"poll": T2, "weekly report": T2}, "last_runs": (), "runs": {("poll", True): 5, ("weekly report", True): 1},
        "articles": 9, "feeds": {"on": 2}, "undelivered": 1, "archive_bytes": 7, "edition": T2, "newest_article": T2,
        "addresses": {"on": frozenset({"a", "b"})},
    }  # fmt: skip
    return Counted(**{**values, **changes})


def test_the_figures_of_all_are_those_of_the_one_that_is_furthest_back():
    other = counted(
        last_success={"poll": T2, "weekly report": T1}, edition=T1, addresses={"on": frozenset({"b", "c"})}
    )
    found = of_panels([counted(), None, other])
    assert (found.articles, found.undelivered, found.edition, found.feeds) == (9, 2, T1, {"on": 3})
    assert found.last_success == {"poll": T2, "weekly report": T1}
    assert found.runs == {("poll", True): 5, ("weekly report", True): 2}


def test_a_poll_writes_figures_of_all_panels(side, tmp_path):
    file = tmp_path / "monitor.prom"
    main(["--config", str(side.folder), "--metrics", str(file), "poll"])
    figures = read_figures(file.read_text())
    assert figures["articles"] == 3
    assert figures['feeds{state="on"}'] == 3
    assert figures['runs{job="weekly report",outcome="ok"}'] == 2


def test_each_operator_is_told_of_its_own_panel(side):
    for name in BOTH:
        way = f"{{from: monitor@{name}.example, recipients: [officer@{name}.example], eml_folder: outbox}}"
        text = re.sub(
            r"mail: \{[^}]*\}",
            f"mail: {way}\n  operator: operator@{name}.example",
            (side.panel(name) / "panel.yaml").read_text(),
        )
        (side.panel(name) / "panel.yaml").write_text(text)
    (side.panel(THAMES) / "topics.yaml").write_text("topics: [")
    for hours in (0, 2):
        later = datetime.now(UTC) + timedelta(hours=hours)
        with watched(Job.POLL, side.folder, side.data, clock=lambda at=later: at) as watch:
            watch.ended(True, "")
    (letter,) = (side.home(THAMES) / "outbox").glob("*.eml")
    assert (
        f"operator@{THAMES}.example" in letter.read_text() and "no draft of this panel" in letter.read_text()
    )
    others = "".join(path.read_text() for path in (side.home(HANTS) / "outbox").glob("*.eml"))
    assert "YAML" not in others and THAMES not in others


# ── secrets of one ──────────────────────────────────────────────────────────────────────────────────────────────

SECRETS = {
    "MONITOR_SMTP_USER": "all", "MONITOR_SMTP_PASSWORD": "swordfish",
    "MONITOR_SMTP_USER_THAMES_VALLEY": "thames", "MONITOR_SMTP_PASSWORD_THAMES_VALLEY": "marlin-spike",
}  # fmt: skip


def test_a_panels_log_in_is_its_own_and_no_others_password_goes_to_its_relay():
    assert login_in(SECRETS, THAMES) == Login("thames", "marlin-spike")
    assert login_in(SECRETS, HANTS) is None
    assert login_in(SECRETS) == Login("all", "swordfish")
    assert Names.of(HANTS).file == "MONITOR_SMTP_PASSWORD_HAMPSHIRE_FILE"


def test_a_log_in_of_before_there_were_several_panels_is_nobodys_and_check_says_so(side, monkeypatch, capsys):
    assert unused(SECRETS, THAMES) is None and unused(SECRETS, "") is None and unused({}, HANTS) is None
    for name in ("MONITOR_SMTP_USER", "MONITOR_SMTP_PASSWORD"):
        monkeypatch.setenv(name, SECRETS[name])
    assert side.run("check", panel=HANTS) == 0
    out = capsys.readouterr().out
    assert "Needs a look: MONITOR_SMTP_USER is set, and with several panels nobody logs in with it" in out
    assert "MONITOR_SMTP_USER_HAMPSHIRE" in out and "swordfish" not in out


def test_it_is_known_for_a_secret():
    assert {"marlin-spike", "swordfish"} <= known_secrets(SECRETS)


@pytest.mark.parametrize("panel, code", [("", 1), (HANTS, 0)])
def test_a_new_password_of_the_desk_is_one_panels(side, monkeypatch, capsys, panel, code):
    monkeypatch.setattr(sys, "stdin", io.StringIO("three odd words\n"))
    assert side.run("desk", "--new-password", panel=panel) == code
    assert ("name it with --panel" in capsys.readouterr().err) == (code == 1)
    assert [name for name in BOTH if (side.home(name) / PASSWORD_FILE).exists()] == [panel] * (not code)
    assert not (side.data / PASSWORD_FILE).exists()
