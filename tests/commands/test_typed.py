"""Command lines to type next can be typed as they stand."""

import pytest

from monitor.app.typed import as_typed, monitor_as_called


@pytest.mark.parametrize(
    "word, typed",
    [
        ("demo-week", "demo-week"),
        ("/home/officer/week_1.docx", "/home/officer/week_1.docx"),
        (r"C:\week\draft.docx", r"C:\week\draft.docx"),
        ("my week", '"my week"'),
        ("a;b", '"a;b"'),
        ("", '""'),
    ],
)
def test_a_word_is_quoted_where_a_shell_would_take_it_apart(word, typed):
    assert as_typed(word) == typed


@pytest.mark.parametrize(
    "called, found, typed",
    [
        pytest.param("/usr/bin/monitor", {"monitor": "/usr/bin/monitor"}, "monitor", id="found by its name"),
        pytest.param(".venv/bin/monitor", {}, ".venv/bin/monitor", id="made by make, not active"),
        pytest.param(
            ".venv/bin/monitor", {"monitor": "/usr/bin/monitor"}, ".venv/bin/monitor", id="the name is another's"
        ),
        pytest.param("/a b/monitor", {}, '"/a b/monitor"', id="below a folder with a space"),
        pytest.param(r"/Scripts/monitor", {"monitor": "/Scripts/monitor.EXE"}, "monitor", id="on Windows"),
        pytest.param("/src/monitor/__main__.py", {}, "/usr/bin/python3 -m monitor", id="as a module"),
        pytest.param(
            "/src/monitor/__main__.py", {"python3": "/usr/bin/python3"}, "python3 -m monitor", id="python is found"
        ),
        pytest.param("/bin/pytest", {}, "monitor", id="called by another program"),
        pytest.param("/lib/pytest/__main__.py", {}, "monitor", id="called by another module"),
    ],
)  # fmt: skip
def test_the_monitor_is_called_as_it_was(called, found, typed):
    assert monitor_as_called(called, "/usr/bin/python3", found.get) == typed
