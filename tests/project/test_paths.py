"""What stands at a path: not to be allowed to look is an error, and on every Python the same."""

import ast
import re

import pytest
from where import ROOT

from monitor.paths import exists, is_file, is_folder

ANSWERS = {
    "a file": (True, True, False),
    "a folder": (True, False, True),
    "a link to a file": (True, True, False),
    "a link to a folder": (True, False, True),
    "a link to nothing": (False, False, False),
    "links in a circle": (False, False, False),
    "nothing": (False, False, False),
    "a file/below": (False, False, False),
    "no\0name": (False, False, False),
}

LINKS = {
    "a link to a file": "a file",
    "a link to a folder": "a folder",
    "a link to nothing": "gone",
    "links in a circle": "links in a circle",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("paths")
    (made / "a file").write_text("here", "utf-8")
    (made / "a folder").mkdir()
    for link, to in LINKS.items():
        (made / link).symlink_to(to)
    return made


@pytest.mark.parametrize("name", ANSWERS)
def test_what_stands_there(folder, name):
    path = folder / name
    assert (exists(path), is_file(path), is_folder(path)) == ANSWERS[name]


@pytest.mark.parametrize("look", [exists, is_file, is_folder])
def test_not_to_be_allowed_to_look_is_no_answer(tmp_path, look):
    with pytest.raises(OSError, match="File name too long"):
        look(tmp_path / ("long" * 1000))


def test_nobody_asks_pathlib_which_says_no_of_any_error():
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for top in ("monitor", "jobs")
        for path in sorted((ROOT / top).rglob("*.py"))
        for text in [path.read_text("utf-8")]
        if re.search(r"\.\s*(exists|is_file|is_dir)\b", text)  # else there is nothing to take apart
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("exists", "is_file", "is_dir")
        and ast.unparse(node.func.value) != "os.path"
    ]
    assert asked == [], "monitor.paths says it alike on every Python"
