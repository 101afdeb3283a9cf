"""The documents are executed: commands exist, files exist, examples are valid, and pasted output is what is printed."""

import re
import shlex
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from textwrap import indent

import click
import pytest
from borders import read
from test_arrows import LAYERS
from where import ROOT

from monitor.app import sample
from monitor.app.desk.entry import ended, key, password
from monitor.app.desk.feeds import feed_changes
from monitor.app.desk.rules import drafts, labels
from monitor.cli import main, monitor
from monitor.config.folder import read_config
from monitor.mailboxes import once_each
from monitor.model import MessageState, NoArticle
from monitor.reading.pages.borders import instead
from monitor.settings import DeliverTo, Relay
from monitor.store import search as index

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def blocks(language: str, *documents: Path) -> list[str]:
    return [
        re.sub(r"^ {3}", "", found, flags=re.MULTILINE) if found.startswith("   ") else found
        for document in documents or DOCUMENTS
        for found in re.findall(
            rf"^ *```{language}\n(.*?)^ *```", document.read_text("utf-8"), re.DOTALL | re.MULTILINE
        )
    ]


def commands() -> set[tuple[str, ...]]:
    def walk(group, trail):
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from walk(command, (*trail, name))
            else:
                yield (*trail, name)

    return set(walk(monitor, ()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_that_a_document_links_is_there(document):
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text("utf-8"))
    assert [link for link in linked if not (document.parent / link).exists()] == []


def test_every_command_is_in_the_readme_and_no_other():
    rows = re.findall(
        r"^\| `([a-z ]+?)(?: [\[A-Z].*?)?` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert {tuple(row.split()) for row in rows} == commands()


def test_every_command_line_that_is_shown_is_understood():
    lines = [
        line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ monitor")
    ]
    assert lines
    for line in lines:
        assert main([*shlex.split(line)[1:], "--help"]) == 0, line


def test_what_is_kept_names_every_file_of_the_desk():
    said = (ROOT / "docs" / "data.md").read_text("utf-8")
    files = {one.FILE for one in (ended, feed_changes, key, labels, password, index)}
    folders = {f"{drafts.FOLDER}/drafts", f"{drafts.FOLDER}/versions"}
    assert [name for name in sorted(files | folders) if f"`{name}`" not in said] == []


READING = ROOT / "docs" / "reading.md"


@pytest.mark.parametrize(
    "page", blocks("html", READING), ids=lambda page: page.splitlines()[0].strip("<!-> ")
)
def test_every_page_that_is_shown_is_what_is_said_of_it(page):
    found = read(f"<!doctype html><html>{page}</html>", url="https://www.kennet-gazette.example/news/1")
    said = page.splitlines()[0].strip("<!-> ")
    assert (found.reason if isinstance(found, NoArticle) else "an article") == said
    assert said != "an article" or len(found.paragraphs) == 1


def test_every_reason_for_no_article_is_told():
    told = re.findall(r"^\| `(.+?)` \|", READING.read_text("utf-8"), re.MULTILINE)
    reasons = {
        value
        for name, value in vars(instead).items()
        if name.isupper() and isinstance(value, str) and " " in value.strip("- ")
    }
    assert reasons <= set(told)


def test_the_readmes_make_targets_are_there():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    shown = re.findall(
        r"(?:^\$ |`)make ([a-z]+)", "".join(d.read_text("utf-8") for d in DOCUMENTS), re.MULTILINE
    )
    assert {"demo", "test"} <= set(shown) <= set(targets)


def same_rules(line: str) -> str:
    """A line without the digest of the rules, which every change of a phrase changes: the one thing in a pasted run
    that is not compared. Whatever else is 12 hexadecimal digits, a story's id say, stays."""
    return re.sub(r"(?<= by the rules )[0-9a-f]{12}(?=\.$)", "DIGEST", line)


def test_the_readme_shows_what_the_demo_prints_to_the_letter(tmp_path, monkeypatch):
    """Days, times, counts and ids too: the run is made at the moment of the pasted one, as `make demo` makes it."""
    monkeypatch.chdir(tmp_path)
    begun, seconds = datetime(2026, 11, 16, 7, 0, tzinfo=UTC), count()
    printed = list(
        sample.demo(
            Path("demo-week"),
            progress=lambda *_: None,
            clock=lambda: begun + timedelta(seconds=next(seconds)),
            program=".venv/bin/monitor",
        )
    )
    (pasted,) = blocks("text", ROOT / "README.md")
    assert [same_rules(line) for line in pasted.splitlines()] == [same_rules(line) for line in printed]
    (rules,) = (line for line in printed if " by the rules " in line)
    assert rules.endswith(f"by the rules {read_config(Path('demo-week')).rules.digest[:12]}.")


def test_the_commands_that_the_demo_names_next_are_run_as_they_stand(tmp_path, monkeypatch, capsys):
    """`explain`, `learn` and `draft` (and `desk` by name), copied from the last lines of the demo, in a folder whose name has a space."""
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "my week"]) == 0
    lines = capsys.readouterr().out.splitlines()
    typed = [line.partition(": monitor ")[2] for line in lines if ": monitor " in line]
    assert [shlex.split(line)[2] for line in typed] == ["explain", "learn", "draft", "desk"]
    for line in typed[:-1]:  # the desk would go on until it is stopped
        assert main(shlex.split(line)) == 0, line
    assert "Draft 1: 12 kept" in capsys.readouterr().out


def map_of_changes() -> dict[str, list[str]]:
    """The map of CONTRIBUTING: a usual change, and the paths named for it."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## The map\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (?!to change|---)(.+?) \| (.+) \|$", section, re.MULTILINE)
    return {change: re.findall(r"`([\w/.-]+[/.][\w/.-]+)`", touch) for change, touch in rows}


def test_the_map_names_files_for_the_usual_changes_and_each_is_there():
    changes = map_of_changes()
    usual = (
        *(
            "a kind of feed",
            "page",
            "a cue",
            "a phrase of a topic",
            "a form of document",
            "a command",
            "a job",
        ),
        *("a table", "a setting", "a word"),
    )
    assert [one for one in usual if not any(one in change for change in changes)] == []
    assert [change for change, paths in changes.items() if not paths] == []
    named = [path for paths in changes.values() for path in paths]
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert [path for path in named if path.startswith("monitor/") and (ROOT / path).is_dir()] == [
        "monitor/app"
    ]


def test_the_picture_of_the_architecture_has_the_floors_that_imports_are_held_to():
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Architecture\n")[2]
    drawn = [line for line in section.split("```")[1].splitlines() if line.strip() and "▼" not in line]
    floors = [{room.removeprefix("monitor.") for room in floor} - {"monitor", "__main__"} for floor in LAYERS]
    in_picture = [set(line.split("   ")[0].split()) for line in drawn]
    assert in_picture == [floor for floor in floors if floor]


def test_the_feed_of_the_contributing_guide_is_a_feed(tmp_path):
    (example,) = blocks("yaml", ROOT / "CONTRIBUTING.md")
    assert main(["init", str(tmp_path)]) == 0
    feeds = tmp_path / "feeds.yaml"
    indented = "".join(f"  {line}\n" for line in example.splitlines())
    feeds.write_text(feeds.read_text("utf-8").rstrip() + "\n" + indented, "utf-8")
    assert read_config(tmp_path).feeds[-1].name == "Kennet Gazette"


def test_the_feed_and_the_delivery_of_the_delivery_guide_are_understood(tmp_path):
    feed, delivery = blocks("yaml", ROOT / "docs" / "delivery.md")
    assert main(["init", str(tmp_path)]) == 0
    feeds, panel = tmp_path / "feeds.yaml", tmp_path / "panel.yaml"
    feeds.write_text(feeds.read_text("utf-8").rstrip() + "\n" + indent(feed, "  "), "utf-8")
    panel.write_text(panel.read_text("utf-8").partition("delivery:")[0] + delivery, "utf-8")
    config = read_config(tmp_path)
    assert (config.feeds[-1].public, config.panel.deliver_to) == (True, DeliverTo.BOTH)
    assert config.panel.mail is not None and config.panel.mail.relay == Relay(host="smtp.example.org")


def test_the_delivery_guide_has_a_row_for_every_state_of_a_message():
    rows = re.findall(r"^\| ([a-z ]+) \|", (ROOT / "docs" / "delivery.md").read_text("utf-8"), re.MULTILINE)
    assert {state.value for state in MessageState} <= set(rows)


def test_the_spellings_of_one_mailbox_in_the_delivery_guide_are_one():
    text = (ROOT / "docs" / "delivery.md").read_text("utf-8")
    (told,) = re.findall(r"^One mailbox in several.*?\n\n", text, re.MULTILINE | re.DOTALL)
    spellings = re.findall(r"`([^`\n]*@[^`\n]*)`", told)
    assert once_each(spellings) == (spellings[0], "officer+panel@")
    assert len(spellings) == 4


def test_every_setting_is_in_the_file_that_comes_with_the_program():
    """An editor learns what can be set by reading the file: each key is there, if only in a comment."""
    import json

    from monitor.config.schemas import schemas

    for name, schema in schemas().items():
        text = (ROOT / f"{name.split('.')[0]}.yaml").read_text("utf-8")
        parsed = json.loads(schema)
        properties = [
            parsed.get("properties", {}),
            *(d.get("properties", {}) for d in parsed.get("$defs", {}).values()),
        ]
        missing = [key for group in properties for key in group if not re.search(rf"\b{key}\b", text)]
        assert missing == [], name


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the way to another panel, with the lines that are shown under it."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks("console", ROOT / "docs" / "another-panel.md")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def as_shown(said: str) -> list[str]:
    """Without what an edit of the files' other parts would change."""
    said = re.sub(r"(?<=yaml:)\d+(?=: bodies)", "LINE", said)
    return re.sub(r"(?<=\w\.)\d+(?=[:)])|(?<=\()\d+(?=\))", "NUMBER", said).splitlines()


@pytest.mark.slow
def test_the_way_to_another_panel_is_gone_as_it_is_written(tmp_path, monkeypatch, capsys):
    """Every command in its order, but for `poll`, which would read the web. Each line that is shown is printed, and
    where mistakes are shown there are no others."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = []
    for command, shown in steps():
        program, *arguments = shlex.split(command)
        if program == "cp":
            shutil.copy(*arguments)
        elif "poll" not in arguments:
            code = main(arguments)
            out, err = capsys.readouterr()
            assert [line for line in shown if line not in as_shown(out + err)] == [], command
            assert code == 0 or as_shown(err) == shown, command
        done.append(arguments[-1] if program == "cp" else arguments[-1 if arguments[0] == "init" else 2])
    assert done == [
        "hampshire",
        *(
            "hampshire/panel.yaml",
            "check",
            "hampshire/topics.yaml",
            "check",
            "hampshire/places.yaml",
            "check",
        ),
        *("hampshire/feeds.yaml", "check", "hampshire/stories.jsonl", "evaluate", "poll", "draft"),
    ]
    assert len(list((tmp_path / "hampshire" / "data" / "drafts").glob("*.docx"))) == 1


def test_the_pictures_that_a_page_shows_are_there():
    shown = [
        (page.parent / target).resolve()
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    ]
    assert len(shown) >= 2
    assert [path for path in shown if path.read_bytes()[:8] != b"\x89PNG\r\n\x1a\n"] == []
