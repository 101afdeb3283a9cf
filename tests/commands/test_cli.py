"""The command line as a person and as a script meet it: messages, exit codes, and nothing half done."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import filelock
import pytest
from loopback import Answer, serve
from officer import Officer
from papers import FETE, PRECEPT
from web import html_page, rss
from where import ROOT

from monitor import pipeline
from monitor.app import runs
from monitor.cli import main
from monitor.config.defaults import write_defaults


class Desk:
    """A configuration folder, and a served outlet that its feeds.yaml names."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server

    def run(self, *arguments):
        return main(["--config", str(self.folder), *map(str, arguments)])


@pytest.fixture
def desk(tmp_path):
    moment = datetime.now(UTC) - timedelta(hours=3)
    with serve({}) as server:
        precept, fete = server.url("/news/precept"), server.url("/news/fete")
        server.answers |= {
            "/rss": Answer(
                rss((precept, "Police precept to rise by £14", moment), (fete, "Fete raises £412", moment))
            ),
            "/news/precept": Answer(html_page("Police precept to rise by £14", *PRECEPT)),
            "/news/fete": Answer(html_page("Fete raises £412", *FETE)),
            "/": Answer(b"<html><head><title>Courier</title></head><body>Welcome</body></html>"),
        }
        folder = tmp_path / "desk"
        folder.mkdir()
        (folder / "feeds.yaml").write_text(
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}\n"
            "feeds:\n"
            f"  - {{name: Thames Courier, url: '{server.url('/rss')}', area: Berkshire}}\n"
            f"  - {{name: Old Gazette, url: '{server.url('/old')}', status: paused, reason: it closed in 2024}}\n"
        )
        write_defaults(folder)
        yield Desk(folder, server)


# ── a first day ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_poll_then_draft(desk, capsys, tmp_path):
    assert desk.run("poll") == 0
    assert capsys.readouterr().out == "1 feed polled, 0 failed; 2 new articles.\n"
    panel = desk.folder / "panel.yaml"
    coming = f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"
    panel.write_text(panel.read_text("utf-8").replace("meetings:", f"meetings:\n  - {coming}", 1), "utf-8")
    assert desk.run("draft", "--out", tmp_path / "out", "--meeting", coming) == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert last == "Draft 1: 1 story in, 0 near, 1 out, from 2 articles."
    (report,) = (tmp_path / "out").glob("*.docx")  # alone of its kind: the notes have a folder of their own
    assert report.name == f"topical-issues-{coming}-draft-1.docx"
    written = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*"))
    assert written == [
        *(f"notes/{report.stem}-notes.{ending}" for ending in ("docx", "html")),
        *(f"{report.stem}.{ending}" for ending in ("docx", "html", "json", "md")),
    ]


def test_a_poll_with_nothing_due_says_so(desk, capsys):
    desk.run("poll")
    capsys.readouterr()
    assert desk.run("poll") == 0
    assert capsys.readouterr().out == "No feed is due yet; `monitor poll --all` reads every feed.\n"
    assert desk.run("poll", "--all") == 0
    assert capsys.readouterr().out == "1 feed polled, 0 failed; 0 new articles.\n"


def test_explain_gives_the_reason_by_address_in_any_spelling(desk, capsys):
    desk.run("poll")
    capsys.readouterr()
    assert desk.run("explain", desk.server.url("/news/precept?utm_source=x")) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Police precept to rise by £14\n")
    assert "«Police and Crime Panel»" in shown
    assert desk.run("explain", "--json", desk.server.url("/news/fete")) == 0
    assert json.loads(capsys.readouterr().out)["verdict"]["decision"] == "exclude"


def test_explain_finds_a_story_by_words_of_its_headline(desk, capsys):
    desk.run("poll")
    capsys.readouterr()
    assert desk.run("explain", "Precept", "rise") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Police precept to rise by £14\n")
    assert "Is it ours?         yes, " in shown and "                      ours: " in shown
    assert desk.run("explain", "r") == 1  # both headlines have a word that begins so
    listed = capsys.readouterr().err
    assert "stored articles have these words in their headline" in listed
    assert "Police precept to rise by £14" in listed


def test_weekly_is_made_once(desk, capsys):
    desk.run("poll")
    assert desk.run("weekly") == 0
    assert "Draft 1:" in capsys.readouterr().out
    assert desk.run("weekly") == 0
    assert "is made already." in capsys.readouterr().out
    assert len(list((desk.folder / "data" / "drafts").glob("*[0-9].docx"))) == 1


def test_a_failing_feed_is_shown_and_the_poll_ends_well(desk, capsys):
    desk.server.answers["/rss"] = Answer(b"gone", 404)
    assert desk.run("poll") == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Thames Courier: 404")
    assert desk.server.url("/rss") in first
    assert last == "1 feed polled, 1 failed; 0 new articles."


def test_status_asks_for_a_person_only_where_one_is_needed(desk, capsys):
    assert desk.run("status") == 1
    assert "Needs a person: no feed was ever read." in capsys.readouterr().out
    desk.run("poll")
    panel = desk.folder / "panel.yaml"
    panel.write_text(
        panel.read_text().replace(
            "meetings:", f"meetings:\n  - {(datetime.now(UTC) + timedelta(days=60)):%Y-%m-%d}", 1
        )
    )
    capsys.readouterr()
    assert desk.run("status") == 0
    shown = capsys.readouterr().out
    assert "Feeds: 1 on, 0 failing, 0 silent, 1 paused." in shown
    assert "Paused: Old Gazette." in shown
    assert shown.endswith("All is well.\n")
    assert desk.run("status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 2


def test_feeds_list_says_how_each_stands(desk, capsys):
    assert desk.run("feeds", "list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Thames Courier: not read yet",
        f"    {desk.server.url('/rss')}",
        "Old Gazette: paused: it closed in 2024",
        f"    {desk.server.url('/old')}",
    ]
    assert not (desk.folder / "data").exists()  # a question leaves no trace


@pytest.mark.parametrize(
    "name, said",
    [
        ("thames courier", "1 feed polled"),
        ("Thames Curier", "No feed is called “Thames Curier”. Did you mean “Thames Courier”?"),
        ("Old Gazette", "Old Gazette is paused: it closed in 2024."),
    ],
)
def test_poll_by_name(desk, capsys, name, said):
    desk.run("poll", name)
    shown = capsys.readouterr()
    assert said in shown.out + shown.err


# ── try ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def tried(desk, capsys, *targets, code=0):
    assert desk.run("try", "--json", *targets) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.slow
def test_try_prints_what_would_be_read_a_line_a_target(desk, capsys, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(html_page("Fete raises £412", *FETE))
    feed, article, file, nothing, gone, missing = tried(
        desk,
        capsys,
        desk.server.url("/rss"),
        desk.server.url("/news/precept"),
        page,
        desk.server.url("/"),
        desk.server.url("/gone"),
        tmp_path / "missing.html",
        code=1,
    )
    assert feed["kind"] == "feed"
    assert [entry["title"] for entry in feed["entries"]] == [
        "Police precept to rise by £14",
        "Fete raises £412",
    ]
    assert set(feed["entries"][0]) == {"id", "url", "title", "summary", "published"}
    assert article["kind"] == "article"
    assert article["paragraphs"] == list(PRECEPT)
    assert article["text"] == "\n\n".join(PRECEPT)
    assert (article["text_from"], article["outlet"]) == ("page", "Thames Courier")
    assert article["verdict"]["decision"] == "include"
    assert set(article["verdict"]["evidence"][0]) == {"rule", "phrase", "field", "start", "end", "points"}
    assert (file["title"], file["verdict"]["decision"]) == ("Fete raises £412", "exclude")
    assert nothing["kind"] == "nothing" and "not a feed" in nothing["reason"]
    assert gone["kind"] == "nothing" and gone["reason"].startswith("404")
    assert missing["kind"] == "nothing" and "No such file" in missing["reason"]
    assert not (desk.folder / "data").exists()


def test_try_says_what_would_turn_the_verdict(desk, capsys):
    assert desk.run("try", desk.server.url("/news/fete")) == 0
    shown = capsys.readouterr().out
    assert re.search(r"What would turn it: \d+ points of raise cues more", shown)


def test_try_names_the_feeds_that_a_page_links(desk, capsys):
    link = b"<link rel='alternate' type='application/rss+xml' href='/rss'>"
    desk.server.answers["/"] = Answer(
        b"<html><head><title>Courier</title>" + link + b"</head><body>Hi</body></html>"
    )
    (found,) = tried(desk, capsys, desk.server.url("/"), code=1)
    assert desk.server.url("/rss") in found["reason"]


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "command", [["check"], ["poll"], ["draft"], ["weekly"], ["status"], ["try", "x"], ["feeds", "list"]]
)
def test_a_folder_without_configuration_names_every_file_and_writes_nothing(tmp_path, capsys, command):
    assert main(["--config", str(tmp_path), *command]) == 1
    said = capsys.readouterr().err
    for file in ("feeds.yaml", "topics.yaml", "places.yaml", "panel.yaml"):
        assert f"{file}:1: " in said
    assert list(tmp_path.iterdir()) == []


def test_every_mistake_of_every_file_is_named_at_once(desk, capsys):
    (desk.folder / "feeds.yaml").write_text("feeds:\n  - name: A\n    url: htp://a\n    evry: 3x\n")
    (desk.folder / "panel.yaml").write_text("pannel: x\n")
    assert desk.run("poll") == 1
    said = capsys.readouterr().err
    assert "feeds.yaml:3: feeds.0.url: " in said
    assert "feeds.yaml:4: feeds.0.evry: " in said
    assert "panel.yaml:1: pannel: " in said
    assert not (desk.folder / "data").exists()


@pytest.mark.parametrize(
    "arguments, code, said",
    [
        pytest.param(["fly"], 2, "No such command 'fly'", id="no such command"),
        pytest.param(
            ["draft", "--since", "soon"],
            2,
            "'soon' is not a day: write year-month-day, as in 2026-11-16",
            id="no day",
        ),
        pytest.param(
            ["draft", "--format", "odt"],
            2,
            "choose from docx, html, md, json, pdf, atom",
            id="no such format",
        ),
        pytest.param(
            ["draft", "--since", "2026-03-02", "--until", "2026-03-01"],
            1,
            "The window is empty",
            id="upside down",
        ),
        pytest.param(["draft", "--since", "2999-01-01"], 1, "The window is empty", id="in the future"),
        pytest.param(
            ["explain", "nobody"], 1, "No stored article has the id or address nobody", id="not stored"
        ),
        pytest.param(["evaluate", "nowhere.jsonl"], 1, "nowhere.jsonl cannot be read", id="no such file"),
        pytest.param(
            ["draft", "--out", "feeds.yaml"], 1, "cannot be written to feeds.yaml", id="a file for a folder"
        ),
    ],
)
def test_bad_input_gets_a_plain_word(desk, capsys, monkeypatch, arguments, code, said):
    monkeypatch.chdir(desk.folder)
    assert desk.run(*arguments) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown


NOT_NOW = "Another run is at work in {data}, so this one did nothing. Try again when it has ended.\n"


@pytest.mark.parametrize(
    "at_work, turned_away, goes_on",
    [
        ("poll", (["poll"], ["poll", "--all"]), (["draft"], ["weekly"], ["take", "0"])),
        ("draft", (["draft"], ["weekly"]), (["poll"], ["take", "0"])),
        ("learn", (["take", "0"], ["drop", "0"]), (["poll"], ["draft"])),
    ],
)
def test_a_second_run_of_a_kind_does_nothing_and_others_go_on(desk, capsys, at_work, turned_away, goes_on):
    """The lock is held as by another process; the officer's word is of a story that is not there: exit code 1."""
    data = desk.folder / "data"
    data.mkdir()
    with filelock.FileLock(data / f"{at_work}.lock"):
        for command in turned_away:
            assert desk.run(*command) == 75
            assert capsys.readouterr() == ("", NOT_NOW.format(data=data))
        for command in goes_on:
            assert desk.run(*command) == (1 if command[0] == "take" else 0)
    assert desk.run(*turned_away[0]) in (0, 1)  # the lock is free again


def test_drafts_and_the_officers_word_are_heard_while_a_poll_waits_for_its_slowest_server(desk, capsys):
    """A real poll in a thread, whose second feed hangs: what the first brought is drafted and dropped meanwhile."""
    release, asked = threading.Event(), threading.Event()

    def hang(_):
        asked.set()
        release.wait(20)
        return Answer(b"<rss/>")

    desk.server.answers["/slow"] = hang
    feeds = desk.folder / "feeds.yaml"
    feeds.write_text(f"{feeds.read_text()}  - {{name: Slow, url: '{desk.server.url('/slow')}'}}\n")
    data = desk.folder / "data"
    polling = threading.Thread(target=runs.poll, args=(desk.folder, data), kwargs=EVERY_FEED)
    polling.start()
    try:
        assert asked.wait(20)
        wait_until(lambda: desk.run("explain", desk.server.url("/news/precept")) == 0)
        capsys.readouterr()
        assert desk.run("draft") == 0
        drafted = capsys.readouterr().out
        assert desk.run("weekly") == 0
        assert desk.run("poll") == 75
        assert polling.is_alive(), "the poll was not over"
    finally:
        release.set()
        polling.join()
    assert drafted.splitlines()[-1] == "Draft 1: 1 story in, 0 near, 1 out, from 2 articles."


EVERY_FEED = {"everything": True, "names": (), "progress": lambda *_: None}


def wait_until(moment) -> None:
    end = time.monotonic() + 20
    while not moment():
        assert time.monotonic() < end, "the moment never came"
        time.sleep(0.05)


def test_a_bug_is_one_line_to_the_person_and_a_traceback_in_the_log(desk, capsys, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(pipeline, "poll", broken)
    assert desk.run("poll") == 3
    said = capsys.readouterr().err
    log = desk.folder / "data" / "monitor.log"
    assert said == f"This is a bug in the monitor (ZeroDivisionError); the details are in {log}.\n"
    assert "a mistake of ours" in log.read_text()
    monkeypatch.undo()
    assert desk.run("status") == 1
    assert "Last poll did not succeed" in capsys.readouterr().out


def test_ctrl_c_ends_cleanly_and_is_on_record(desk, capsys, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "poll", stopped)
    assert desk.run("poll") == 130
    assert capsys.readouterr().err.startswith("Stopped. What was finished is kept")
    monkeypatch.undo()
    assert desk.run("poll") == 0  # the lock is free again


def test_init_writes_what_is_missing_and_touches_nothing(tmp_path, capsys):
    (tmp_path / "panel.yaml").write_text("mine")
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / "panel.yaml").read_text() == "mine"
    assert (tmp_path / "feeds.yaml").read_bytes() == (ROOT / "feeds.yaml").read_bytes()
    capsys.readouterr()
    assert main(["init", str(tmp_path)]) == 0
    assert "none was touched" in capsys.readouterr().out


def test_check_prints_what_was_understood(tmp_path, capsys):
    main(["init", str(tmp_path)])
    capsys.readouterr()
    assert main(["--config", str(tmp_path), "check"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Feeds: ")
    assert "Needs a look: " in shown  # the contact address is still an example


# ── the process itself ──────────────────────────────────────────────────────────────────────────────────────────


def test_help_imports_nothing_that_is_slow():
    code = (
        "import sys; from monitor.cli import main; main(['--help']); "
        "print([m for m in ('requests', 'trafilatura', 'docx', 'pydantic', 'sqlite_utils', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_poll_loads_no_parser_and_no_writer():
    """Cron starts 288 a day: each library would cost it a minute of a core."""
    libraries = ("trafilatura", "feedparser", "docx", "jinja2")
    code = f"import sys, monitor.app.runs; print([m for m in {libraries} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_draft_does_not_wait_for_the_network_s_library():
    """It takes a fifth of a second, and most drafts ask nobody."""
    code = "import sys, monitor.app.runs, monitor.pipeline.draft; print([m for m in ('requests', 'urllib3') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_bug(desk):
    main(["--config", str(desk.folder), "poll"])
    command = f"{sys.executable} -m monitor --config {desk.folder} feeds list --json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, env=dict(os.environ)
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_folders_come_from_the_environment_too(desk, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("MONITOR_CONFIG", str(desk.folder))
    monkeypatch.setenv("MONITOR_DATA", str(tmp_path / "elsewhere"))
    assert main(["poll"]) == 0
    assert (tmp_path / "elsewhere" / "archive.db").exists()


def every_command(group, trail=()):
    for name, command in group.commands.items():
        yield (*trail, name), command
        if hasattr(command, "commands"):
            yield from every_command(command, (*trail, name))


def test_every_command_says_what_it_does():
    from monitor.cli import monitor

    silent = [trail for trail, command in every_command(monitor) if not command.help]
    assert silent == []


# ── learn ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def drafted(desk, tmp_path, capsys):
    desk.run("poll")
    desk.run("draft", "--out", tmp_path / "out", "--format", "docx")
    capsys.readouterr()
    (path,) = (tmp_path / "out").glob("*.docx")
    return path


def test_learn_says_what_it_understood_and_the_next_draft_starts_from_it(desk, drafted, capsys, tmp_path):
    written = Officer(drafted.read_bytes()).strike("Police precept").saved()
    (edited := tmp_path / "edited.docx").write_bytes(written)
    assert desk.run("learn", edited) == 0
    said = "Dropped: “Police precept to rise by £14”\nDraft 1: 0 kept, 0 of them changed; 1 dropped; 0 of your own."
    assert capsys.readouterr().out == f"{said}\n"
    assert desk.run("learn", edited) == 0
    assert capsys.readouterr().out == f"{said} This file was learned before; nothing changed.\n"
    assert desk.run("draft", "--out", tmp_path / "again") == 0
    shown = capsys.readouterr().out
    assert "0 in the draft, 0 near misses, 1 left out, 1 dropped by you." in shown


def test_learn_tells_scripts_the_same(desk, drafted, capsys):
    assert desk.run("learn", "--json", drafted) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "edition",
        "new",
        "digest",
        "decisions",
        "missed",
        "suggestions",
        "remarks",
        "source",
    ]
    assert [(one["said"], one["drafted"]) for one in told["decisions"]] == [
        ("kept", "Police precept to rise by £14")
    ]


def test_learn_reads_drafts_and_notes_in_one_call_or_none_of_them(desk, drafted, capsys, tmp_path):
    (notes,) = (drafted.parent / "notes").glob("*.docx")
    (broken := tmp_path / "broken.docx").write_bytes(b"Dear officer")
    assert desk.run("learn", notes, drafted, broken) == 1
    assert "broken.docx is not a Word document" in capsys.readouterr().err
    assert desk.run("learn", notes, drafted) == 0
    assert capsys.readouterr().out == (
        "Kept: “Police precept to rise by £14”\n"
        "Draft 1: 1 kept, 0 of them changed; 0 dropped; 0 of your own.\n"
        "Notes on draft 1: 0 taken in, 0 dismissed.\n"
    )


# ── take, drop ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_drop_and_take_say_what_they_did_and_the_next_draft_heeds_them(desk, drafted, capsys, tmp_path):
    precept, fete = desk.server.url("/news/precept"), desk.server.url("/news/fete")

    def said(*arguments):
        assert desk.run(*arguments) == 0
        return capsys.readouterr().out.splitlines()

    def drafts():
        return said("draft", "--out", tmp_path / "again")[-1].partition(",")[0]

    dropped = "Dropped: “Police precept to rise by £14”"
    assert said("drop", precept) == [dropped, "1 dropped from the next draft."]
    assert said("drop", precept, precept)[-1] == "0 dropped from the next draft; 1 already."
    assert drafts() == "Draft 2: 0 stories in"
    assert said("take", precept, fete) == [
        "Taken in: “Police precept to rise by £14”, which was dropped",
        "Taken in: “Fete raises £412”",
        "2 taken into the next draft.",
    ]
    assert drafts() == "Draft 3: 2 stories in"


def test_take_tells_scripts_the_same(desk, drafted, capsys):
    assert desk.run("take", "--json", desk.server.url("/news/fete")) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert told | {"story": "", "articles": []} == {
        "said": "taken",
        "story": "",
        "heading": "Fete raises £412",
        "articles": [],
        "new": True,
    }
    assert told["articles"] == [told["story"]]


@pytest.mark.parametrize("command", ["take", "drop"])
def test_a_story_that_nobody_knows_is_named_and_nothing_is_changed(desk, drafted, capsys, command):
    assert desk.run(command, desk.server.url("/news/fete"), "no-such-story") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        "No story or stored article has the id or address no-such-story; nothing was changed."
    )
    assert desk.run(command, desk.server.url("/news/fete")) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 ")
    assert desk.run(command) == 2


@pytest.mark.parametrize(
    "name, content, message",
    [
        pytest.param("notes.docx", b"Dear officer", "notes.docx is not a Word document", id="not a docx"),
        pytest.param("half.docx", b"PK\x03\x04half", "half.docx is no whole Word document", id="half saved"),
        pytest.param("secret.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "protected with a password", id="password"),
        pytest.param("~$draft.docx", b"\x05Officer", "~$draft.docx is the lock that Word puts", id="a lock file"),
        pytest.param("folder.docx", None, "cannot be read: Is a directory", id="a folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_learned_is_said_in_one_line_and_nothing_is_touched(
    desk, drafted, capsys, tmp_path, name, content, message
):
    path = tmp_path / name
    path.mkdir() if content is None else path.write_bytes(content)
    assert desk.run("learn", path) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert desk.run("learn", drafted) == 0
    assert "learned before" not in capsys.readouterr().out


def test_a_file_that_is_locked_is_said_to_be(desk, drafted, capsys, monkeypatch):
    def refused(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert desk.run("learn", drafted) == 1
    said = capsys.readouterr().err
    assert said.endswith(
        "cannot be read: Permission denied. If it is open in Word, save and close it first.\n"
    )


def test_a_public_version_is_not_learned(desk, drafted, capsys, tmp_path):
    """What it leaves out would count as struck."""
    desk.run("draft", "--public", "--out", tmp_path / "public", "--format", "docx")
    (public,) = (tmp_path / "public").glob("*.docx")
    capsys.readouterr()
    assert desk.run("learn", public) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(
        "-public.docx is a public version, which leaves words out: edit the working draft, and name that one."
    )
    assert desk.run("learn", drafted) == 0
    assert "learned before" not in capsys.readouterr().out


def test_a_document_that_is_not_there_is_said_to_be(desk, drafted, capsys, tmp_path):
    assert desk.run("learn", tmp_path / "gone.docx") == 1
    assert capsys.readouterr().err == f"There is no file {tmp_path / 'gone.docx'}.\n"


@pytest.mark.parametrize("lock", ["~$ited.docx", ".~lock.edited.docx#"], ids=["Word", "LibreOffice"])
def test_a_document_that_is_still_open_is_said_to_be(desk, drafted, capsys, tmp_path, lock):
    (edited := tmp_path / "edited.docx").write_bytes(drafted.read_bytes())
    (tmp_path / lock).write_bytes(b"\x07Officer")
    assert desk.run("learn", edited) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(
        f"edited.docx is open in another program, as {lock} beside it says: save and close it there first. "
        "If nobody has it open, delete that file."
    )
    (tmp_path / lock).unlink()
    assert desk.run("learn", edited) == 0
    assert "learned before" not in capsys.readouterr().out


# ── a template of the officer's own ─────────────────────────────────────────────────────────────────────────────


def with_template(desk, name: str) -> None:
    panel = desk.folder / "panel.yaml"
    panel.write_text(panel.read_text().replace("  # template: council.docx", f"  template: {name}"))


@pytest.mark.slow
def test_the_report_is_written_on_the_officer_s_own_template(desk, capsys, tmp_path):
    from docx import Document

    template = Document()
    template.sections[0].header.paragraphs[0].text = "Vale Council"
    template.save(desk.folder / "council.docx")
    with_template(desk, "council.docx")
    desk.run("poll")
    assert desk.run("draft", "--out", tmp_path / "out", "--format", "docx") == 0
    (written,) = (tmp_path / "out").glob("*.docx")
    assert Document(str(written)).sections[0].header.paragraphs[0].text == "Vale Council"
    template.styles["Heading 2"].delete()
    template.save(desk.folder / "council.docx")
    template.styles["List Bullet"].delete()
    template.save(desk.folder / "council.docx")
    capsys.readouterr()
    assert desk.run("draft", "--out", tmp_path / "second") == 1
    assert "the template lacks the styles Heading 2, List Bullet" in capsys.readouterr().err
    assert not (tmp_path / "second").exists()
    assert desk.run("check") == 1  # before the weekly run finds it out
    (said,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(
        r"panel\.yaml:\d+: report\.template: .*/council\.docx: the template lacks .* Bullet", said
    )
    desk.run("status", "--json")
    assert json.loads(capsys.readouterr().out)["edition"]["number"] == 1  # the one before


def test_a_template_that_is_not_there_is_a_mistake_of_the_configuration(desk, capsys):
    with_template(desk, "gone.docx")
    assert desk.run("check") == 1
    said = capsys.readouterr().err
    assert "panel.yaml:" in said and "report.template: there is no file" in said


# ── rules over the stored weeks ─────────────────────────────────────────────────────────────────────────────────


def test_backtest_lists_what_other_rules_gain_and_lose(desk, capsys, tmp_path):
    desk.run("poll")
    other = tmp_path / "other.yaml"
    other.write_text((desk.folder / "topics.yaml").read_text().replace("include: 5", "include: 49"))
    other.write_text(other.read_text().replace("national: 7", "national: 50"))
    capsys.readouterr()
    assert desk.run("backtest", "--rules", other, "--weeks", 2) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "Lost: Thames Courier: Police precept to rise by £14"
    assert shown[-1] == "2 stories from 2 articles: 0 in as before, 0 gained, 1 lost."
    assert desk.run("backtest", "--rules", desk.folder / "topics.yaml", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "articles": 2,
        "stories": 2,
        "kept": 1,
        "gained": [],
        "lost": [],
    }


@pytest.mark.parametrize(
    "written, said",
    [(None, "is no file that can be read"), ("topics: [", "other.yaml:1: "), ("topics: 3", "other.yaml:1: ")],
)
def test_backtest_by_rules_that_cannot_be_read(desk, capsys, tmp_path, written, said):
    if written:
        (tmp_path / "other.yaml").write_text(written)
    assert desk.run("backtest", "--rules", tmp_path / "other.yaml") == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["backtest", "--rules", "X/topics.yaml"], "is no file that can be read"),
        (["init", "X"], "cannot be written"),
        (["demo", "X"], "cannot be looked into: File name too long"),
        (["restore", "X"], "cannot be read, and nothing was changed: File name too long"),
        (["--data", "X", "status"], "cannot be opened: File name too long"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_path_that_may_not_be_looked_at_is_no_bug(desk, capsys, arguments, said):
    """In a folder of another user, say; here the name is none that can be, which the system says likewise."""
    assert desk.run(*(part.replace("X", "x" * 300) for part in arguments)) == 1
    assert said in capsys.readouterr().err


def test_weeks_go_with_usage(desk, capsys):
    assert desk.run("check", "--weeks", "3") == 2
    assert "--weeks goes with --usage." in capsys.readouterr().err


def test_check_usage_says_what_the_phrases_did(desk, capsys):
    desk.run("poll")
    capsys.readouterr()
    assert desk.run("check", "--usage") == 0
    shown = capsys.readouterr().out
    assert "Phrases of topics.yaml in 2 stored articles:" in shown
    assert "Never hit: " in shown
