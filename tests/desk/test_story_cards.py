"""Where an act leads back to, how cards are said, and what filters show: without an archive."""

from datetime import date

import pytest
from editions import item, link
from flask import Flask

from monitor.desk.back import back_from_here, back_here, lead_back
from monitor.desk.cards import Filters, Sieve, say_others, say_points
from monitor.model import Kinship
from monitor.model.review import Card, Place


@pytest.fixture(scope="module")
def app():
    app = Flask(__name__)
    for endpoint, rule in (
        ("edition.show", "/"),
        ("search.show", "/search"),
        ("where.show", "/where"),
        ("history.show", "/history"),
        ("story.show", "/story/<id>"),
    ):
        app.add_url_rule(rule, endpoint, lambda **_: "")
    return app


@pytest.mark.parametrize(
    ("asked", "story", "next", "leads"),
    [
        ("?at=edition", "a", "b", "/#story-b"),
        ("?at=edition&topic=roads&q=two+words", "a", "b", "/?topic=roads&q=two+words#story-b"),
        ("?at=edition&list=further&from=81", "a", "", "/?list=further&from=81"),
        ("?at=search&q=calls&sort=day", "a", "a", "/search?q=calls&sort=day#story-a"),
        ("?at=where&q=https://x.example/%3Fa%3D1%26b", "a", "a", "/where?q=https%3A%2F%2Fx.example%2F%3Fa%3D1%26b#story-a"),
        ("?at=history", "a", "", "/history"),
        ("?at=story", "a", "b", "/story/a"),
        ("?at=story", "", "b", "/#story-b"),
        ("", "a", "b", "/#story-b"),
        # never out of the desk
        ("?at=//evil.example", "a", "", "/"),
        ("?at=https://evil.example/", "a", "b", "/#story-b"),
        ("?at=edition&_scheme=javascript&_external=1", "a", "", "/?_scheme=javascript&_external=1"),
        ("?at=edition&q=%0d%0aSet-Cookie:+x", "a", "", "/?q=%0D%0ASet-Cookie%3A+x"),
        ("?at=story", "//evil.example", "", "/story///evil.example"),
    ],
)  # fmt: skip
def test_an_act_leads_back_to_where_its_button_stood(app, asked, story, next, leads):
    with app.test_request_context(f"/story/a/drop{asked}", method="POST"):
        answer = lead_back(story, next)
    assert (answer.status_code, answer.headers["Location"]) == (303, leads)


def test_a_prefix_is_kept(app):
    with app.test_request_context("/x?at=story", method="POST", base_url="http://127.0.0.1/desk/"):
        assert lead_back("a", "").headers["Location"] == "/desk/story/a"


def test_nothing_that_an_address_carries_is_taken_for_its_own_parts(app):
    asked = "/story/a/drop?at=story&id=b&ids=1&what=x&endpoint=y&_anchor=z&q=calls"
    with app.test_request_context(asked, method="POST"):
        assert back_from_here() == {"at": "story", "q": "calls"}


def test_only_what_is_set_is_carried_along():
    assert back_here("edition", {"topic": "", "q": "calls"}) == {"at": "edition", "q": "calls"}


REPORT, COPY = Kinship.REPORT, Kinship.COPY


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((), ""),
        ((None,), ""),
        ((None, REPORT), "1 more report"),
        ((None, COPY), "1 copy"),
        ((None, COPY, REPORT, REPORT, COPY), "2 more reports and 2 copies"),
        ((None, None), "1 more report"),  # a link that was added by hand
    ],
)
def test_how_many_others_tell_it(kinds, said):
    assert say_others([link(kinship=kind, article=str(place)) for place, kind in enumerate(kinds)]) == said


@pytest.mark.parametrize(
    ("points", "said"), [(0, "0 points"), (1, "1 point"), (-1, "−1 point"), (-12, "−12 points")]
)
def test_points_are_said(points, said):
    assert say_points(points) == said


def card(story: str, heading: str, *, topics=(), area="thames-valley", councils=(), plain=False) -> Card:
    its = item(story=story, heading=heading, topics=topics, area=area, councils=councils)
    return Card(
        story=story,
        place=Place.ITEM,
        number=1,
        heading=heading,
        drafted=heading,
        reason="",
        links=(link("Thames Courier", published=date(2026, 11, 12)),),
        version="",
        can=frozenset(),
        item=None if plain else its,
    )


CARDS = (
    card("a", "Calls answered", topics=("contact",), councils=("reading",)),
    card("b", "Calls and courts", topics=("contact", "courts")),
    card("c", "Courts wait", topics=("courts",), area="national"),
    card("d", "A near miss on calls", plain=True),
)


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, "abcd"),
        ({"topic": "contact"}, "ab"),
        ({"area": "reading"}, "a"),
        ({"area": "national"}, "c"),
        ({"q": "CALLS"}, "abd"),
        ({"q": "calls courts"}, "b"),
        ({"q": "courier"}, "abcd"),
        ({"topic": "courts", "q": "calls"}, "b"),
        ({"topic": "nonsense"}, ""),
        ({"q": "'; DROP TABLE articles; --"}, ""),
    ],
)
def test_filters_show_what_fits_all_of_them(filters, shown):
    sieve = Sieve(Filters(**filters), CARDS)
    assert "".join(one.story for one in CARDS if sieve.shows(one)) == shown


def test_each_choice_is_counted_as_it_would_show_under_the_other_filters():
    sieve = Sieve(Filters(topic="courts", q="calls"), CARDS)
    topics = sieve.counted("topic", lambda one: one.item.topics if one.item else ())
    areas = sieve.counted("area", lambda one: one.item.councils if one.item else ())
    assert topics == {"contact": 2, "courts": 1}  # not only those of the topic that is set
    assert areas == {}  # what has a council is of another topic


def test_a_filter_is_lifted_by_an_address_without_it():
    filters = Filters(topic="contact", q="calls")
    assert filters.given() == {"topic": "contact", "q": "calls"}
    assert filters.without("topic") == {"q": "calls"}
