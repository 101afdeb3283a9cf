"""What a page shows in place of an article: by its words where these are few, by its form otherwise."""

from functools import partial

import pytest
from borders import FOOT, HEAD, LEAD, TITLE, article, html, p, read
from borders import STORY as DESK

from monitor.model import NoArticle, Page
from monitor.reading.pages.borders.instead import Shown, instead
from monitor.reading.pages.borders.sought import Sought

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


# ── whole pages ─────────────────────────────────────────────────────────────────────────────────────────────────

CHOICES = {
    "a heading, two paragraphs": html(
        "<main><h1>Before you continue</h1>"
        + p(
            "We and our 842 partners store and access information on your device, such as cookies.",
            "Click accept all to agree, or manage your choices.",
        )
        + "<button>Accept all</button></main>",
        "Before you continue",
    ),
    "many short lines": html(
        "<h1>Before you continue</h1>"
        + p(
            "We value your privacy",
            "We and our partners use technology such as cookies to personalise content.",
            "You can change your mind at any time.",
            "Manage options",
            "Agree",
        )
        + "<button>Accept all</button>",
        "Before you continue",
    ),
    "purposes": html(
        p(
            "This site asks for consent to use your data",
            "Personalised advertising and content, audience research and services development",
            "Store and/or access information on a device",
            "Learn more",
        )
        + "<button>Accept</button>",
        "Gazette",
    ),
    "consent or pay": html(
        p(
            "Consent or pay",
            "Accept advertising cookies and read for free, or pay £1.99 a month.",
            "Choose one to go on.",
        )
        + "<button>Accept all</button>",
        "Before you continue",
    ),
    "a form": html(
        "<form><h2>Your data, your choice</h2>"
        + p("To give you the best experience we need to know if we may use tracking cookies.")
        + '<input type="submit" value="OK"></form>',
        "Gazette",
    ),
    "a list, and long": html(
        "<h1>We are part of a family of brands</h1>"
        + p("When you use our sites and apps, we use cookies to:")
        + "<ul><li>provide our sites and apps to you</li><li>authenticate users, apply security measures, and prevent spam</li></ul>"
        + p(
            "If you click accept, we and our partners, including 240 who are part of a framework, will also store and access information on a device (in other words, use cookies) and use precise data of your place and other personal data such as your address and what you look for.",
            "If you do not want us and our partners to use cookies and personal data for these purposes, click reject.",
            "You can change your choices at any time by the links on our sites and apps, as our privacy policy says.",
        )
        + "<button>Accept all</button><button>Reject all</button>",
        "Brands",
    ),
    "divs": html(
        "<div><div>We value your privacy</div><div>With your consent, we and our partners may use cookies to store and process personal data like your visit here.</div>"
        '<span role="button">Agree and close</span></div>',
        "Gazette",
    ),
    "with links": html(
        "<h1>Data protection</h1>"
        + p(
            "By agreeing you let us and our partners use your data for personalised ads.",
            'You will find details in the <a href="/p">privacy policy</a> and the <a href="/v">list of partners</a>.',
        )
        + '<a href="/yes" class="button">I agree</a>',
        "Consent",
    ),
    "one line": html(
        p("This website uses cookies. Please accept them to go on.") + "<button>OK</button>", "Cookies"
    ),
}


@pytest.mark.parametrize(
    "sought",
    [Sought(), Sought(title=TITLE), Sought(title=TITLE, url="https://paper.example/news/1")],
    ids=["nobody's", "at its address", "led to another site"],
)
@pytest.mark.parametrize("page", CHOICES.values(), ids=CHOICES)
def test_a_choice_about_data_is_no_article(page, sought):
    assert read(page, sought) == NoArticle(reason=COOKIES)


LONG = "<h1>Welcome</h1>" + p(
    *(
        f"{n}. We and our partners use cookies on your device for this purpose, too, among others."
        for n in range(30)
    )
)


def test_however_long_it_is_where_the_reader_was_led_to_another_site():
    page = html(LONG + "<button>Accept</button>", "Welcome")
    assert read(page, Sought(title=TITLE, url="https://paper.example/news/1")) == NoArticle(reason=COOKIES)


MARKED = '<meta property="article:published_time" content="2026-11-13">'
LOST = (
    "The watchdog has fined the force £40,000 for the loss of personal data that its partners held on old phones.",
    "The force said that cookies on its website were not affected, and that consent had been asked for.",
)


@pytest.mark.parametrize(
    "page, sought",
    [
        pytest.param(
            html(f"<h1>Privacy watchdog fines force</h1>{p(*LOST)}<button>Share</button>", "Fine", MARKED),
            Sought(),
            id="that says so",
        ),
        pytest.param(
            html(f"<h1>Privacy watchdog fines force</h1>{p(*LOST)}<button>Share</button>", "Fine"),
            Sought(title="Watchdog fines force over privacy"),
            id="that is looked for",
        ),
        pytest.param(
            html(
                f"<article><h1>Privacy watchdog fines force</h1>{p(*LOST)}</article><button>Share</button>",
                "Fine",
            ),
            Sought(),
            id="in its borders",
        ),
    ],
)
def test_a_short_report_of_consent_is_an_article(page, sought):
    assert isinstance(read(page, sought), Page)


OTHER = "another page came in the article's place"
ABOUT = html(
    f"{HEAD}<h1>About the Gazette</h1>{p('The Gazette has been printed in the valley since 1871, and its shop is in the market place.', 'It is open from nine to five on weekdays.')}{FOOT}",
    "About us",
)


@pytest.mark.parametrize(
    "page, sought, reason",
    [
        pytest.param(
            ABOUT, Sought(title=TITLE, url="https://www.gazette.example/gone"), OTHER, id="led elsewhere"
        ),
        pytest.param(
            ABOUT,
            Sought(title=TITLE, url="https://www.gazette.example/news/desk-261128"),
            OTHER,
            id="not one word",
        ),
        pytest.param(
            ABOUT,
            Sought(title="About the Gazette", url="https://www.gazette.example/gone"),
            None,
            id="what was sought",
        ),
        pytest.param(ABOUT, Sought(), None, id="nothing was sought"),
        pytest.param(
            ABOUT,
            Sought(title="It is up", url="https://www.gazette.example/gone"),
            None,
            id="no telling word",
        ),
        pytest.param(
            article(p(*DESK)),
            Sought(title="Chief constable tells panel of station's footfall"),
            None,
            id="otherwise worded",
        ),
        pytest.param(
            article(p(*DESK)),
            Sought(title="Desk to go", url="https://links.example/1"),
            None,
            id="by way of another site",
        ),
    ],
)
def test_a_page_is_held_against_what_led_there(page, sought, reason):
    found = read(page, sought)
    assert (found.reason if isinstance(found, NoArticle) else None) == reason


def test_a_canonical_address_that_names_the_front_page_says_nothing():
    head = '<link rel="canonical" href="https://www.gazette.example/"><meta property="og:url" content="https://www.gazette.example/">'
    assert read(article(p(LEAD, *DESK[1:]), head=head), Sought(title=TITLE)).paragraphs == DESK
