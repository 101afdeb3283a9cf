"""The documents are executed: commands exist, files exist, examples are valid, and pasted output is what is printed."""

import re
import shlex
import shutil
from pathlib import Path
from textwrap import indent

import click
import pytest
from where import ROOT

from monitor.cli import main, monitor
from monitor.config.folder import read_config
from monitor.model import MessageState
from monitor.settings import DeliverTo, Relay

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


def test_the_readmes_make_targets_are_there():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    shown = re.findall(
        r"(?:^\$ |`)make ([a-z]+)", "".join(d.read_text("utf-8") for d in DOCUMENTS), re.MULTILINE
    )
    assert {"demo", "test"} <= set(shown) <= set(targets)


def without_what_changes(text: str) -> list[str]:
    """Lines without days, times, digests and story ids, which differ from run to run."""
    text = re.sub(r"\b\w+day \d+ \w+ \d{4}, \d\d:\d\d", "DAY, TIME", text)
    text = re.sub(r"\b\d{1,2} \w+ \d{4}\b|\d{4}-\d\d-\d\d", "DAY", text)
    return re.sub(r"\b[0-9a-f]{12}\b", "ID", text).strip().splitlines()


def test_the_readme_shows_what_the_demo_prints(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    (pasted,) = blocks("text", ROOT / "README.md")
    assert without_what_changes(pasted) == without_what_changes(capsys.readouterr().out)


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
