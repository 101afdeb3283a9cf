"""The desk in a real browser: Debian's Chromium, led by Playwright, against the desk served on loopback.

`serving` serves an application as `monitor desk` does; `Window` is one window of a browser, which notes whatever a page
asks of another machine, whatever the browser complains of, and every answer that is no success; a test that ends with
such a note fails, unless it said before that it would come (`window.expects(409)`). `violations` asks axe-core.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, Request, Response, sync_playwright
from served import served

PROGRAM = "chromium"
# No sandbox: it cannot be had as root, in a container. No name is looked up, so nothing elsewhere can be asked.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 30_000  # milliseconds; a page takes some fifty, on a machine that does nothing else
WIDE = 1280
LAW = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")  # WCAG 2.2, A and AA
ADVICE = "best-practice"
CONTRAST = "color-contrast"


@contextmanager
def opened_browser(program: str) -> Iterator[BrowserContext]:
    """One person's browser, which keeps its pages for one test after another: a new one takes a second of a core."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser.new_context(locale="en-GB", timezone_id="Europe/London", accept_downloads=True)
        finally:
            browser.close()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Its address, without a slash at the end."""
    with served(app) as port:
        yield f"http://127.0.0.1:{port}"


def named(name: str) -> re.Pattern[str]:
    """What begins so is meant. What is read out and not seen, as in "Drop: a heading", is a piece of its own, before which
    a browser puts a space."""
    return re.compile("^" + re.escape(name).replace(":", " ?:"))


@contextmanager
def opened_windows(browser: BrowserContext) -> Iterator[Callable[[str], "Window"]]:
    """All windows share their cookies, as a person's do; none is left in the end."""
    opened: list[Window] = []

    def another(home: str) -> Window:
        opened.append(Window(_free_page(browser), home))
        return opened[-1]

    try:
        yield another
        if noted := [line for window in opened for line in window.left()]:
            raise AssertionError("\n".join(noted))
    finally:
        for window in opened:
            window.leave()
        browser.clear_cookies()


_IN_USE: set[Page] = set()


def _free_page(browser: BrowserContext) -> Page:
    """One that no window has: its cookies are gone, and it shows what is no other test's."""
    page = next((page for page in browser.pages if page not in _IN_USE), None) or browser.new_page()
    _IN_USE.add(page)
    return page


class Window:
    """`page` is Playwright's; what is here are the few things that every journey does."""

    def __init__(self, page: Page, home: str):
        self.page = page
        self.home = home
        self.noted: list[str] = []
        self._expected: list[int] = []
        self.page.set_default_timeout(PATIENCE)
        self._heard = {
            "request": lambda asked: self._note_strange(asked.url),
            "response": self._note_refusal,
            "requestfailed": self._note_failure,
            "pageerror": lambda error: self.noted.append(f"script: {error}"),
            "console": self._note_complaint,
        }
        for event, hear in self._heard.items():
            self.page.on(event, hear)
        self.plain()

    def leave(self) -> None:
        for event, hear in self._heard.items():
            self.page.remove_listener(event, hear)
        _IN_USE.discard(self.page)

    def plain(self) -> "Window":
        """As on a desk: wide, light, on a screen."""
        self.page.emulate_media(color_scheme="light", media="screen", forced_colors="none")
        return self.sized(WIDE)

    def _note_strange(self, address: str) -> None:
        if not address.startswith((f"{self.home}/", "data:")):
            self.noted.append(f"asked elsewhere: {address}")

    def _note_failure(self, asked: Request) -> None:
        if asked.failure != "net::ERR_ABORTED":  # as what becomes a download is called
            self.noted.append(f"failed: {asked.url} {asked.failure}")

    def _note_refusal(self, response: Response) -> None:
        if response.status < 400:
            return
        if response.url.endswith("/nothing"):  # which stands for all that is not there
            return
        if response.status in self._expected:
            self._expected.remove(response.status)
        else:
            self.noted.append(f"{response.status}: {response.request.method} {response.url}")

    def _note_complaint(self, message) -> None:
        if (
            message.type in ("error", "warning")
            and "the server responded with a status of" not in message.text
        ):
            self.noted.append(f"console: {message.text}")

    def expects(self, *codes: int) -> "Window":
        """Of what is done next, each is answered once with such a code."""
        self._expected += codes
        return self

    def left(self) -> list[str]:
        """What was noted and nobody expected, or expected and did not come."""
        return [*self.noted, *(f"expected and not seen: {code}" for code in self._expected)]

    def open(self, address: str = "/") -> "Window":
        self.page.goto(f"{self.home}{address}")
        return self

    @property
    def address(self) -> str:
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def said(self) -> str:
        """What the page says was done, in its status line."""
        return " ".join(self.page.get_by_role("status").all_inner_texts())

    def follow(self, name: str, within: Locator | None = None) -> "Window":
        return self._leading((within or self.page).get_by_role("link", name=named(name)).first.click)

    def press(self, name: str, within: Locator | None = None) -> "Window":
        return self._leading((within or self.page).get_by_role("button", name=named(name)).first.click)

    def enter(self) -> "Window":
        """Sends the form that has the keyboard."""
        return self._leading(lambda: self.page.keyboard.press("Enter"))

    def _leading(self, act: Callable[[], None]) -> "Window":
        """To another page, which is whole when this returns: a click alone may return on the old one."""
        with self.page.expect_navigation():
            act()
        return self

    def fill(self, label: str, text: str, within: Locator | None = None) -> "Window":
        (within or self.page).get_by_label(label).first.fill(text)
        return self

    def story(self, heading: str) -> Locator:
        """The story that is called so, in whichever list it stands: its text and its buttons."""
        named = self.page.get_by_role("heading", name=heading)
        return self.page.get_by_role("listitem").filter(has=named).first

    def headings(self, section: str) -> list[str]:
        """Of the stories of a section, without their numbers."""
        lines = (
            self.page.get_by_role("region", name=section).get_by_role("heading", level=3).all_inner_texts()
        )
        return [line.split(". ", 1)[-1] for line in lines]

    def tab_to(self, name: str) -> "Window":
        """By the tab key alone, to what is called so."""
        for _ in range(500):
            self.page.keyboard.press("Tab")
            if named(name).match(self.page.evaluate(_FOCUSED)):
                return self
        raise AssertionError(f"the tab key does not come to {name}")

    def downloaded(self, link: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=link).first.click()
        return Path(waiting.value.path()).read_bytes()

    def reads(self, words: str) -> bool:
        """Whether a person sees these words: as the page is laid out, spaces apart."""
        return words in " ".join(self.page.locator("body").inner_text().split())

    def sized(self, width: int, height: int = 900) -> "Window":
        self.page.set_viewport_size({"width": width, "height": height})
        return self


# What takes the keyboard's input is called by its label, or by its own text.
_FOCUSED = """() => { const one = document.activeElement;
  return ((one.labels && one.labels[0]) || one).textContent.replace(/\\s+/g, ' ').trim(); }"""


# ── what axe-core finds ─────────────────────────────────────────────────────────────────────────────────────────


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page, tags: tuple[str, ...] = (*LAW, ADVICE), rules: tuple[str, ...] = ()) -> list[str]:
    """A line for each rule that is broken, with where; only those `rules` where any are named. axe is brought in by the
    debugger, which the page's policy does not concern: the page stays as it is served.

    Contrast is left out unless it is named: axe looks for what lies over each letter, which takes seconds of a core on a
    page with many stories. `looking.faint` computes it in milliseconds, and `make unattended` asks axe (test_desk.py)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(tags)}
    without = {CONTRAST: {"enabled": CONTRAST in rules}}
    found = page.evaluate(
        _ASK, {"runOnly": only, "rules": without, "resultTypes": ["violations"], "preload": False}
    )
    return [f"{rule} ({impact}): {target} {html[:160]} | {why}" for rule, impact, target, html, why in found]


_ASK = """options => axe.run(document, options).then(found => found.violations.flatMap(broken => broken.nodes.map(
  node => [broken.id, broken.impact, node.target.join(' '), node.html, node.failureSummary])))"""
