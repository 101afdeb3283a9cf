"""Feeds of more entries than are read: the newest are, wherever they stand, and it is said."""

from datetime import timedelta

import pytest
from feedtext import SEEN, item, read, rss

from monitor.reading.feeds.newest import chosen, moment, newest_entries

HOURS = [SEEN - timedelta(hours=hours) for hours in range(600)]  # the newest first
SAID = "the newest 500 of its 600 entries are read"
NEWEST = {f"https://example.org/{number}" for number in range(500)}


def entry(number: int, form: str) -> str:
    date, link = HOURS[number].isoformat(), f"https://example.org/{number}"
    if form == "Atom":
        return f"<entry><title>T{number}</title><link href='{link}'/><updated>{date}</updated></entry>"
    if form == "RDF":
        return f"<item rdf:about='{link}'><title>T{number}</title><link>{link}</link><dc:date>{date}</dc:date></item>"
    if form == "JSON":
        return f'{{"id": "{number}", "url": "{link}", "title": "T", "date_published": "{date}"}}'
    return item(title=f"T{number}", link=link, pubDate=HOURS[number].strftime("%a, %d %b %Y %H:%M:%S GMT"))


WRAPPED = {
    "RSS": rss("{}"),
    "Atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>{}</feed>",
    "RDF": (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>F</title></channel>{}</rdf:RDF>"
    ),
    "JSON": '{{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{}]}}',
}
ORDERS = {
    "newest first": range(600),
    "newest last": range(599, -1, -1),
    "in no order": [number * 7 % 600 for number in range(600)],
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("form", WRAPPED)
def test_the_newest_are_read(form, order):
    entries = ("," if form == "JSON" else "\n").join(entry(number, form) for number in ORDERS[order])
    feed = read(WRAPPED[form].replace("{{", "{").replace("}}", "}").replace("{}", entries))
    assert {found.url for found in feed.entries} == NEWEST
    assert (len(feed.entries), feed.left_out) == (500, SAID)


def test_nothing_is_said_of_a_feed_that_is_read_whole():
    feed = read(rss(*(entry(number, "RSS") for number in range(500))))
    assert (len(feed.entries), feed.left_out) == (500, None)


@pytest.mark.parametrize(
    "dates, kept, said",
    [
        pytest.param([1, 2, 3], [0, 1, 2], None, id="no more than the most"),
        pytest.param([4, 3, 2, 1], [0, 1, 2], "the newest 3 of its 4 entries are read", id="newest first"),
        pytest.param([1, 2, 3, 4], [1, 2, 3], "the newest 3 of its 4 entries are read", id="newest last"),
        pytest.param(
            [1, None, 3, 4], [0, 2, 3], "the newest 3 of its 4 entries are read", id="one without a date"
        ),
        pytest.param(
            [None, 1, 3, 4], [0, 2, 3], "the newest 3 of its 4 entries are read", id="the first without one"
        ),
        pytest.param(
            [99, 2, 3, 4], [0, 2, 3], "the newest 3 of its 4 entries are read", id="one of next spring"
        ),
        pytest.param(
            [None, None, None, None, 5],
            [0, 1, 4],
            "of its 5 entries, which have no dates, 3 are read: half from each end",
            id="hardly a date",
        ),
    ],
)
def test_what_is_chosen(dates, kept, said):
    days = [SEEN - timedelta(days=30) + timedelta(days=day) if day else None for day in dates]
    places, words = chosen(days, 3, SEEN)
    assert (places, words) == (kept, said)


def test_what_stands_around_the_entries_stays():
    body = (
        b"<rss><channel><title>F</title>" + b"<item><title>T</title></item>" * 3 + b"<image/></channel></rss>"
    )
    kept, said = newest_entries(body, 2, SEEN)
    assert kept == body.replace(b"<item><title>T</title></item>" * 3, b"<item><title>T</title></item>" * 2)
    assert said == "of its 3 entries, which have no dates, 2 are read: half from each end"


@pytest.mark.parametrize(
    "text, hour",
    [
        ("Mon, 16 Nov 2026 07:00:00 GMT", 7),
        ("16 Nov 2026 08:00 +0100", 7),
        ("2026-11-16T07:00:00Z", 7),
        ("2026-11-16 07:00:00", 7),
        ("yesterday", None),
        ("9999-99-99", None),
    ],
)
def test_dates_as_feeds_write_them(text, hour):
    found = moment(text)
    assert (found.hour if found else None) == hour
