"""backup, restore and housekeeping: what is in a backup, what comes back, and that nothing is lost on the way."""

import io
import json
import logging
import os
import shutil
import sqlite3
import sys
import zipfile
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, article
from loopback import Answer, serve
from rights import bound_by_modes
from where import ROOT

from monitor.app import feed_states, housekeeping, state, unpacking, workspace
from monitor.app.archives import archive_of
from monitor.app.backups import backup
from monitor.app.housekeeping import is_due
from monitor.app.locks import Work, alone
from monitor.app.lost import NOTE
from monitor.app.new_archive import begin_anew
from monitor.app.restoring import restore
from monitor.app.runs import DraftWanted, draft
from monitor.cli import main
from monitor.config.folder import read_config
from monitor.errors import ArchiveLost, Busy, InputError, MonitorError, OutputError, StoreError
from monitor.model import FeedState, PollOutcome, PollResult, Run
from monitor.store import Store
from monitor.store.search import FILE
from monitor.store.sqlite.lineage import log_of

CONFIG = read_config(ROOT)
FEED = "https://courier.example/rss"


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    """The default configuration, whatever the folder: to read it takes a second each time."""
    for module in (workspace, state, unpacking):
        monkeypatch.setattr(module, "read_config", lambda _folder: CONFIG)
    monkeypatch.setattr(state, "misfits_in", lambda _folder: ())


def write(store, *names, at=NOW):
    stored = [article(name, first_seen=at) for name in names]
    outcome = PollOutcome(feed=FEED, at=at, result=PollResult.NEW, entries=1, new=1)
    store.feeds.save_poll(outcome, FeedState(url=FEED), stored)


class Desk:
    def __init__(self, folder):
        self.config, self.data = folder, folder / "data"
        self.archive = archive_of(self.data)

    def store(self, *names, at=NOW):
        with workspace.workspace_to_change(self.config, self.data, None, lambda: at) as opened:
            write(opened.store, *names, at=at)

    def back_up(self, at=NOW):
        return backup(self.config, self.data, clock=lambda: at)

    def restore(self, file, at=NOW):
        return restore(self.config, self.data, file, clock=lambda: at)

    @property
    def held(self):
        with Store.open(self.archive) as store:
            return {row["id"] for row in store.archive.read("SELECT id FROM articles")}

    @property
    def needs(self):
        found = state.status(self.config, self.data, NOW + timedelta(days=9)).needs
        return [need.sentence for need in found if need.kind.startswith(("archive", "no-backup"))]


@pytest.fixture
def desk(tmp_path, engine):
    found = Desk(tmp_path)
    found.store("one", "two")
    return found


def names_in(path):
    with zipfile.ZipFile(path) as zipped:
        return set(zipped.namelist())


# ── backup ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_backup_holds_what_cannot_be_made_again(desk):
    (desk.config / "feeds.yaml").write_text("feeds: []\n")
    (desk.data / "drafts" / "notes").mkdir(parents=True)
    for name in ("draft-1.docx", "notes/draft-1-notes.docx", "draft-1.html", "~$draft-1.docx"):
        (desk.data / "drafts" / name).write_bytes(b"x")
    done = desk.back_up()
    assert done.path == desk.data / "backups" / "topical-issues-20261116T070000Z.zip"
    assert names_in(done.path) == {
        "archive.db",
        "about.json",
        "config/feeds.yaml",
        "drafts/draft-1.docx",
        "drafts/notes/draft-1-notes.docx",
    }
    with zipfile.ZipFile(done.path) as zipped:
        about = json.loads(zipped.read("about.json"))
    assert (about["articles"], about["editions"]) == (2, [])
    assert done.counts.endswith("2 articles, first seen Monday 16 November 2026, 07:00 to Monday 16 November 2026, 07:00; 0 drafts, 0 decisions.")  # fmt: skip
    assert os.listdir(desk.data / "backups") == [done.path.name]


def test_what_the_desk_keeps_is_in_it_and_comes_back_where_it_is_missing(desk):
    kept = {"labels.jsonl": "{}\n", "feed-changes.json": "[]", "rules/versions/1-a.json": "{}"}
    for name, body in {**kept, "rules/drafts/b.json": "{}", "desk.key": "k", "desk.password": "p"}.items():
        (desk.data / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.data / name).write_text(body)
    done = desk.back_up()
    assert {name for name in names_in(done.path) if name.startswith("desk")} == {
        f"desk/{name}" for name in kept
    }
    (desk.data / "labels.jsonl").unlink()
    (desk.data / "rules" / "versions" / "1-a.json").unlink()
    (desk.data / "feed-changes.json").write_text("[1]")
    with zipfile.ZipFile(done.path, "a") as zipped:  # another's file may name anything
        for name in (
            "desk/desk.key",
            "desk/archive.db",
            "desk/rules/versions/../../desk.ended",
            "desk/labels.jsonl/x.json",
        ):
            zipped.writestr(name, "evil")
    back = restore(desk.config, desk.data, done.path, clock=lambda: NOW)
    assert {path.name for path in back.written} == {"labels.jsonl", "1-a.json"}
    assert (desk.data / "labels.jsonl").read_text() == "{}\n"
    assert (desk.data / "feed-changes.json").read_text() == "[1]" and (
        desk.data / "desk.key"
    ).read_text() == "k"
    assert not (desk.data / "desk.ended").exists()


def test_it_holds_what_is_in_the_log_alone(desk):
    with Store.open(desk.archive) as busy:
        write(busy, "three")
        assert log_of(desk.archive).stat().st_size > 0
        done = desk.back_up()
    with zipfile.ZipFile(done.path) as zipped:
        zipped.extract("archive.db", desk.config)
    with Store.open(desk.config / "archive.db") as store:
        assert store.articles.count() == 3


def test_a_file_that_may_not_be_read_is_left_out_and_named(desk, monkeypatch):
    (desk.data / "drafts").mkdir()
    for name in ("a.docx", "roots.docx"):
        (desk.data / "drafts" / name).write_text("x")
    opened = Path.open

    def may_open(path, *arguments, **named):
        if path.name == "roots.docx":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", may_open)
    made = desk.back_up()
    assert "drafts/a.docx" in names_in(made.path) and "drafts/roots.docx" not in names_in(made.path)
    assert f"Not in it: {desk.data / 'drafts' / 'roots.docx'} (Permission denied)" in made.lines()
    assert "without 1 file that cannot be read" in made.counts


def test_elsewhere_none_is_removed_and_a_second_of_a_moment_gets_a_number(desk, tmp_path):
    made = [backup(desk.config, desk.data, tmp_path / "out", clock=lambda: NOW).path.name for _ in range(2)]
    assert made == ["topical-issues-20261116T070000Z.zip", "topical-issues-20261116T070000Z-2.zip"]


def test_old_ones_make_room_and_what_is_not_ours_stays(desk):
    desk.back_up()
    (desk.data / "backups" / "holiday.zip").write_bytes(b"x")
    left = desk.data / "backups" / ".making-abc"
    left.mkdir()
    done = desk.back_up(NOW + timedelta(hours=1))
    assert [path.name for path in done.removed] == ["topical-issues-20261116T070000Z.zip"]
    assert set(os.listdir(desk.data / "backups")) == {"topical-issues-20261116T080000Z.zip", "holiday.zip"}


def damage(desk):
    """Every second page but the first."""
    body = bytearray(desk.archive.read_bytes())
    for at in range(4096, len(body), 8192):
        body[at : at + 4096] = b"\xff" * 4096
    desk.archive.write_bytes(body)


def test_a_damaged_archive_is_not_backed_up_and_pushes_nothing_out(desk):
    good = desk.back_up()
    damage(desk)
    with pytest.raises(StoreError, match="damaged"):
        desk.back_up(NOW + timedelta(hours=1))
    assert os.listdir(desk.data / "backups") == [good.path.name]


def test_where_there_is_no_archive_there_is_nothing_to_back_up(tmp_path):
    with pytest.raises(InputError, match="no archive"):
        Desk(tmp_path).back_up()
    assert not (tmp_path / "data").exists()


# ── restore ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_there_comes_back_and_what_is_lost_is_said(desk):
    made = desk.back_up()
    desk.store("three", "four", at=NOW + timedelta(days=1))
    done = desk.restore(made.path, NOW + timedelta(days=2))
    assert desk.held == {"one", "two"}
    assert list(done.lines()) == [
        f"The replaced archive is kept: {desk.data / 'archive-replaced-2026-11-18-0700.db'}",
        "Lost: 2 articles that the replaced archive held and this one does not.",
        f"Restored from {made.path}: 2 articles, first seen Monday 16 November 2026, 07:00 to Monday 16 November 2026, "
        "07:00; 0 drafts, 0 decisions.",
    ]
    with Store.open(done.replaced) as store:
        assert store.articles.count() == 4
    with Store.open(desk.archive) as store:
        assert [run.job for run in store.runs.last()] == ["restore"]
    assert not [name for name in os.listdir(desk.data) if name.startswith((".restoring", "archive.db-"))]


def test_the_search_index_is_in_no_backup_and_goes_with_the_archive_that_it_is_of(desk):
    (desk.data / FILE).write_bytes(b"of the archive that is replaced")
    made = desk.back_up()
    assert not [name for name in names_in(made.path) if "search" in name]
    desk.restore(made.path)
    assert not (desk.data / FILE).exists()


def test_the_log_of_a_killed_run_is_not_taken_for_the_restored_archives(desk):
    made = desk.back_up()
    kill_while_writing(desk, "three")
    done = desk.restore(made.path)
    assert desk.held == {"one", "two"}
    with Store.open(done.replaced) as store:
        assert store.articles.count() == 3  # with what was in its log


def kill_while_writing(desk, name):
    """What it wrote is in the log alone."""
    with Store.open(desk.archive) as store:
        write(store, name)
        left = {path: path.read_bytes() for path in (desk.archive, log_of(desk.archive))}
    for path, body in left.items():
        path.write_bytes(body)


def test_a_damaged_archive_is_replaced_and_kept_with_its_log(desk):
    made = desk.back_up()
    kill_while_writing(desk, "three")
    log = log_of(desk.archive).read_bytes()
    desk.archive.write_bytes(b"\xff" * 8192)
    done = desk.restore(made.path)
    assert desk.held == {"one", "two"}
    assert done.replaced.read_bytes() == b"\xff" * 8192 and log_of(done.replaced).read_bytes() == log
    assert "cannot be counted" in list(done.lines())[1]


@pytest.mark.parametrize("with_log", [False, True])
def test_a_plain_copy_is_a_backup_too(desk, tmp_path, with_log):
    copy = tmp_path / "copies" / "archive.db"
    copy.parent.mkdir()
    if with_log:
        kill_while_writing(desk, "three")
        shutil.copy(log_of(desk.archive), log_of(copy))
    shutil.copy(desk.archive, copy)
    desk.store("four")
    desk.restore(copy)
    assert desk.held == ({"one", "two", "three"} if with_log else {"one", "two"})


def test_files_come_back_only_where_they_are_missing(desk):
    for name in ("feeds.yaml", "panel.yaml", "data/drafts/a.docx", "data/drafts/notes/b.docx"):
        (desk.config / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.config / name).write_text("as it was")
    made = desk.back_up()
    shutil.rmtree(desk.data / "drafts" / "notes")
    (desk.config / "feeds.yaml").unlink()
    (desk.config / "panel.yaml").write_text("changed since")
    done = desk.restore(made.path)
    assert set(done.written) == {desk.config / "feeds.yaml", desk.data / "drafts" / "notes" / "b.docx"}
    assert (desk.config / "panel.yaml").read_text() == "changed since"


def test_a_zip_file_writes_nowhere_else(desk):
    made = desk.back_up()
    with zipfile.ZipFile(made.path, "a") as zipped:
        for name in ("drafts/../../out.docx", "/tmp/out.docx", "config/../feeds.yaml", "config/x/feeds.yaml"):
            zipped.writestr(name, "x")
        zipped.writestr("config/run.sh", "x")
        zipped.writestr("drafts\\..\\..\\out.docx", "x")
    assert desk.restore(made.path).written == ()


def zipped_with(name, body, packing=zipfile.ZIP_STORED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as zipped:
        zipped.writestr(name, body)
    return held.getvalue()


def zipped_and_hit(name, body, packing):
    """A zip file in which letters of what is packed are wrong from its first on: what unpacks it says so, not
    zipfile."""
    whole = bytearray(zipped_with(name, body, packing))
    begins = whole.index(name.encode()) + len(name)
    whole[begins + 4 : begins + 40] = b"\xff" * 36
    return bytes(whole)


def an_archive(path):
    with Store.open(path):
        pass
    return path.read_bytes()


def a_newer_archive(path):
    with Store.open(path):
        pass
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('monitor', 'z', '')"
        )
    connection.close()
    return path.read_bytes()


NO_BACKUPS = {
    "text": lambda _: b"Dear officer, " * 400,
    "nothing": lambda _: b"",
    "another zip": lambda _: zipped_with("holiday.jpg", b"x"),
    "a zip that is cut short": lambda path: path.read_bytes()[:-400],
    "a zip with a flipped byte": lambda path: (body := path.read_bytes())[:900] + b"\x00\x01\x02" + body[903:],
    "a damaged archive in it": lambda _: zipped_with("archive.db", b"SQLite format 3\x00" + b"\x01" * 9000),
    "a plain file in it": lambda _: zipped_with("archive.db", b"\0" * 50_000, zipfile.ZIP_DEFLATED),
    "a folder of that name": lambda _: zipped_with("archive.db/", b""),
    **{
        f"wrong letters in what is packed, by way {way}": lambda path, way=way: zipped_and_hit(
            "archive.db", an_archive(path.parent / "other.db"), way
        )
        for way in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    },
    "an archive of a newer version": lambda path: a_newer_archive(path.parent / "newer.db"),
}  # fmt: skip


@pytest.mark.parametrize("body", NO_BACKUPS.values(), ids=NO_BACKUPS)
def test_what_is_no_backup_changes_nothing(desk, tmp_path, body):
    made, before = desk.back_up(), desk.archive.read_bytes()
    file = tmp_path / "file"
    file.write_bytes(body(made.path))
    with pytest.raises(MonitorError):
        desk.restore(file)
    assert desk.archive.read_bytes() == before
    assert [name for name in os.listdir(desk.data) if "restoring" in name or "replaced" in name] == []


def test_nothing_is_unpacked_for_which_there_is_no_room(desk, tmp_path, monkeypatch):
    """A few kilobytes may unpack to more than a disk has."""
    made, room = desk.back_up(), shutil.disk_usage(tmp_path)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    monkeypatch.setattr(shutil, "copyfileobj", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(OutputError, match="has room for 0. Nothing was changed"):
        desk.restore(made.path)


@pytest.mark.parametrize("shut", ["the backup", "its folder"])
def test_a_backup_that_may_not_be_read_is_not_called_missing(desk, shut):
    made = desk.back_up()
    closed = made.path if shut == "the backup" else made.path.parent
    mode = closed.stat().st_mode
    closed.chmod(0)
    with (
        bound_by_modes(),
        pytest.raises(InputError, match="cannot be read, and nothing was changed: Permission denied"),
    ):
        desk.restore(made.path)
    closed.chmod(mode)


@pytest.mark.parametrize("name", ["config/feeds.yaml", "drafts/a.docx"])
def test_what_else_is_damaged_in_it_is_named_and_the_archive_is_back(desk, tmp_path, name):
    (desk.data / "drafts").mkdir()
    made = desk.back_up()
    with zipfile.ZipFile(made.path) as whole, zipfile.ZipFile(tmp_path / "hit.zip", "w") as other:
        other.writestr("archive.db", whole.read("archive.db"))
        other.writestr("config/places.yaml", "places: []\n")
    _joined(tmp_path / "hit.zip", name)
    done = desk.restore(tmp_path / "hit.zip")
    assert done.written == (desk.config / "places.yaml",)
    (said,) = done.missing
    assert (
        said.startswith("Not written: ")
        and name.partition("/")[2] in said
        and "damaged in the backup" in said
    )
    assert desk.held == {"one", "two"}
    with Store.open(desk.archive) as store:
        assert store.runs.last_success("restore")


def _joined(path, name):
    """A member that is damaged, in a zip file that is not: as zipfile would write it, with its letters changed."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as other:
        other.writestr(name, b"feeds: []\n" * 90)
    whole = path.read_bytes()
    begins = whole.index(name.encode()) + len(name)
    path.write_bytes(whole[: begins + 4] + b"\xff" * 8 + whole[begins + 12 :])


@pytest.mark.parametrize("work", Work)
def test_it_waits_for_nobody_at_work(desk, work):
    made, before = desk.back_up(), desk.archive.read_bytes()
    with alone(desk.data, work), pytest.raises(Busy):
        desk.restore(made.path)
    assert desk.archive.read_bytes() == before


def test_nor_for_who_reads_the_archive(desk):
    made = desk.back_up()
    desk.store("three")
    with Store.open(desk.archive, make=False) as reader:
        assert reader.articles.count() == 3
        with pytest.raises(Busy):
            desk.restore(made.path)
    assert desk.held == {"one", "two", "three"}


# All that changes a name, and before an archive is opened: what is written between stands aside, under no name of ours.
ACTS = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "shutil.copyfile",
    "shutil.rmtree",
    "sqlite3.connect",
    "tempfile.",
)


def killed_at(number, work) -> bool:
    """Does the work in a process that is gone at the so-manieth thing that it does to files; false where it ended."""
    child = os.fork()
    if not child:
        done = 0

        def count(event, _arguments):
            nonlocal done
            if event.startswith(ACTS):
                done += 1
                if done == number:
                    os._exit(9)

        logging.disable(logging.CRITICAL)
        sys.addaudithook(count)
        with suppress(BaseException):
            work()
            os._exit(0)
        os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_the_old_archive_or_the_new_one(desk, is_damaged):
    made = desk.back_up()
    kill_while_writing(desk, "three")
    if is_damaged:
        desk.archive.write_bytes(b"\xff" * 8192)
    start = {path.name: path.read_bytes() for path in desk.data.iterdir() if path.is_file()}
    number, seen = 0, []
    while killed_at(number := number + 1, lambda: desk.restore(made.path)):
        kept = [path for path in desk.data.glob("archive-replaced-*.db")]
        try:
            held = desk.held
        except ArchiveLost:
            held = None
        seen.append(held)
        assert held in ({"one", "two"}, None if is_damaged else {"one", "two", "three"})
        if held == {"one", "two"} and is_damaged:
            assert kept[0].read_bytes() == b"\xff" * 8192
            assert log_of(kept[0]).read_bytes() == start["archive.db-wal"]
        for path in desk.data.iterdir():
            if path.is_file():
                path.unlink()
        for name, body in start.items():
            (desk.data / name).write_bytes(body)
    assert number > 15 and {"one", "two"} in seen and seen[0] != {"one", "two"}
    assert desk.held == {"one", "two"}


# ── an archive that is lost ─────────────────────────────────────────────────────────────────────────────────────


def emptied(desk):
    desk.archive.write_bytes(b"")


def unmounted(desk):
    shutil.rmtree(desk.data)
    desk.data.mkdir()


def gone(desk):
    shutil.rmtree(desk.data)


def only_the_archive_gone(desk):
    desk.archive.unlink()


LOST = {
    emptied: "is empty, though this configuration has run with it before.",
    unmounted: "is empty, though this configuration has run with it before: is its disk not there?",
    gone: "is empty, though this configuration has run with it before: is its disk not there?",
    only_the_archive_gone: "is gone, though this configuration has run with it before.",
}


@pytest.mark.parametrize("how", LOST)
def test_a_lost_archive_is_never_taken_for_a_new_one(desk, how):
    made = backup(desk.config, desk.data, desk.config / "elsewhere", clock=lambda: NOW)
    how(desk)
    before = sorted(desk.data.rglob("*")) if desk.data.exists() else None
    with pytest.raises(ArchiveLost) as lost:
        desk.store("three")
    assert LOST[how] in str(lost.value)
    assert "init --new-archive`" in str(lost.value) and "restore" in str(lost.value)
    (need,) = desk.needs
    assert LOST[how] in need
    assert before == (sorted(desk.data.rglob("*")) if desk.data.exists() else None)
    desk.restore(made.path)
    assert desk.held == {"one", "two"}


@pytest.mark.parametrize("how", LOST)
def test_one_may_begin_anew(desk, how):
    how(desk)
    desk.data.mkdir(exist_ok=True)
    (desk.data / FILE).write_bytes(b"of the archive that is lost")
    assert begin_anew(desk.data) == (f"Begun anew, with an empty archive: {desk.archive}",)
    assert not (desk.data / FILE).exists()
    desk.store("three")
    assert desk.held == {"three"}


def test_nobody_begins_anew_over_an_archive(desk):
    with pytest.raises(InputError, match="move it away yourself"):
        begin_anew(desk.data)
    assert desk.held == {"one", "two"}


def test_the_newest_backups_are_named(desk):
    made = [desk.back_up(NOW + timedelta(days=day)).path for day in range(5)]
    desk.archive.unlink()
    (need,) = desk.needs
    assert f"{made[4]}, {made[3]}, {made[2]} and 2 older." in need
    assert f"restore {made[4]}` puts the newest back." in need


@pytest.mark.parametrize("trace", ["backups/topical-issues-20261116T070000Z.zip", "drafts/a.docx"])
def test_what_is_left_in_the_data_folder_speaks_where_nothing_was_noted(tmp_path, trace):
    desk = Desk(tmp_path)
    (desk.data / trace).parent.mkdir(parents=True)
    (desk.data / trace).write_bytes(b"x")
    with pytest.raises(ArchiveLost):
        desk.store("one")


def test_a_new_folder_is_new(desk, tmp_path):
    other = Desk(desk.config)
    other.data = tmp_path / "other"
    other.archive = other.data / "archive.db"
    other.store("one")
    assert other.held == {"one"}
    assert (desk.config / NOTE).read_text() == f"{desk.data}\n{other.data}\n"


def test_a_run_that_was_killed_as_it_made_the_archive_is_no_loss(tmp_path):
    desk = Desk(tmp_path)
    desk.data.mkdir()
    desk.archive.touch()
    desk.store("one")
    assert desk.held == {"one"}


def test_it_is_noted_for_the_user_where_the_configuration_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    desk = Desk(tmp_path / "config")
    desk.config.mkdir()
    (desk.config / NOTE).mkdir()  # so it is no file that could be written, whoever we are
    desk.data = tmp_path / "data"
    desk.archive = desk.data / "archive.db"
    desk.store("one")
    assert len(list((tmp_path / "state" / "topical-issues").iterdir())) == 1
    desk.archive.unlink()
    with pytest.raises(ArchiveLost):
        desk.store("one")


# ── housekeeping ────────────────────────────────────────────────────────────────────────────────────────────────


def when_due(config, data, *, clock):
    """As `poll` does it."""
    return housekeeping.of_the_day(config, data, clock=clock).failures if is_due(data, clock=clock) else ()


def jobs(desk):
    with Store.open(desk.archive) as store:
        return {run.job: run.ok for run in store.runs.last()}


@pytest.mark.slow
def test_it_is_done_once_a_day_and_thoroughly_once_a_week(desk):
    done = []
    for hour in range(0, 24 * 9, 4):
        now = NOW + timedelta(hours=hour, minutes=hour % 7)
        assert when_due(desk.config, desk.data, clock=lambda now=now: now) == ()
        with Store.open(desk.archive) as store:
            ran = [
                store.runs.last_success(job) == now for job in ("backup", "quick check", "integrity check")
            ]
        if any(ran):
            done.append((hour // 23, *ran))
    assert done[0] == (1, True, False, True)
    assert [each[1:] for each in done[1:7]] == [(True, True, False)] * 6
    assert [each[1:] for each in done[7:]] == [(True, False, True)]


@pytest.mark.on_both
def test_a_housekeeping_of_the_future_is_not_believed(desk):
    later = NOW + timedelta(days=400)
    with Store.open(desk.archive) as store:
        for job in ("housekeeping", "backup", "integrity check"):
            store.runs.record(Run(job=job, started=later, ended=later, ok=True, summary=""))
    now = NOW + timedelta(days=1)
    when_due(desk.config, desk.data, clock=lambda: now)
    assert len(os.listdir(desk.data / "backups")) == 1


@pytest.mark.on_both
def test_what_fails_is_told_and_keeps_nothing_else_from_being_done(desk, tmp_path):
    (desk.data / "backups").write_text("no folder")
    done = housekeeping.housekeeping(desk.config, desk.data, clock=lambda: NOW)
    assert done.lines == ("The archive is whole.", "Nothing is over its time.")
    assert len(done.failures) == 1 and "No backup can be written" in done.failures[0]
    assert jobs(desk) == {"backup": False, "housekeeping": False, "integrity check": True, "prune": True}
    assert when_due(desk.config, desk.data, clock=lambda: NOW + timedelta(hours=24)) != ()
    (desk.data / "backups").unlink()
    for hours, made in ((25, False), (27, True)):
        when_due(desk.config, desk.data, clock=lambda hours=hours: NOW + timedelta(hours=hours))
        assert (desk.data / "backups").exists() is made


@pytest.mark.on_both
def test_that_there_is_no_backup_for_days_is_a_need(desk):
    (desk.data / "backups").write_text("no folder")
    housekeeping.housekeeping(desk.config, desk.data, clock=lambda: NOW)
    assert any("no backup could be made" in need for need in desk.needs)  # nine days later


def test_a_row_that_is_damaged_is_found_and_stays_a_need(desk):
    connection = sqlite3.connect(desk.archive)
    with connection:
        connection.execute("UPDATE articles SET published = 'yesterday' WHERE id = 'two'")
    connection.close()
    done = housekeeping.housekeeping(desk.config, desk.data, clock=lambda: NOW)
    assert "articles two: a value in it is none that is ever written" in done.failures[0]
    (need,) = desk.needs
    assert "articles two" in need and "restore" in need


def test_flipped_bytes_are_a_need_at_once(desk):
    made = desk.back_up()
    damage(desk)
    (need,) = desk.needs
    assert "damaged" in need and str(made.path) in need


@pytest.fixture
def polled(desk, monkeypatch):
    """What `monitor poll` said of its housekeeping, by itself and of named feeds; all else of it is left out."""
    from monitor.app import runs

    monkeypatch.setattr(runs, "poll", lambda *_, **__: runs.Polled((), (), None, "No feed is due yet."))

    def poll(*named):
        assert main(["--config", str(desk.config), "--data", str(desk.data), "poll", *named]) == 0

    return poll


@pytest.fixture
def pinged(monkeypatch):
    answers = {path: Answer(b"OK") for path in ("/key", "/key/start", "/key/fail")}
    with serve(answers) as server:
        monkeypatch.setenv("MONITOR_PING_HOUSEKEEPING", server.url("/key"))
        yield lambda: [asked.path for asked in server.asked]


def test_poll_does_it_once_a_day_and_pings(desk, polled, pinged, capsys):
    """The archive's articles are of long ago, by the clock of this machine."""
    polled("Courier")
    assert (pinged(), jobs(desk)) == ([], {})
    polled()
    polled()
    assert pinged() == ["/key/start", "/key"]
    assert jobs(desk)["housekeeping"]
    assert capsys.readouterr().err == ""


def test_one_that_fails_is_pinged_as_failed_and_fails_no_poll(desk, polled, pinged, capsys):
    (desk.data / "backups").write_text("no folder")
    polled()
    assert pinged() == ["/key/start", "/key/fail"]
    assert "No backup can be written" in capsys.readouterr().err


def test_one_that_meets_another_says_nothing(desk, polled, pinged, capsys):
    with alone(desk.data, Work.HOUSEKEEPING):
        polled()
    assert (pinged(), capsys.readouterr().err) == ([], "")


def test_the_command_pings_too(desk, pinged):
    assert main(["--config", str(desk.config), "--data", str(desk.data), "housekeeping"]) == 0
    assert pinged() == ["/key/start", "/key"]


@pytest.mark.on_both
def test_a_prune_that_somebody_is_at_is_no_failure(desk):
    with alone(desk.data, Work.PRUNE):
        done = housekeeping.housekeeping(desk.config, desk.data, clock=lambda: NOW)
    assert done.failures == ()


# ── who may read, and who may not write ─────────────────────────────────────────────────────────────────────────


def modes(folder):
    return {
        path.relative_to(folder).as_posix(): oct(path.stat().st_mode & 0o777) for path in folder.rglob("*")
    }


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
@pytest.mark.parametrize("umask, file, folder", [(0o022, "0o600", "0o700"), (0o277, "none", "0o500")])
def test_what_a_command_makes_is_its_users_alone(tmp_path, umask, file, folder, monkeypatch):
    home = tmp_path / "home"
    before = os.umask(umask)
    try:
        with bound_by_modes():
            assert main(["init", str(home)]) == (0 if umask == 0o022 else 1)
        if umask == 0o022:
            home.joinpath("panel.yaml").chmod(0o644)
            assert main(["--config", str(home), "init", "--new-archive"]) == 0
            assert main(["--config", str(home), "draft"]) == 0
            assert main(["--config", str(home), "backup"]) == 0
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    found = modes(home)
    if umask == 0o022:
        assert found.pop("panel.yaml") == "0o644"  # what is there keeps its mode
        assert {"data/archive.db", "data/drafts", "data/backups"} <= set(found)
        assert {mode for name, mode in found.items() if (home / name).is_file()} == {file}
    assert {mode for name, mode in found.items() if (home / name).is_dir()} <= {folder}


@pytest.fixture
def shut(tmp_path):
    """A desk in a folder that may then be read only."""
    desk = Desk(tmp_path / "desk")
    desk.config.mkdir()
    desk.store("one", "two")

    def shut_now():
        for path in (desk.config, *desk.config.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        held.enter_context(bound_by_modes())

    with ExitStack() as held:
        yield desk, shut_now
    for path in (desk.config, *desk.config.rglob("*")):
        path.chmod(0o755)


@pytest.mark.parametrize("has_log", [False, True])
def test_a_folder_that_cannot_be_written_is_read(shut, has_log):
    desk, shut_now = shut
    if has_log:
        kill_while_writing(desk, "three")
    names = sorted(os.listdir(desk.data))
    shut_now()
    with Store.open(desk.archive, make=False) as store:
        assert store.articles.count() == (3 if has_log else 2)
    assert state.status(desk.config, desk.data, NOW).articles == (3 if has_log else 2)
    assert len(feed_states.list_feeds(desk.config, desk.data, NOW)) == len(CONFIG.feeds)
    assert sorted(os.listdir(desk.data)) == names
    with pytest.raises(MonitorError):
        desk.store("four")


def test_an_older_archive_that_cannot_be_written_is_read(shut):
    desk, shut_now = shut
    connection = sqlite3.connect(desk.archive)
    with connection:
        connection.executescript(
            "DELETE FROM _sqlite_migrations WHERE name = 'm_seals'; DROP TABLE seals;"
            + "".join(
                f"DROP TRIGGER {room}_{what};"
                for room in ("articles", "revisions", "editions", "decisions", "messages")
                for what in ("written", "changed", "removed")
            )
        )
    connection.close()
    shut_now()
    with Store.open(desk.archive, make=False) as store:
        assert store.articles.count() == 2


def test_a_draft_is_made_without_what_is_damaged(desk, caplog):
    connection = sqlite3.connect(desk.archive)
    with connection:
        connection.execute("UPDATE articles SET paragraphs = '[\"Zebedee' WHERE id = 'two'")
    connection.close()
    made = draft(
        desk.config, desk.data, DraftWanted(formats=("md",)), progress=lambda *_: None, clock=lambda: NOW + timedelta(hours=1)
    )  # fmt: skip
    assert made.edition.basis.articles == 1
    assert "articles two" in caplog.text and "Zebedee" not in caplog.text
