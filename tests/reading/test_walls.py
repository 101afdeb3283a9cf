"""Of what is for subscribers the beginning stands, without the invitation; what merely speaks of subscribers is whole."""

import json

import pytest
from borders import FOOT, LEAD, STORY, TITLE, article, html, p, read
from where import QUALITY

from monitor.model import NoArticle, Page
from monitor.reading.pages.borders.sought import Sought
from monitor.reading.pages.borders.walls import is_invitation, without_invitations

SUBSCRIBERS = "the article is for the site's subscribers"
WALLED = NoArticle(reason=SUBSCRIBERS, title=TITLE, beginning=(LEAD,))

INVITES = [
    ["Already a subscriber? Log in", "Get unlimited access from £1"],
    ["Want to read more?", "Subscribe today from just £1 for the first month."],
    ["Register for free to read the rest of this article."],
    ["You have reached your limit of free articles this month."],
    ["This is a premium article. Join our members to read on."],
    ["Create a free account to continue reading", "It only takes a minute"],
    ["You have 0 free articles remaining this month. Subscribe for unlimited access."],
    ["This content is exclusive to subscribers."],
    ["Exclusive for subscribers"],
    ["Continue reading with a digital subscription", "Cancel anytime"],
    ["Unlock this article", "Start your free trial today for just £1"],
    ["Sorry, this article is for subscribers only."],
    ["To read the full story, please log in or register."],
    ["Enter your email address to keep reading for free"],
    ["The rest of this article is reserved for members"],
    ["Subscriber-only content", "Subscribe now for 99p a week"],
    ["You’ve reached your article limit", "Sign up for free to read more"],
    ["Already have an account? Sign in", "Choose your subscription"],
    ["Sign in to read the full article"],
    ["Read the full story with a subscription from £2.99 a month"],
    ["Keep reading for just £1", "Already a member? Log in"],
    ["This story is only available to Premium+ members."],
    ["Don't have a subscription? Subscribe now"],
    ["Enjoy unlimited access to our journalism from £5 a month. Subscribe today"],
    ["You’ve read your last free article. Subscribe to read more."],
    ["Members-only story"],
    ["Join now to unlock this story"],
    ["Thank you for reading. You have used all of your free articles."],
]

STAYS = [
    "Subscribers to the village newsletter will get free access to the pool, the parish council has decided.",
    "Residents can register for free to read the plans at the library until Friday 4 December.",
    "Members can log in to read the full report on the council's website, the clerk said.",
    "“Join now and read our newsletter,” the co-ordinator told those who came.",
    "Register to view the plans at the library on 3 May",
    "Sign up to comment on the policing plan by 4 May",
    "Join officers at the drop-in on Tuesday, and download the app there.",
    "Access to all records of the case was refused.",
    "Premium rates for the phone line will go up by 4p a minute.",
    "You can read the plan at the library, or ask the clerk for a copy.",
    "This is the third time that members of the panel have asked to read the report.",
    "Read the plans at the town hall, the council says.",
    "Want to have your say?",
    "Sign in at the front desk, staff were told.",
    "The membership of the scheme rose to 4,000.",
]


@pytest.mark.parametrize("lines", INVITES, ids=lambda lines: lines[0])
def test_an_invitation_says_that_there_is_more(lines):
    assert any(map(is_invitation, lines))
    assert read(article(p(LEAD), after=p(*lines)), Sought(title=TITLE)) == WALLED
    assert read(article(p(*STORY), after=p(*lines))).paragraphs == STORY, (
        "below a whole article it is left out"
    )


@pytest.mark.parametrize("line", STAYS)
def test_a_story_is_no_invitation(line):
    assert not is_invitation(line)
    assert line in read(article(p(line, *STORY[:1]))).paragraphs


def test_no_paragraph_of_a_real_story_is_taken_for_an_invitation():
    lost = [
        paragraph
        for name in ("tuning", "everyday")
        for line in (QUALITY / f"{name}.jsonl").read_text("utf-8").splitlines()
        for paragraph in json.loads(line)["text"].split("\n\n")
        if is_invitation(paragraph)
    ]
    assert lost == []


def linked_data(free: object) -> str:
    part = {"@type": "WebPageElement", "isAccessibleForFree": free, "cssSelector": ".rest"}
    told = {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": free, "hasPart": part}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


BOX = '<div class="{name}"><h3>More for you</h3><p>Our reporters cover every meeting. Become a subscriber and help them, from four pounds a month.</p></div>'


@pytest.mark.parametrize(
    "page, expected",
    [
        pytest.param(article(p(LEAD), head=linked_data(False)), (LEAD,), id="not free"),
        pytest.param(article(p(LEAD), head=linked_data("False")), (LEAD,), id="not free, in words"),
        pytest.param(
            article(p(LEAD, BOX.format(name="c-paywall-box"))), (LEAD,), id="a box that is called a wall"
        ),
        pytest.param(
            article(p(LEAD, BOX.format(name="regwall"))), (LEAD,), id="a box that is called another"
        ),
        pytest.param(
            article(p(*STORY[:3]), p("Subscribe to continue reading"), linked_data(False)),
            STORY[:3],
            id="more is shown, and two things speak",
        ),
    ],
)
def test_other_evidence_that_there_is_more(page, expected):
    assert read(page) == NoArticle(reason=SUBSCRIBERS, title=TITLE, beginning=expected)


@pytest.mark.parametrize(
    "page, expected",
    [
        pytest.param(article(p(LEAD)), (LEAD,), id="short"),
        pytest.param(article(p(LEAD), head=linked_data(True)), (LEAD,), id="free"),
        pytest.param(
            article(p(*STORY, *STORY[1:]), head=linked_data(False)),
            (*STORY, *STORY[1:]),
            id="not free, whole",
        ),
        pytest.param(
            article(p(*STORY), BOX.format(name="paywall")), STORY, id="a wall below a whole article"
        ),
        pytest.param(
            html(
                f'<header><a href="/in">Already a subscriber? Log in</a></header><article><h1>{TITLE}</h1>{p(LEAD)}</article>{FOOT}'
            ),
            (LEAD,),
            id="an offer above",
        ),
        pytest.param(
            html(
                f'<div class="paywall-user-name">Sign out</div><article><h1>{TITLE}</h1>{p(LEAD)}</article>{FOOT}'
            ),
            (LEAD,),
            id="a name for what is no wall",
        ),
    ],
)
def test_what_is_shown_is_all(page, expected):
    found = read(page)
    assert isinstance(found, Page) and found.paragraphs == expected


@pytest.mark.parametrize(
    "lines, expected",
    [
        ([LEAD, "What is next", "Subscribe to read the full story", "Yours for a year"], (LEAD,)),
        (
            [LEAD, "Subscribe to read the full story", "What is next", STORY[1]],
            (LEAD, "What is next", STORY[1]),
        ),
        ([LEAD, "What is next"], (LEAD, "What is next")),
    ],
)
def test_short_lines_go_with_an_invitation_below_the_story(lines, expected):
    assert without_invitations(lines) == expected


def test_the_text_of_what_is_not_free_is_not_taken_from_elsewhere():
    told = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": " ".join(STORY),
        "isAccessibleForFree": False,
    }
    head = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    assert read(article(p(LEAD), head=head)) == WALLED
    assert read(html('<div id="root"></div>', head=head)) == NoArticle(reason=SUBSCRIBERS, title=TITLE)
