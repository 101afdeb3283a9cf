"""Invented pages on which an article's borders are to be found: a story, the parts of a page, and what surrounds them."""

from datetime import UTC, datetime

from monitor.model import NoArticle, Page
from monitor.reading.pages.borders.sought import NOBODYS, Sought
from monitor.reading.pages.extract import extract

SEEN = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
URL = "https://www.gazette.example/news/desk-261128"

TITLE = "Police desk in Reading to close"
LEAD = "The force is to close the public desk at its police station in Reading from April, the commissioner has announced, saving £1.2m a year."
STORY = (
    LEAD,
    "Residents’ groups said the decision had been taken “behind closed doors” and that the nearest desk would be eleven miles away in Slough.",
    "The chief constable told the panel that footfall had dropped by two thirds since 2019 and that officers would hold surgeries in the library.",
    "A consultation on the force’s estate runs until 14 January, and the panel will be asked for its view at its meeting in the new year.",
)
HEAD = '<header><a href="/">Gazette</a><nav><a href="/n">News</a><a href="/s">Sport</a></nav><button>Menu</button></header>'
FOOT = '<footer><a href="/privacy">Privacy</a> <a href="/cookies">Cookies</a> <a href="/subscribe">Subscribe</a></footer>'


def html(body: str, title: str = f"{TITLE} - Gazette", head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def article(inner: str, after: str = "", head: str = "") -> str:
    return html(f"{HEAD}<main><article><h1>{TITLE}</h1>{inner}</article>{after}</main>{FOOT}", head=head)


def read(page: str, sought: Sought = NOBODYS, url: str = URL) -> Page | NoArticle:
    return extract(page.encode(), url, SEEN, sought)
