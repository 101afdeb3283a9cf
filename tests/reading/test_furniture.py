"""What belongs to a page and not to its story, by form. The two tables matter alike: what goes, and what must stay."""

import json

import pytest
from where import QUALITY

from monitor.reading.pages.furniture import is_about, is_furniture, story_lines, without_pointer

STORY = tuple(f"Sentence {number} of a story that the council told on Monday." for number in range(12))

ABOUT = [
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
    "Published",
    "Published:",
    "Updated: 9.45pm",
    "Last updated at 09:30",
    "Updated 13 November at 9.45pm",
    "Published 12:01",
    "Additional reporting by the Press Association",
    "(Reporting by Ann Other; editing by Sam Ple)",
    "Ann Other contributed to this report.",
    "Source: Home Office",
    "This is a breaking news story - more to follow",
    "More follows",
    "Follow the inquiry's full coverage at https://www.gazette.example/inquiry",
]

GOES = [
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
    "Don't miss...",
    "DON’T MISS: Bakery on the bridge to close",
    "Most read in Reading",
    "Most popular",
    "You may also like",
    "For the latest news and stories from Reading, sign up to our newsletter.",
    "For more news, follow us on Facebook.",
    "Want to join the conversation? Log in or register to comment.",
    "Got a story? E-mail the newsdesk.",
    "Tell us what you think in the comments below.",
    "Comments are closed.",
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
    "Join us at the town hall on Tuesday; e-mail the clerk to book a place.",
    "Support our officers by telling their story.",
    "Get the all-clear first, the app tells staff.",
    "Don’t miss the app’s first rule: never send a story twice.",
    "Register to join the scheme by Friday",
    "Register to view the plans at the library on 3 May",
    "Sign up to comment on the policing plan by 4 May",
    "Subscribe to the alert service in Didcot to hear of burglaries",
    "Pictures by pupils hang in the custody suite.",
    "Video: a doorbell had recorded it all, the court was told.",
    "Find out more at the drop-in in Thame on Friday.",
    "More from the panel was expected on Tuesday.",
    "999",
    "",
    "Published figures show a fall of three per cent.",
    "Published by the Home Office, the figures are for a year",
    "Updated guidance was sent to all stations",
    "Sources at the force said no more.",
    "For the latest of its meetings the panel sat in Slough.",
    "For more than a year the desk has been closed on Sundays.",
    "Most readers of the report were officers.",
    "Want of evidence ended the case.",
    "More officers follow in May",
    "Have a thought for those who wait, one member said.",
    "You may also ask the clerk for a copy.",
]


@pytest.mark.parametrize("line", GOES)
def test_furniture(line):
    assert is_furniture(line)
    assert story_lines([*STORY[:3], line, *STORY[3:]]) == STORY


@pytest.mark.parametrize("line", ABOUT)
def test_datelines_and_bylines_go_above_and_below_a_story_and_stay_within(line):
    assert is_about(line)
    assert story_lines([line, *STORY]) == story_lines([*STORY, line]) == STORY
    within = (*STORY[:3], line, *STORY[3:])
    assert story_lines(within) == within, "in a calendar of a case a day is part of the story"


@pytest.mark.parametrize("line", STAYS)
def test_story(line):
    assert not is_furniture(line) and not is_about(line)


def test_a_long_line_is_never_furniture():
    assert not is_furniture("Read more " + "about it " * 13)


def test_no_paragraph_of_a_real_story_is_taken_for_furniture():
    lost = [
        paragraph
        for name in ("tuning", "everyday")
        for line in (QUALITY / f"{name}.jsonl").read_text("utf-8").splitlines()
        for paragraph in (json.loads(line)["title"], *json.loads(line)["text"].split("\n\n"))
        if is_furniture(paragraph) or is_about(paragraph)
    ]
    assert lost == []


@pytest.mark.parametrize(
    "line, kept",
    [
        ("The panel met on Friday. Continue reading...", "The panel met on Friday."),
        ("The panel met on Friday.Continue reading…", "The panel met on Friday."),
        ("The panel met on Friday […] Read more »", "The panel met on Friday […]"),
        ("The panel met on Friday… Read the full article", "The panel met on Friday…"),
        ("“We met,” she said.” Read more", "“We met,” she said.”"),
        (
            "The desk closes. Children are to continue reading",
            "The desk closes. Children are to continue reading",
        ),
        ("Members said they would read more.", "Members said they would read more."),
    ],
)
def test_a_feeds_text_ends_before_the_words_that_lead_to_the_page(line, kept):
    assert without_pointer([STORY[0], line]) == (STORY[0], kept)


@pytest.mark.parametrize(
    "last", ["Continue reading...", "Read more", "Read more »", "Sign up to our newsletter"]
)
def test_a_line_that_leads_to_the_page_is_no_paragraph_of_a_feed(last):
    assert without_pointer([*STORY[:2], last]) == STORY[:2]
    assert without_pointer([last]) == ()
