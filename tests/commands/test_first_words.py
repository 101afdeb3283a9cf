"""What a newcomer meets: help that is whole, and plain words with a remedy wherever a first step goes wrong."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import click
import pytest
from loopback import Answer, serve
from papers import FETE
from web import html_page
from where import ROOT

from monitor.app.state import status
from monitor.cli import main, monitor
from monitor.config.defaults import write_defaults
from monitor.config.folder import read_config
from monitor.model import FeedState, NeedKind, PollOutcome, PollResult
from monitor.store import Store


def every_command(group, trail=()):
    for name, command in group.commands.items():
        yield (*trail, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*trail, name))


COMMANDS = [((), monitor), *every_command(monitor)]
GROUPS = [(trail, command) for trail, command in COMMANDS if isinstance(command, click.Group)]


def named(found):
    return [" ".join(trail) or "monitor" for trail, _ in found]


def shown(capsys, *arguments) -> str:
    assert main([*arguments, "--help"]) == 0
    return capsys.readouterr().out


# ── help ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("trail, group", GROUPS, ids=named(GROUPS))
def test_the_list_of_commands_holds_whole_sentences_at_80_columns(trail, group, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    listed = shown(capsys, *trail).partition("Commands:\n")[2]
    lines = dict(line.split(maxsplit=1) for line in listed.splitlines())
    assert set(lines) == set(group.commands)
    assert [name for name, said in lines.items() if not re.fullmatch(r"[A-Z][^…]*[^.…]\.", said)] == []
    assert [line for line in listed.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("trail, command", COMMANDS, ids=named(COMMANDS))
def test_every_option_and_argument_is_explained(trail, command):
    silent = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            said = parameter.help or ""
            if not re.match(r"[A-Z].*(\.|\])$", said, re.DOTALL):
                silent.append(parameter.name)
        elif parameter.make_metavar(click.Context(command)).strip("[].") not in command.help:
            silent.append(parameter.name)
    assert silent == []


@pytest.mark.parametrize("option", ["--since", "--until", "--meeting"])
def test_a_day_shows_its_form(option, capsys):
    assert re.search(rf"^  {option} YYYY-MM-DD  +\S", shown(capsys, "draft"), re.MULTILINE)


def test_since_and_until_say_which_days_they_take(capsys):
    said = " ".join(shown(capsys, "draft").split())
    assert "--since YYYY-MM-DD Take stories first seen on this day or later." in said
    assert "--until YYYY-MM-DD Take stories first seen on this day or earlier." in said
    assert "Days are whole days in London." in said


@pytest.mark.parametrize("written", ["yesterday", "31-12-2026", "2026-02-30", "16 November"])
@pytest.mark.parametrize("option", ["--since", "--until", "--meeting"])
def test_what_is_no_day_is_wrong_usage_that_shows_how_to_write_one(option, written, capsys):
    assert main(["draft", option, written]) == 2
    said = f"Invalid value for '{option}': {written!r} is not a day: write year-month-day, as in 2026-11-16."
    assert said in capsys.readouterr().err


JOBS = {
    "jobs": "until it is stopped",
    "jobs.poll": "what `monitor poll` does",
    "jobs.weekly_report": "what `monitor weekly` does",
    "monitor": "Reads local news feeds",
}


@pytest.mark.parametrize("module", JOBS)
@pytest.mark.slow
def test_a_module_that_is_asked_for_help_helps_and_does_not_run(module, tmp_path):
    """An empty folder: whatever ran would say that feeds.yaml is missing, or not come back."""

    def run(*arguments):
        command = [sys.executable, "-m", module, *arguments]
        environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "200"}
        return subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=60, check=False
        )

    helped, wrong = run("--help"), run("fly")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert JOBS[module] in helped.stdout and "MONITOR_CONFIG" in helped.stdout
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "fly" in wrong.stderr
    assert list(tmp_path.iterdir()) == []


# ── a first poll that reaches nothing ───────────────────────────────────────────────────────────────────────────

ASK = "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true, spacing: 0s}\n"


@pytest.fixture
def folder(tmp_path):
    """A configuration of six feeds whose names do not resolve in tests, nor on a machine without a network."""
    names = ("Courier", "Gazette", "Echo", "Mail", "Post", "Star")
    feeds = "".join(f"  - {{name: {name}, url: 'https://{name.lower()}.example/rss'}}\n" for name in names)
    (tmp_path / "feeds.yaml").write_text(f"{ASK}feeds:\n{feeds}")
    write_defaults(tmp_path)
    return tmp_path


def run(folder, *arguments):
    return main(["--config", str(folder), *map(str, arguments)])


def test_a_poll_without_a_network_says_so_once_and_what_to_look_at(folder, capsys):
    assert run(folder, "poll") == 1
    said = capsys.readouterr()
    assert said.err == (
        "None of the 6 feeds could be read: the name does not resolve. Is this machine on the network? Where the web is "
        "reached through a proxy, put the proxy's address into `network.proxy` of feeds.yaml, or, where it needs a "
        "password, into the environment variable MONITOR_PROXY.\n"
    )
    assert said.out == "6 feeds polled, 6 failed; 0 new articles.\n"
    assert run(folder, "poll") == 0  # nothing is due: nothing failed
    capsys.readouterr()
    assert run(folder, "poll", "--all", "--json") == 1
    said = capsys.readouterr()
    assert said.err.startswith("None of the 6 feeds could be read")
    told = [json.loads(line) for line in said.out.splitlines()]
    assert {(one["result"], one["reason"], one["failure"]) for one in told} == {
        ("failed", "the name does not resolve", "temporary")
    }


def test_a_poll_by_way_of_a_proxy_that_is_not_there_names_what_names_it(folder, capsys, monkeypatch):
    monkeypatch.setenv("MONITOR_PROXY", "http://name:secret@127.0.0.1:9")
    assert run(folder, "poll") == 1
    said = capsys.readouterr().err
    assert said == (
        "None of the 6 feeds could be read: the proxy: the connection was refused. Is this machine on the network, and "
        "is the proxy right that the environment variable MONITOR_PROXY names?\n"
    )


@pytest.mark.parametrize("command", [["check"], ["poll"], ["try", "https://courier.example/"]])
def test_a_proxy_without_its_scheme_is_one_mistake_and_not_a_line_a_feed(
    folder, capsys, monkeypatch, command
):
    monkeypatch.setenv("MONITOR_PROXY", "name:secret@proxy.example:3128")
    assert run(folder, *command) == 1
    said = capsys.readouterr()
    assert said.err.startswith(
        "The environment variable MONITOR_PROXY has no http:// in front: write it in full"
    )
    assert len(said.err.splitlines()) == 1
    assert "secret" not in said.out + said.err.replace("name:password", "")


def test_feeds_that_fail_among_others_that_do_not_are_told_by_reason(folder, capsys):
    feeds = folder / "feeds.yaml"
    with serve({"/rss": Answer(b"<rss version='2.0'><channel><title>A</title></channel></rss>")}) as server:
        feeds.write_text(feeds.read_text() + f"  - {{name: Well, url: '{server.url('/rss')}'}}\n")
        assert run(folder, "poll") == 0
    said = capsys.readouterr()
    first, counts = said.out.splitlines()
    assert re.fullmatch(
        r"6 feeds: the name does not resolve: [\w, ]+\. `monitor feeds list` has their addresses\.", first
    )
    assert counts == "7 feeds polled, 6 failed; 0 new articles."
    assert said.err == ""


# ── an archive that never read anything ─────────────────────────────────────────────────────────────────────────


def test_status_says_first_that_nothing_was_ever_read(folder, capsys):
    assert run(folder, "status") == 1
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == "No feed was ever read, so there is nothing to draft from yet: `monitor poll` reads them."
    assert second == "Feeds: 6 on, 0 failing, 0 silent, 0 paused."
    assert not (folder / "data").exists()
    run(folder, "poll")
    capsys.readouterr()
    run(folder, "status")
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"No feed was ever read: the last try, \w+day .+, \d\d:\d\d, was in vain\. "
        r"`monitor poll --all` tries again, and says what to look at\.",
        lines[0],
    )
    assert not [line for line in lines if line.startswith("Last read") or line == "All is well."]


def test_a_draft_does_not_call_a_poll_in_vain_a_reading(folder, capsys):
    run(folder, "poll")
    capsys.readouterr()
    assert run(folder, "draft", "--format", "md") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "No feed was read in this time, so this draft does not show what was in the news."
    assert "No feed was ever read." in lines
    assert not [line for line in lines if "last read" in line]


def test_all_feeds_failing_for_long_is_one_need_and_not_one_a_feed(folder):
    """So often and so long that each feed alone would need a person."""
    now = datetime.now(UTC)
    then, why = now - timedelta(hours=8), "the name does not resolve"
    with Store.open(folder / "data" / "archive.db") as store:
        for feed in read_config(folder).feeds:
            outcome = PollOutcome(feed=feed.url, at=then, result=PollResult.FAILED, reason=why)
            state = FeedState(url=feed.url, last_poll=then, last_failure=why, failures=4.0)
            store.feeds.save_poll(outcome, state, [])
    needs = [
        need for need in status(folder, folder / "data", now).needs if need.kind is not NeedKind.NO_MEETING
    ]
    (only,) = needs
    assert only.kind is NeedKind.NOTHING_READ
    assert only.sentence.startswith("no feed was read since ") and "`monitor poll --all`" in only.sentence


# ── try ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "targets, code",
    [
        pytest.param(["page.html"], 0, id="an article"),
        pytest.param(["empty.html"], 1, id="a page without an article"),
        pytest.param(["missing.html"], 1, id="no file"),
        pytest.param(["https://courier.example/"], 1, id="no answer"),
        pytest.param(["page.html", "missing.html"], 1, id="one of two is nothing"),
        pytest.param(["missing.html", "page.html"], 1, id="and the other way round"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["lines", "json"])
def test_try_ends_with_1_where_any_target_is_nothing(folder, capsys, monkeypatch, targets, code, form):
    monkeypatch.chdir(folder)
    (folder / "page.html").write_bytes(html_page("Fete raises £412", *FETE))
    (folder / "empty.html").write_bytes(b"<html><body>Welcome</body></html>")
    assert run(folder, "try", *form, *targets) == code
    out = capsys.readouterr().out
    if form:
        assert [json.loads(line)["target"] for line in out.splitlines()] == targets
    assert "[Errno" not in out


# ── what is typed next ──────────────────────────────────────────────────────────────────────────────────────────


def test_init_says_what_to_type_next(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Next: monitor check"
    assert main(["init", "my desk"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == 'Next: monitor --config "my desk" check'


# ── wrong files and folders ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["evaluate", "none.jsonl"], "none.jsonl cannot be read: No such file or directory."),
        (["evaluate", "."], ". cannot be read: Is a directory."),
        (
            ["evaluate", "latin.txt"],
            "latin.txt:2: not UTF-8 text from here on: save the file with the encoding UTF-8",
        ),
        (["evaluate", "empty.txt"], "empty.txt holds no labelled story: write each as one line of JSON."),
        (["backtest", "--rules", "none.yaml"], "none.yaml is no file that can be read: name a topics.yaml."),
        (
            ["backtest", "--rules", "latin.txt"],
            "latin.txt:2: not UTF-8 text from here on: save the file with the encoding UTF-8",
        ),
        (["feeds", "import", "none.opml"], "none.opml cannot be read: No such file or directory."),
        (["feeds", "import", "latin.txt"], "latin.txt is not an OPML file."),
        (
            ["feeds", "try", "courier"],
            "courier is not a web address: write it in full, with https:// in front.",
        ),
        (
            ["feeds", "pause", "Curier", "--reason", "x"],
            "No feed is called “Curier”. Did you mean “Courier”?",
        ),
        (["poll", "Nobody"], "No feed is called “Nobody”. `monitor feeds list` names them all."),
        (["learn", "none.docx"], "There is no file none.docx."),
        (["learn", "latin.txt"], "latin.txt is not a Word document (.docx)."),
        (
            ["--data", "empty.txt/data", "poll"],
            "The data folder empty.txt/data cannot be written: Not a directory. Name another with --data.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_file_folder_or_name_is_one_plain_sentence(folder, capsys, monkeypatch, arguments, said):
    monkeypatch.chdir(folder)
    (folder / "latin.txt").write_bytes("one\ncafé\n".encode("latin-1"))
    (folder / "empty.txt").write_bytes(b"")
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"{said}\n")


def test_missing_files_of_another_folder_are_named_with_it(tmp_path, capsys):
    there = tmp_path / "my desk"
    assert main(["--config", str(there), "check"]) == 1
    first, *_ = capsys.readouterr().err.splitlines()
    assert (
        first
        == f'feeds.yaml:1: there is no such file in {there}: `monitor init "{there}"` writes the default one'
    )
