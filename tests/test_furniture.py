"""What belongs to a page and not to its story, by form. The two tables matter alike: what goes, and what must stay."""

import json
from pathlib import Path

import pytest

from monitor.reading.furniture import instead, is_furniture

QUALITY = Path(__file__).parent / "quality"
STORY = tuple(f"Sentence {number} of a story that the council told on Monday." for number in range(12))

GOES = [
    "Published: Friday 13th November 2026, 8:15am",
    "Last updated 13 November 2026 at 08:15 GMT",
    "13 November 2026 by Staff reporter",
    "Nov 13, 2026",
    "13/11/2026",
    "Updated: 3 hours ago",
    "5 hours ago",
    "By Newsdesk",
    "BY ANN OTHER",
    "By Ann Other, Local Democracy Reporter",
    "Words by Ann O'Ther and Sam Ple",
    "Read more: Bakery on the bridge to close",
    "READ MORE Bakery on the bridge to close",
    "Continue reading",
    "See also: Two teams share the points",
    "Related stories",
    "More from Loddon Bridge Gazette",
    "Most read",
    "Watch: The moment the bridge opened",
    "Sign up to our newsletter",
    "Get the day's headlines in your inbox every morning.",
    "Join 4,000 readers who get our weekly e-mail.",
    "Never miss a story",
    "Follow us on Facebook and WhatsApp",
    "Support our local journalism",
    "Subscribe",
    "Log in",
    "Please log in to leave a comment",
    "Register to continue reading",
    "12 Comments",
    "Comments (4)",
    "Have your say",
    "Share this story",
    "Share on Facebook",
    "Copy link",
    "Print this story",
    "Picture: Thames Valley Police",
    "Photo by Ann Other",
    "Image credit: TVP",
    "Tags: council, police",
    "Advertisement",
    "© 2026 Loddon Bridge Gazette. All rights reserved.",
    "Copyright 2026 Loddon Bridge Gazette",
    "We use cookies to make this site work.",
    "This website uses cookies. Find out more",
    "- Share this story",
]

STAYS = [
    "By 2030 the force expects to have 200 more officers.",
    "By Monday night the road was open again.",
    "By Christmas, all of it will be spent",
    "Register to vote in the commissioner's election by 16 April.",
    "Residents can sign up to the newsletter at the library.",
    "Support for victims is available by phone or e-mail.",
    "Join officers at the drop-in on Tuesday, and download the app there.",
    "Share your views by 3 March, the council says.",
    "Subscribers to the scheme pay £5 a month.",
    "Watch committees met until 1964.",
    "Related crimes rose by 4 per cent.",
    "Photographs of the scene were shown to the jury.",
    "Pictures of the damage have been sent to insurers.",
    "Comments were sought from the force.",
    "Video from a doorbell helped the inquiry.",
    "On 13 November 2026 the panel met in Reading.",
    "13 November 2026 was the last day of the trial in Oxford.",
    "More officers will be on the streets.",
    "Top officers were questioned.",
    "Local news is dying, says the report.",
    "Copyright law was not broken, the panel found.",
    "Cookies were sold to pay for the youth club.",
    "What happens next",
    "The commissioner's answer",
    "- 12 burglaries",
    "999",
    "",
]


@pytest.mark.parametrize("line", GOES)
def test_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize("line", STAYS)
def test_story(line):
    assert not is_furniture(line)


def test_a_long_line_is_never_furniture():
    assert not is_furniture("Read more " + "about it " * 13)


def test_no_paragraph_of_a_real_story_is_taken_for_furniture():
    lost = [
        paragraph
        for name in ("tuning", "everyday")
        for line in (QUALITY / f"{name}.jsonl").read_text("utf-8").splitlines()
        for paragraph in (json.loads(line)["title"], *json.loads(line)["text"].split("\n\n"))
        if is_furniture(paragraph)
    ]
    assert lost == []


BLOCKED = "the site checks for robots and shows no article"
SUBSCRIBERS = "the article is for the site's subscribers"
GONE = "the site says that there is no such page"
COOKIES = "a cookie notice, not an article"
HEADLINES = "a list of headlines, not an article"


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
        pytest.param("News", tuple(["Bus route to be kept for a year"] * 8), "", HEADLINES, id="headlines"),
        pytest.param(
            "News", tuple(["Bus route to be kept for a year"] * 80), "", HEADLINES, id="many headlines"
        ),
        pytest.param("List", (*STORY[:6], *["- An item"] * 6), "", None, id="a story with a list"),
    ],
)
def test_what_a_page_shows_instead(title, paragraphs, page, reason):
    assert instead(title, paragraphs, lambda: page) == reason


def test_a_long_story_is_not_asked_for_its_page():
    assert instead("Budget", STORY, lambda: pytest.fail("the page was asked for")) is None
