"""A small fake of the network for whole runs: a table from address to answer, used as the `fetch` argument."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from monitor.model import FailureKind, Fetched, FetchFailed, FetchRequest, FetchResult, NotModified


@dataclass
class Web:
    """`pages` may be changed between polls. An address that is not in it does not resolve."""

    pages: dict[str, bytes | FetchFailed] = field(default_factory=dict)
    etags: bool = False  # answer 304 to a reader that sends back what it was given
    moved: dict[str, str] = field(default_factory=dict)  # permanent redirects, which are not counted as asked
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: FetchRequest) -> FetchResult:
        self.asked.append(request.url)
        final = self.moved.get(request.url, request.url)
        found = self.pages.get(final)
        if found is None:
            return FetchFailed(
                url=request.url, kind=FailureKind.TEMPORARY, reason="the name does not resolve"
            )
        if isinstance(found, FetchFailed):
            return found
        etag = f'"{hash(found)}"' if self.etags else None
        if etag and request.etag == etag:
            return NotModified(url=request.url)
        return Fetched(
            url=request.url, final_url=final, body=found, etag=etag, moved_to=self.moved.get(request.url)
        )


def rss(*stories: tuple[str, str, datetime]) -> bytes:
    """A feed of (address, headline, time) stories, each with a summary that repeats its headline."""
    items = "".join(
        f"<item><title>{escape(headline)}</title><link>{escape(url)}</link>"
        f"<pubDate>{format_datetime(moment)}</pubDate><description>In short: {escape(headline)}</description></item>"
        for url, headline, moment in stories
    )
    return f"<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>".encode()


def html_page(headline: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{escape(headline)}</title></head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(headline)}</h1>{body}</article></body></html>"
    ).encode()
