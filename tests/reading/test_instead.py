"""What a page shows in place of an article: by its words where these are few, by its form otherwise."""

from functools import partial

import pytest

from monitor.reading.pages.borders.instead import Shown, instead

STORY = tuple(f"Sentence {number} of a story that the council told on Monday." for number in range(12))

BLOCKED = "the site checks for robots and shows no article"
SUBSCRIBERS = "the article is for the site's subscribers"
GONE = "the site says that there is no such page"
COOKIES = "a cookie notice, not an article"
HEADLINES = "a list of headlines, not an article"
LINK = "Bus route to be kept for a year"
COMMENT_BOX = "Please enable JavaScript to view the comments."


@pytest.mark.parametrize(
    "title, paragraphs, page, reason",
    [
        pytest.param("Budget", STORY, "", None, id="a story"),
        pytest.param("Budget", STORY[:2], "", None, id="a short story"),
        pytest.param(
            "Cookies and consent", STORY, "cookies subscribe to read", None, id="a story of cookies"
        ),
        pytest.param("Access denied", STORY, "", None, id="a story of a refusal"),
        pytest.param("Just a moment...", (), "", BLOCKED, id="a check"),
        pytest.param(
            "", ("Please verify that you are human to go on.",), "", BLOCKED, id="a check in the text"
        ),
        pytest.param(
            "gazette.example", (), "Are you a robot? Tick the box.", BLOCKED, id="a check without an article"
        ),
        pytest.param("A moment with the mayor", STORY[:2], "", None, id="not a check"),
        pytest.param("Unusual traffic on the A34", STORY[:2], "", None, id="traffic of cars"),
        pytest.param("Your choices", ("We use cookies.", "Our partners too."), "", COOKIES, id="consent"),
        pytest.param("Privacy", (), "We value your privacy", COOKIES, id="consent without an article"),
        pytest.param("Page not found", STORY[:1], "", GONE, id="gone"),
        pytest.param("404 - Gazette", STORY[:1], "", GONE, id="404"),
        pytest.param("Sorry, we can't find that page", STORY[:1], "", GONE, id="gone, with regrets"),
        pytest.param("Driver not found after crash", STORY[:2], "", None, id="a driver gone"),
        pytest.param("Budget", STORY[:2], "Subscribe to continue reading", SUBSCRIBERS, id="a stub"),
        pytest.param(
            "Budget", STORY[:2], "Comments are for subscribers only", None, id="comments for subscribers"
        ),
        pytest.param("Budget", STORY[:9], "Subscribe to continue reading", None, id="too long for a stub"),
        pytest.param("Budget", (), "", "no article on the page", id="nothing"),
        pytest.param("Budget", ("More soon.",), "", "no article on the page", id="next to nothing"),
        pytest.param("News", (LINK,) * 8, "", HEADLINES, id="headlines"),
        pytest.param("News", (LINK,) * 80, "", HEADLINES, id="many headlines"),
        pytest.param("News", (f"- {LINK}",) * 8, "", HEADLINES, id="headlines in a list"),
        pytest.param(
            "Winners", ("Oak Lodge of Wallingford, for a hedge",) * 8, "", None, id="a list of winners"
        ),
        pytest.param(
            "Budget", STORY[:2] + (COMMENT_BOX,), COMMENT_BOX, None, id="a comment box without scripts"
        ),
        pytest.param("Sorry, says chief who lost the file", STORY[:2], "", None, id="a chief is sorry"),
        pytest.param("Sorry | Gazette", STORY[:1], "", GONE, id="sorry, and no more"),
        pytest.param("Oops! Something went wrong", STORY[:1], "", GONE, id="oops"),
        pytest.param(
            "Campaign on consent",
            ("The force and its partners began a campaign.", "It is about consent.", "It will run all year."),
            "",
            None,
            id="a short story of consent",
        ),
        pytest.param(
            "Force lost files",
            ("“We take privacy seriously,” it said.", "Personal data of 40 people was lost by partners."),
            "",
            None,
            id="a short story of lost data",
        ),
        pytest.param("List", (*STORY[:6], *["- An item"] * 6), "", None, id="a story with a list"),
    ],
)
def test_what_a_page_shows_instead(title, paragraphs, page, reason):
    shown = Shown(title=title, paragraphs=paragraphs, lines=lambda: (page,), links=lambda: {LINK})
    assert instead(shown) == reason


def test_a_long_story_is_not_asked_for_its_page():
    never = partial(pytest.fail, "the page was asked for")
    assert (
        instead(Shown(title="Budget", paragraphs=STORY * 3, lines=never, links=never, has_wall=never)) is None
    )
