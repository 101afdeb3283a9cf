"""What a machine lacks costs the tests that need it and nothing else: each is skipped, and says what to install.

The lack is made in a child process: no program on the PATH, or a library that the loader does not find.
"""

import ctypes
import os
import re
import subprocess
import sys
from contextlib import suppress

import postgres
import pytest
from machine import PARTS, PROGRAMS, USES, YouForgotToMarkWhatTheTestNeeds, driver_starts, lacking
from rules import FEW_TOPICS
from where import ROOT

from monitor.config.defaults import write_defaults
from monitor.reporting.documents.pdf import demand_pdf

# The loader says of the named libraries that they are not there; then whatever was asked for is run.
WITHOUT = """
import os, sys
import cffi

lacked, asked = sys.argv[1].split(","), sys.argv[2:]
load = cffi.FFI.dlopen

def loaded(self, name, flags=0):
    if any(each in str(name) for each in lacked):
        raise OSError(f"cannot load library {name}")
    return load(self, name, flags)

cffi.FFI.dlopen = loaded
if asked[0] == "pytest":
    import pytest
    sys.exit(pytest.main(asked[1:]))
from monitor.cli import main
sys.exit(main(asked))
"""
PDF_TESTS = "tests/reporting/test_pdf.py"
ABSENT = "is not on this machine: apt-get install"
NO_PANGO, NO_SUBSET = "pango-1.0,pangoft2-1.0", "harfbuzz-subset"


def without(lacked, *asked, **environment):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, lacked, *asked],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def closing_line(done) -> str:
    return done.stdout.strip().splitlines()[-1].split(" in ")[0]


@pytest.mark.parametrize(
    "mark, said",
    [
        ("libreoffice", "LibreOffice is not on this machine: apt-get install libreoffice-writer"),
        ("chromium", "Chromium is not on this machine: apt-get install chromium"),
    ],
)
def test_a_program_that_is_missing_skips_with_the_name_of_its_package(monkeypatch, mark, said):
    monkeypatch.setenv("PATH", "/nowhere")
    assert lacking(mark) == said


def test_without_a_postgresql_its_tests_are_skipped_with_the_name_of_its_package(monkeypatch):
    """It is looked for where systems keep it, beside the PATH."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(postgres, "_PLACES", ())
    postgres.programs.cache_clear()
    try:
        assert lacking("postgresql") == "PostgreSQL is not on this machine: apt-get install postgresql"
    finally:
        postgres.programs.cache_clear()


def test_a_driver_of_the_browser_that_cannot_be_started_is_said_to_be_the_reason(monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/nowhere/node")
    driver_starts.cache_clear()
    try:
        assert lacking("driver") == (
            "Playwright's driver, a program of its own, cannot be started on this machine"
        )
    finally:
        driver_starts.cache_clear()


def test_a_test_without_a_mark_of_a_part_needs_nothing(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert [mark for mark in ("parametrize", "newest") if lacking(mark)] == []


def test_who_uses_a_part_without_its_mark_fails_also_where_the_part_is():
    with pytest.raises(YouForgotToMarkWhatTheTestNeeds, match=r"mark\.pango"):
        demand_pdf()
    for program, mark in PROGRAMS.items():
        with pytest.raises(YouForgotToMarkWhatTheTestNeeds, match=rf"mark\.{mark}"):
            subprocess.run([f"/nowhere/{program}", "--version"])


def test_with_its_mark_it_may_be_used(monkeypatch):
    monkeypatch.setattr(USES, "marks", frozenset(PARTS))
    for program, mark in PROGRAMS.items():
        assert mark in PARTS
        with pytest.raises(FileNotFoundError):
            subprocess.run([f"/nowhere/{program}"])


@pytest.mark.slow
def test_without_libreoffice_and_pango_only_their_tests_are_skipped():
    """One run for both, which takes two seconds to begin."""
    named = "libreoffice_opens or said_in_one_line or test_pdf"
    done = without(
        NO_PANGO, "pytest", "-q", "-m", "", "-p", "no:cacheprovider", "-k", named, "tests/reporting/test_word.py", PDF_TESTS,
        PATH="/nowhere",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    skipped = re.findall(r"^SKIPPED \[(\d+)\] \S+: (.+)$", done.stdout, re.MULTILINE)
    assert sorted(skipped) == [
        ("1", f"LibreOffice {ABSENT} libreoffice-writer"),
        ("3", f"Pango {ABSENT} libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ]
    assert re.fullmatch(r"\d+ passed, 4 skipped, \d+ deselected", closing_line(done))


@pytest.mark.pango
@pytest.mark.slow
def test_without_harfbuzz_subset_no_test_is_skipped():
    done = without(
        NO_SUBSET, "pytest", "-q", "-m", "", "-p", "no:cacheprovider", "-k", "tagged or fetched", PDF_TESTS
    )
    assert (done.returncode, closing_line(done)) == (0, "2 passed, 2 deselected"), done.stdout


@pytest.mark.slow
def test_where_the_libraries_are_a_pdf_can_be_made():
    """Else a fault of ours would be taken for a lack of the machine, and skip what would show it."""
    with suppress(OSError):
        for name in ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
            ctypes.CDLL(name)
        assert PARTS["pango"].there()


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "topics.yaml").write_text(FEW_TOPICS)
    write_defaults(tmp_path)
    return tmp_path


@pytest.mark.pango
@pytest.mark.slow
def test_without_harfbuzz_subset_a_draft_becomes_a_pdf_and_nothing_is_said_of_it(workspace):
    done = without(
        NO_SUBSET,
        "--config",
        str(workspace),
        "draft",
        "--format",
        "pdf",
        PYTHONWARNINGS="error::DeprecationWarning",
    )
    assert (done.returncode, done.stderr) == (0, "")
    (written,) = (workspace / "data").rglob("*.pdf")
    assert written.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_without_pango_a_draft_as_pdf_says_what_to_install_and_does_nothing(workspace):
    done = without(NO_PANGO, "--config", str(workspace), "draft", "--format", "docx,pdf")
    assert (done.returncode, done.stdout) == (1, "")
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in done.stderr
    assert not (workspace / "data").exists()
