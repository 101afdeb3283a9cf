"""Captions, rights, notices of embedded things and appeals are no paragraphs; a story that begins alike is."""

import json

import pytest
from borders import LEAD, STORY
from where import QUALITY

from monitor.reading.pages.borders.notices import is_label, is_notice, without_notices

LABELS = [
    "Image source, PA Media",
    "Image source, Thames Valley Police",
    "Image caption, The desk in Nowhere Road.",
    "Media caption, Watch the moment the doors closed",
    "Video caption: The desk on its last day",
    "Photo credit - Ann Other",
    "Image copyright, Getty Images",
    "Image source",
    "© 2026 Nowhere Media Group. All rights reserved.",
    "Nowhere Media 2026. All Rights Reserved",
    "Nowhere Media Ltd. Registered in England No. 123456. Registered office: 1 Mill Lane, Nowhere.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "Skip twitter post by Thames Valley Police",
    "End of twitter post by Thames Valley Police",
    "The BBC is not responsible for the content of external sites.",
]

NOTICES = [
    [
        "Allow X content?",
        "This article contains content provided by X. We ask for your permission before anything is loaded, as they may be using cookies and other technologies.",
        "Accept and continue",
    ],
    [
        "To display this content from YouTube, you must enable advertisement tracking and audience measurement.",
        "Accept",
        "Manage my choices",
    ],
    [
        "This content is provided by Facebook, which may be using cookies and other technologies. To show you this content, we need your permission to use cookies.",
        "You can use the buttons below to amend your preferences to enable Facebook cookies or to allow those cookies just once.",
    ],
    ["Please accept cookies to view this tweet."],
    [
        "We need your consent to load this map. It is provided by a third party, which may set cookies on your device."
    ],
    ["This video cannot be played because of your cookie settings.", "Change settings"],
    ["By loading the post you agree to the privacy policy of Instagram.", "Load post"],
    [
        "Can we show you this post?",
        "We use a third-party service to show this post, which may set cookies.",
        "Show",
    ],
]

APPEALS = [
    [
        "Get in touch",
        "Do you have a story suggestion for Berkshire?",
        "Follow BBC Berkshire on Facebook, X, or Instagram.",
    ],
    ["Do you have a story to tell? Email our newsdesk on a@b.example"],
    ["Have you been affected by this? Tell us your story by emailing a@b.example."],
    ["You can send us your pictures by WhatsApp.", "Email us at news@b.example"],
    ["Got a story? Message us."],
]

STAYS = [
    "Image rights were not part of the deal, the club said on Monday.",
    "Images of the suspect were shown to the jury on the second day.",
    "Image is everything, the commissioner told members with a smile.",
    "Video evidence from four doorbells was shown to the panel.",
    "Pictures, videos and documents were taken from the office by officers.",
    "Credit was given to the volunteers who kept the desk open for so long.",
    "Copyright in the photographs belongs to the force, the court was told.",
    "This article of the charter has never been used before, the clerk said.",
    "The force asked residents for permission to load footage from their doorbells.",
    "Police want you to send in any footage, and to accept that it may be shown in court.",
    "“Please allow us to load the content of your phones,” officers asked the victims.",
    "Anyone with information should call 101 or email the force.",
    "Do you have any information? Call Crimestoppers on 0800 555 111.",
    "The rights of victims are reserved for a later debate.",
    "What happens next",
]


@pytest.mark.parametrize("line", LABELS)
def test_a_label(line):
    assert is_label(line)
    assert without_notices([LEAD, line, *STORY[1:]]) == STORY


@pytest.mark.parametrize("lines", NOTICES, ids=lambda lines: lines[0])
def test_a_notice_goes_with_its_question_and_its_buttons(lines):
    assert without_notices([LEAD, *lines, *STORY[1:]]) == STORY


@pytest.mark.parametrize("lines", APPEALS, ids=lambda lines: lines[0])
def test_an_appeal_goes_below_the_story_only(lines):
    assert without_notices([*STORY, *lines]) == STORY
    within = (*STORY[:2], *lines, *STORY[2:])
    assert without_notices(within) == within


@pytest.mark.parametrize("line", STAYS)
def test_a_story_stays(line):
    for told in ((LEAD, line, *STORY[1:]), (*STORY, line)):
        assert without_notices(told) == told


def test_no_paragraph_of_a_real_story_is_taken_for_a_notice():
    lost = [
        paragraph
        for name in ("tuning", "everyday")
        for line in (QUALITY / f"{name}.jsonl").read_text("utf-8").splitlines()
        for paragraph in json.loads(line)["text"].split("\n\n")
        if is_label(paragraph) or is_notice(paragraph)
    ]
    assert lost == []
