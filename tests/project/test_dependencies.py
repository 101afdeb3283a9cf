"""`docs/dependencies.md` names every library that we ask for, in its locked version, and only files that there are."""

import re
import tomllib

from where import ROOT

PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
THEIRS, OURS = PAGE.split("\n## Ours\n")


def rows() -> dict[str, str]:
    """The version that the page names, by library."""
    found = re.findall(r"^\| ([\w.-]+) \| ([\d.]+)", THEIRS, re.MULTILINE)
    return dict(found)


def wanted() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = (*project["dependencies"], *extras["pdf"], *extras["cluster"])
    return {re.match(r"[\w.-]+", line).group().lower() for line in lines}


def test_every_library_has_its_row_and_no_other():
    assert set(rows()) == wanted()


def test_the_versions_are_the_locked_ones():
    locked = dict(
        re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    )
    assert rows() == {name: locked[name.replace(".", "-")] for name in rows()}


def test_every_file_that_is_ours_is_there():
    named = re.findall(r"`(\w+(?:/\w+)+\.py)`", OURS)
    assert len(named) > 12
    assert [name for name in named if not (ROOT / name).is_file()] == []
