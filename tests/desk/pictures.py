"""The README's pictures of the desk, of the demo's week: `make images`, or

PYTHONPATH=tests python tests/desk/pictures.py docs/images
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from chromium import PROGRAM, Window, opened_browser, opened_windows, serving
from desks import WeekDesk, config_of, make
from test_journeys_beside import PHRASE, seen_through

from monitor.app.desk.search.indexing import bring_up
from monitor.store.search import FILE

WIDTH, HEIGHT = 1280, 900


def edition(window: Window) -> None:
    window.open("/")


def story(window: Window) -> None:
    window.open("/").follow("Black people 3.4 times")


def rules(window: Window) -> None:
    window.open("/rules").follow("Performance (raises)").fill("Phrase", PHRASE).press("Try it")
    seen_through(window)


def overview(window: Window) -> None:
    window.open("/overview?weeks=4")


PICTURES: dict[str, Callable[[Window], None]] = {
    "desk-edition": edition,
    "desk-story": story,
    "desk-rules": rules,
    "desk-overview": overview,
}


def main(into: Path) -> None:
    program = shutil.which(PROGRAM)
    if program is None:
        sys.exit(f"{PROGRAM} is not on this machine: apt-get install {PROGRAM}")
    with tempfile.TemporaryDirectory() as name:
        week = Path(name) / "week"
        make(week)
        desk = WeekDesk(week, config_of(week))
        bring_up(week, desk.data, desk.data / FILE, desk.open.config())
        with serving(desk.application()) as home, opened_browser(program) as browser:
            for picture, lead in PICTURES.items():
                with opened_windows(browser) as opened:
                    window = opened(home).sized(WIDTH, HEIGHT)
                    lead(window)
                    window.page.screenshot(path=into / f"{picture}.png")
                    print(into / f"{picture}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
