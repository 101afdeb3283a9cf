"""What tests need of the machine that pip cannot install: without it they are skipped, and the reason says what to
install. A test says so by a mark of the same name, `@pytest.mark.libreoffice`; conftest.py does the rest. One that uses a
part without its mark fails, also where the part is there: it would fail on the machine of somebody who has it not."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from postgres import programs

from monitor.errors import OutputError
from monitor.reporting.documents import pdf
from monitor.reporting.documents.pdf import demand_pdf


def pdf_can_be_made() -> bool:
    marks, USES.marks = USES.marks, None  # to ask is no use
    try:
        demand_pdf()
    except OutputError:
        return False
    finally:
        USES.marks = marks
    return True


def systemd_version() -> int:
    """That of systemd-analyze, which judges a unit's hardening without a running systemd since 250; 0 without one."""
    if not shutil.which("systemd-analyze"):
        return 0
    said = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True).stdout
    found = re.match(r"systemd (\d+)", said)
    return int(found[1]) if found else 0


@cache
def driver_starts() -> bool:
    """Playwright's driver is a program of its own (Node), which not every system can start."""
    from playwright._impl._driver import compute_driver_executable

    try:
        return (
            subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True).returncode == 0
        )
    except OSError:
        return False


def arial_or_its_like_is_there() -> bool:
    """Liberation Sans is as wide, letter by letter; with another font a document has other pages."""
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".fonts",
        Path("/Library/Fonts"),
    )
    names = re.compile(r"(?i)(?:LiberationSans-Regular|Arial)\.(?:ttf|otf|ttc)")
    return any(names.fullmatch(path.name) for folder in folders for path in folder.rglob("*.*t*"))


@dataclass(frozen=True)
class Part:
    name: str
    packages: str  # as Debian calls them; empty where it came with pip and does not start here
    there: Callable[[], object]


# WeasyPrint still cuts fonts where HarfBuzz-Subset is missing, so no test is skipped for the lack of it alone.
PARTS = {
    "libreoffice": Part("LibreOffice", "libreoffice-writer", lambda: shutil.which("soffice")),
    "arial": Part("Arial, or a font as wide,", "fonts-liberation", arial_or_its_like_is_there),
    "chromium": Part("Chromium", "chromium", lambda: shutil.which("chromium")),
    "driver": Part("Playwright's driver, a program of its own,", "", driver_starts),
    "cc": Part("A C compiler", "gcc libc6-dev", lambda: sys.platform == "linux" and shutil.which("cc")),
    "postgresql": Part("PostgreSQL", "postgresql", programs),
    "systemd": Part("systemd-analyze", "systemd", lambda: systemd_version() >= 250),
    "pango": Part("Pango", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", pdf_can_be_made),
}


def lacking(mark: str) -> str | None:
    """Why a test with this mark is skipped on this machine, and what to do about it; None where it can be run."""
    part = PARTS.get(mark)
    if part is None or part.there():
        return None
    if not part.packages:
        return f"{part.name} cannot be started on this machine"
    return f"{part.name} is not on this machine: apt-get install {part.packages}"


# ── that what is used is marked ─────────────────────────────────────────────────────────────────────────────────

PROGRAMS = {
    "soffice": "libreoffice",
    "chromium": "chromium",
    "cc": "cc",
    "gcc": "cc",
    "initdb": "postgresql",
    "postgres": "postgresql",
    "systemd-analyze": "systemd",
}


class YouForgotToMarkWhatTheTestNeeds(AssertionError):
    """A test used a part of the machine that is not everywhere. Mark it, and it is skipped where the part is missing."""


class Uses:
    """What the test that is running may use of the machine; whatever there is between tests."""

    def __init__(self) -> None:
        self.marks: Collection[str] | None = None

    def use(self, mark: str) -> None:
        if self.marks is not None and mark not in self.marks:
            raise YouForgotToMarkWhatTheTestNeeds(f"@pytest.mark.{mark}")


USES = Uses()


@contextmanager
def parts_are_marked() -> Iterator[None]:
    """A program that a test starts, or Pango, is named by a mark of the test. What our own commands use in processes of
    their own is not seen."""
    begin, weasyprint = subprocess.Popen.__init__, pdf._weasyprint

    def guarded_begin(self, args, *rest, **named):
        first = args if isinstance(args, str | Path) else next(iter(args))
        if mark := PROGRAMS.get(Path(str(first)).name):
            USES.use(mark)
        begin(self, args, *rest, **named)

    def guarded_weasyprint():
        USES.use("pango")
        return weasyprint()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(subprocess.Popen, "__init__", guarded_begin)
        patched.setattr(pdf, "_weasyprint", guarded_weasyprint)
        yield
