"""docs/report.md is executed: each row of what is read back is an edit of a draft of the invented week, with what
`learn` says of it and what the next draft makes of it; each line of what is not read back likewise.

A row or a line that is changed or added without its edit fails.
"""

import hashlib
import re
import shutil
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from conftest import article
from hand import (
    ADDED,
    ASKED,
    CALLS,
    CAMERAS,
    CAMPS,
    CELLS,
    COMPLAINTS,
    FARMS,
    FUND,
    HUB,
    LINES,
    MACROS,
    OUTLOOK,
    OWN,
    PROTESTS,
    SEARCHES,
    SHOPS,
    TEMPLATE,
    above,
    add_link,
    address_on_the_heading,
    at_the_end,
    bold_line,
    choices,
    comments,
    comments_gone,
    contents,
    delete_address_alone,
    delete_link,
    edit,
    give_links,
    kind_of,
    look,
    looks,
    own_link,
    plain_line,
    short,
    strict,
    strike_word,
    tails,
    tracked,
    typed_contents,
    typed_quotes,
    under,
    unmarked,
    without_styles,
    words_alone,
)
from officer import Officer, Ticker, as_word_saves
from where import ROOT

from monitor import pipeline
from monitor.app.learning import LearnedDocument, learn_documents
from monitor.demo.server import serve
from monitor.demo.stories import Label
from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.model import Choice, FeedState, PollOutcome, PollResult, Said, Window
from monitor.pipeline.learn import Edited, learn_all
from monitor.pipeline.take import say
from monitor.pipeline.unlearn import unlearn
from monitor.reading.urls import article_id, normalise
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.edition.record import read_learned
from monitor.store import Store

GUIDE = (ROOT / "docs" / "report.md").read_text("utf-8")
FIRST = datetime(2026, 11, 2, 7, tzinfo=UTC)
MEETING = date(2026, 11, 27)
FEED = "https://courier.example/rss"


def section(heading: str) -> str:
    return GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


# ── the draft ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Draft:
    archive: object
    report: bytes
    notes: bytes
    items: tuple
    further: tuple
    near: tuple


@pytest.fixture(scope="module")
def panel_of(config):
    return replace(config, panel=replace(config.panel, meetings=(MEETING,)))


@pytest.fixture(scope="module")
def draft(panel_of, tmp_path_factory):
    """Draft 1 of an archive with one report of each event of the invented week."""
    folder = tmp_path_factory.mktemp("guide")
    with serve(FIRST) as week:
        stories = {story.event: story for label in Label for story in week.labelled(label)}
    with Store.open(folder / "archive.db") as store:
        arrive(store, FIRST, *sorted(stories.values(), key=lambda story: story.headline))
        made = next_draft(store, panel_of, FIRST, folder)
    report, notes = (path.read_bytes() for path in made.documents)
    one = made.edition
    assert len(one.items) == 12 and len(one.further) >= 3 and one.near_misses
    return Draft(folder / "archive.db", report, notes, one.items, one.further, one.near_misses)


def arrive(store, moment, *stories, outlet="courier"):
    seen = moment - timedelta(days=1)
    come = []
    for number, story in enumerate(stories):
        url = f"https://{outlet}.example/news/{number}"
        name = article_id(normalise(url))
        come.append(
            article(name, url=url, outlet=f"Thames {outlet.title()}", feed=FEED, title=story.headline,
                    paragraphs=story.paragraphs, published=seen, first_seen=seen)
        )  # fmt: skip
    outcome = PollOutcome(feed=FEED, at=seen, result=PollResult.NEW, entries=len(come), new=len(come))
    store.feeds.save_poll(outcome, FeedState(url=FEED, last_poll=seen), come)


def next_draft(store, config, now, folder):
    window = Window(since=None, until=now)
    return pipeline.draft(store, config, window, MEETING, folder, ("docx",), now, lambda *_: None)


@pytest.fixture
def store(draft, tmp_path):
    shutil.copy(draft.archive, tmp_path / "archive.db")
    with Store.open(tmp_path / "archive.db") as store:
        yield store


def learned(store, config, *documents: bytes, at: int = 1) -> list[str]:
    """What `learn` says, a list of all documents' lines."""
    edited = [
        Edited(returned=read_back(written, "edited.docx"), name="edited.docx", digest=hashlib.sha256(written).hexdigest())
        for written in documents
    ]  # fmt: skip
    lessons = learn_all(store, config, edited, FIRST + timedelta(hours=at))
    return [line for lesson in lessons for line in LearnedDocument(lesson).lines()]


def news(lines: list[str]) -> list[str]:
    """Without what was kept as it stood, and without the counts."""
    return [
        line
        for line in lines
        if not re.fullmatch(r"Kept: “[^;]*”", line) and not line.startswith("Draft 1: ")
    ]


# ── what she does ───────────────────────────────────────────────────────────────────────────────────────────────


# What the row says she does | what it says of the next draft | the edit | what `learn` says of it, beside what it keeps as
# drafted.
ROWS = [
    ("delete an item", "it stays out, even when other outlets take it up", lambda o: o.strike(CELLS), ["Dropped: “Police cells found safer, with five points still to put right”"]),
    (
        "strike an item, a paragraph, a link or a word through, or hide it",
        "as if you had deleted it; `learn` says that it took it so",
        lambda o: look(o, SEARCHES, "w:strike"),
        [
            "Struck through, and so taken as struck: “Black people 3.4 times as likely to be stopped and …”, “Thames Courier, 1 November 2026 …”, “Black people were 3.4 times as likely as white people to be …” and 5 more.",
            "Dropped: “Black people 3.4 times as likely to be stopped and searched, figures show”",
        ],
    ),
    (
        "strike an item, a paragraph, a link or a word through, or hide it",
        "as if you had deleted it; `learn` says that it took it so",
        lambda o: look(o, SEARCHES, "w:vanish"),
        [
            "Hidden text, and so taken as struck: “Black people 3.4 times as likely to be stopped and …”, “Thames Courier, 1 November 2026 …”, “Black people were 3.4 times as likely as white people to be …” and 5 more.",
            "Dropped: “Black people 3.4 times as likely to be stopped and searched, figures show”",
        ],
    ),
    (
        "strike an item, a paragraph, a link or a word through, or hide it",
        "as if you had deleted it; `learn` says that it took it so",
        lambda o: look(o, SEARCHES, "w:strike", 3),
        ["Struck through, and so taken as struck: “The gap has narrowed from 4.1 times in the year before. …”.", "Kept: “Black people 3.4 times as likely to be stopped and searched, figures show”; excerpt shortened to 5 of 6 paragraphs"],
    ),
    (
        "strike an item, a paragraph, a link or a word through, or hide it",
        "as if you had deleted it; `learn` says that it took it so",
        lambda o: look(o, SEARCHES, "w:dstrike", 1),
        ["Struck through, and so taken as struck: “Thames Courier, 1 November 2026 …”.", "Kept: “Black people 3.4 times as likely to be stopped and searched, figures show”; 1 link taken out"],
    ),
    (
        "strike an item, a paragraph, a link or a word through, or hide it",
        "as if you had deleted it; `learn` says that it took it so",
        lambda o: strike_word(o, SEARCHES),
        ["Struck through, and so taken as struck: “Black”.", "Kept: “Black people 3.4 times as likely to be stopped and searched, figures show”; excerpt shortened"],
    ),
    ("leave an item", "it stays in, even when the rules are changed and would leave it out", lambda o: o, []),
    ("move an item", "your order; new items come after it", lambda o: o.move_to_top(CAMERAS), ["Kept: “Speed cameras catch 148,000 drivers across the Thames Valley”; moved to place 1"]),
    ("rewrite a heading, or delete it", "your heading, or none", lambda o: o.retitle(SHOPS, "Theft from shops"), ["Kept: “Shop theft up six per cent but more thieves are charged”; heading now “Theft from shops”"]),
    ("rewrite a heading, or delete it", "your heading, or none", lambda o: o.untitle(PROTESTS), ["Kept: “Policing protests and big events cost £3.7m last year”; heading taken out"]),
    ("shorten, edit or delete paragraphs", "the paragraphs as you left them", lambda o: short(o, CALLS), ["Kept: “Fewer give up on 101 as police answer faster”; excerpt shortened to 5 of 6 paragraphs"]),
    ("shorten, edit or delete paragraphs", "the paragraphs as you left them", lambda o: edit(o, CALLS), ["Kept: “Fewer give up on 101 as police answer faster”; excerpt edited"]),
    ("write a paragraph into an item", "your note, where you put it", lambda o: under(o, FARMS, ASKED), [f"Kept: “Farms see less hare coursing but theft gangs travel further”; note added: “{ASKED}”"]),
    (
        "write a heading inside an item, of lower rank than the item's or with the item's own text below it",
        "a paragraph of the item",
        lambda o: under(under(o, HUB, "What was asked", "Heading 3"), HUB, "And answered", "Heading 2"),
        ["Kept: “City’s cameras to be watched from one police CCTV hub”; 2 notes added: “What was asked”"],
    ),
    (
        "delete a link with its address, or add one",
        "the links as you left them, and what comes later; where only one of the two is deleted the link stays",
        lambda o: delete_link(add_link(o, FUND, ADDED), FUND),
        ["Kept: “Fund keeps youth workers in A&E as knife injuries fall”; 1 link added; 1 link taken out"],
    ),
    (
        "delete a link with its address, or add one",
        "the links as you left them, and what comes later; where only one of the two is deleted the link stays",
        lambda o: delete_address_alone(o, COMPLAINTS),
        [],
    ),
    (
        "put an item's links below those of another, and delete the rest of it",
        "one item, with the links of both, each a report like the others",
        lambda o: give_links(o, LINES, CAMPS),
        [
            "Kept: “Fewer unauthorised encampments as councils and police agree new rules”; 1 link added",
            "Made part of another: “Crackdown on county lines: 74 arrests and £86,400 seized”",
        ],
    ),
    (
        "write an item of your own (a heading, or a link, and text)",
        "it stays as it is; `learn` says why the rules missed it",
        lambda o: o.add("Said at the last meeting", "The chair asked for a paper."),
        ["Your own: “Said at the last meeting” (no link)", "Missed: “Said at the last meeting”: it has no link, so it cannot be looked up."],
    ),
    (
        "write an item of your own (a heading, or a link, and text)",
        "it stays as it is; `learn` says why the rules missed it",
        own_link,
        ["Your own: “They are out.” (1 link)", "Missed: “They are out.”: no feed brought it: vale.example is where it stands, see whether that is read."],
    ),
    (
        "paste a link as Outlook, a mail filter or a search engine shows it",
        "the address inside it; the one around it, with your mailbox, is neither kept nor printed",
        lambda o: o.add("Minutes of the forum", OUTLOOK, "They are out."),
        [
            "Your own: “Minutes of the forum” (1 link)",
            "Missed: “Minutes of the forum”: no feed brought it: vale.example is where it stands, see whether that is read.",
        ],
    ),
    ("put in a table of contents, or type one with pages", "nothing: it is no item", contents, []),
    (
        "put in a table of contents, or type one with pages",
        "nothing: it is no item",
        typed_contents,
        ["Read as the report's own lines, not as items: “Contents”, “Police cells found safer, with five points still to put …”, “Black people 3.4 times as likely to be stopped and …” and 1 more."],
    ),
    (
        "put a cover page or an agenda above",
        "nothing: the report begins at its first item, below title, date and author",
        lambda o: above(o, ("Vale Council", "Heading 1"), ("Date: 27 November 2026", None), ("1. Apologies", None), ("2. Topical Issues", None)),
        [],
    ),
    (
        "put a heading of higher rank over some items",
        "nothing: it is no item; `learn` says so",
        lambda o: above(o, ("Performance", "Heading 1"), item=COMPLAINTS),
        ["Read as the report's own lines, not as items: “Performance”."],
    ),
    (
        "write contact lines at the end, or a section of higher rank",
        "nothing: they are no item; `learn` says so",
        lambda o: at_the_end(o, ("Jo Bloggs, Scrutiny Officer", None), ("01296 000000", None), ("jo.bloggs@council.example", None)),
        ["Read as the report's own lines, not as items: “Jo Bloggs, Scrutiny Officer”, “01296 000000”, “jo.bloggs@council.example”."],
    ),
    (
        "write contact lines at the end, or a section of higher rank",
        "nothing: they are no item; `learn` says so",
        lambda o: at_the_end(o, ("Background papers", "Heading 1"), ("None.", None)),
        ["Read as the report's own lines, not as items: “Background papers”, “None.”."],
    ),
]  # fmt: skip


def test_every_row_of_what_is_read_back_is_tried_and_no_other():
    rows = re.findall(r"^\| (?!in Word|---)(.+?) \| (.+) \|$", section("What you can do, and what is read back"), re.MULTILINE)  # fmt: skip
    assert list(dict.fromkeys(row[:2] for row in ROWS)) == rows


@pytest.mark.parametrize("change, said", [row[2:] for row in ROWS], ids=[f"{place} {row[0]}" for place, row in enumerate(ROWS, 1)])  # fmt: skip
def test_what_learn_says_of(change, said, draft, store, panel_of):
    assert news(learned(store, panel_of, change(Officer(draft.report)).saved())) == said


# ── what is not read back ───────────────────────────────────────────────────────────────────────────────────────


LAST = "Kept: “Crackdown on county lines: 74 arrests and £86,400 seized”; 2 notes added: “Stations to close”"
OF_HERS = [
    "Your own: “Stations to close” (no link)",
    "Missed: “Stations to close”: it has no link, so it cannot be looked up.",
]
# The line of the guide | what is done | what `learn` says beside what it keeps as drafted.
NOT_READ = [
    ("Looks: fonts, colours, underlining, pictures, text boxes, footnotes, headers and footers.", looks, []),
    ("What you write into comments, and lines above the first item that are no heading.", comments, []),
    ("What a content control shows until somebody types into it.", choices, []),
    (
        "An item of your own without a link whose heading looks like every other paragraph: give it a heading style. Bold will do where no heading in the document has a style; elsewhere a bold line without a link is a paragraph of the item above.",
        plain_line,
        [LAST],
    ),
    ("", lambda o: o.add("Stations to close", "Two counters close."), OF_HERS),
    ("", lambda o: bold_line(without_styles(o)), OF_HERS),
    ("", bold_line, [LAST]),
]  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


def packed(part: str, content: bytes) -> bytes:
    with zipfile.ZipFile(written := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return written.getvalue()


PUBLIC, OPEN = b"the public version", b"an open document"
REFUSED = [
    (
        "A document with a password, a .doc, an .odt, Rich Text, a PDF, a web page, a zip: `learn` says which it is, and how to save it as a .docx.",
        ole("EncryptedPackage"),
        "edited.docx is protected with a password or a rights label: save it without, and name that.",
    ),
    ("", ole("WordDocument"), "edited.docx is a .doc of before Word 2007: open it in Word, save it as a Word document (.docx), and name that."),
    ("", packed("mimetype", b"application/vnd.oasis.opendocument.text"), "edited.docx is an OpenDocument text (.odt): open it in LibreOffice, save it as Word 2007-365 (.docx), and name that."),
    ("", rb"{\rtf1 x}", "edited.docx is Rich Text (.rtf), whatever its name says: open it in Word, save it as a Word document (.docx), and name that."),
    ("", b"%PDF-1.7", "edited.docx is a PDF, which cannot be read back: name the Word document that it was made from."),
    ("", b"<!DOCTYPE html><html>", "edited.docx is a web page (HTML), whatever its name says: open it in Word, save it as a Word document (.docx), and name that."),
    ("", packed("for you/draft.docx", b"PK"), "edited.docx is a zip with draft.docx in it: take that out, and name it."),
    ("A document that unpacks to more than 20 MB of text.", packed("word/document.xml", bytes(20_000_001)), "edited.docx unpacks to more than 20 MB of text in word/document.xml"),
    ("A public version: it leaves words out, and they would count as struck.", PUBLIC, "edited.docx is a public version, which leaves words out: edit the working draft, and name that one."),
    ("A document that is still open in Word or LibreOffice: save and close it first.", OPEN, "edited.docx is open in another program, as ~$ited.docx beside it says: save and close it there first."),
]  # fmt: skip


def test_every_line_of_what_is_not_read_back_is_tried_and_no_other():
    told = section("What is not read back").partition("\nNone of these")[0]
    lines = [" ".join(line.split()) for line in re.split(r"^- ", told, flags=re.MULTILINE)[1:]]
    assert [row[0] for row in (*NOT_READ, *REFUSED) if row[0]] == lines


@pytest.mark.parametrize("change, said", [row[1:] for row in NOT_READ], ids=range(1, len(NOT_READ) + 1))
def test_it_is_not_read_back(change, said, draft, store, panel_of):
    assert news(learned(store, panel_of, change(Officer(draft.report)).saved())) == said


def public_version(store, config, folder) -> bytes:
    made = pipeline.draft(store, config, Window(since=None, until=FIRST), MEETING, folder, ("docx",), FIRST, lambda *_: None, public=True)  # fmt: skip
    return made.documents[0].read_bytes()


@pytest.mark.parametrize("given, said", [row[1:] for row in REFUSED], ids=range(1, len(REFUSED) + 1))
def test_it_is_refused_and_touches_nothing(given, said, draft, store, panel_of, tmp_path):
    learned(store, panel_of, Officer(draft.report).strike(CELLS).saved())
    before = list(store.decisions.records())
    (document := tmp_path / "edited.docx").write_bytes(draft.report if given == OPEN else given)
    if given == OPEN:
        (tmp_path / "~$ited.docx").touch()
    with pytest.raises(InputError) as refused:
        if given == PUBLIC:
            learned(store, panel_of, public_version(store, panel_of, tmp_path))
        else:
            learn_documents(tmp_path, tmp_path, [document])
    assert str(refused.value).startswith(said)
    assert list(store.decisions.records()) == before


# ── the next draft ──────────────────────────────────────────────────────────────────────────────────────────────

TOGETHER = (
    lambda o: o.strike(CELLS),
    lambda o: look(o, SEARCHES, "w:strike"),
    lambda o: o.retitle(SHOPS, "Theft from shops"),
    lambda o: short(o, CALLS),
    lambda o: under(o, FARMS, ASKED),
    lambda o: under(under(o, HUB, "What was asked", "Heading 3"), HUB, "And answered", "Heading 2"),
    lambda o: delete_link(add_link(o, FUND, ADDED), FUND),
    lambda o: delete_address_alone(o, COMPLAINTS),
    lambda o: give_links(o, LINES, CAMPS),
    lambda o: o.add("Said at the last meeting", "The chair asked for a paper."),
    lambda o: o.add("Minutes of the forum", OUTLOOK, "They are out."),
    lambda o: above(o, ("Performance", "Heading 1"), item=CALLS),
    contents,
    lambda o: above(o, ("Vale Council", "Heading 1"), ("1. Apologies", None)),
    lambda o: o.untitle(PROTESTS),
    lambda o: o.move_to_top(CAMERAS),
    lambda o: at_the_end(o, ("jo.bloggs@council.example", None)),
)
STAND = (
    "Speed cameras catch 148,000 drivers across the Thames Valley",
    "Complaints about Thames Valley Police fall by eight per cent",
    "Theft from shops",
    "",
    "Fewer give up on 101 as police answer faster",
    "Farms see less hare coursing but theft gangs travel further",
    "City’s cameras to be watched from one police CCTV hub",
    "Fund keeps youth workers in A&E as knife injuries fall",
    "Fewer unauthorised encampments as councils and police agree new rules",
    "Said at the last meeting",
    "Minutes of the forum",
)


@pytest.mark.slow
def test_what_the_next_draft_makes_of_all_that(draft, store, panel_of, tmp_path):
    """Everything done to one document; then other outlets take up what was deleted, and a rule is taken away."""
    officer = Officer(draft.report)
    for change in TOGETHER:
        change(officer)
    learned(store, panel_of, officer.saved())
    with serve(FIRST) as week:
        stories = {story.headline: story for label in Label for story in week.labelled(label)}
    later = FIRST + timedelta(days=3)
    arrive(store, later, *(stories[one.heading] for one in draft.items[:2]), outlet="echo")
    without = replace(panel_of, rules=replace(panel_of.rules, topics=panel_of.rules.topics[:1]))
    for config, day in ((panel_of, 3), (without, 4)):
        made = next_draft(store, config, FIRST + timedelta(days=day), tmp_path).edition
        hers = [one for one in made.items if one.decided]
        assert tuple(one.heading for one in hers) == STAND
        standing = {article for one in (*made.items, *made.further) for article in one.articles}
        assert not standing & {article for one in draft.items[:2] for article in one.articles}
        then = {one.story: one for one in draft.items}
        complaints, calls, farms, hub, fund, camps, said, minutes = hers[1], *hers[4:]
        assert complaints.links == then[complaints.story].links
        assert calls.excerpt == then[calls.story].excerpt[:1] + then[calls.story].excerpt[2:]
        assert farms.excerpt == (*then[farms.story].excerpt[:-1], ASKED, then[farms.story].excerpt[-1])
        assert hub.excerpt[-3:-1] == ("What was asked", "And answered")
        assert [one.url for one in fund.links] == [ADDED]
        assert len(camps.links) == 2 and said.excerpt == ("The chair asked for a paper.",)
        assert [one.url for one in minutes.links] == [OWN]
        assert made.items[: len(hers)] == tuple(hers)  # new items come after them
    judge = prepare(without.rules, without.gazetteer)
    out = {one.id for one in store.articles.named(standing) if judge.verdict(one).choice is Choice.EXCLUDE}
    assert [one.heading for one in hers if out.intersection(one.articles)] == [STAND[0], STAND[2]]
    with Store.open(tmp_path / "archive.db") as again:
        assert not [record for record in again.decisions.records() if "council.example" in record]


# ── taking a story in, and dropping one ─────────────────────────────────────────────────────────────────────────


def tick(draft, beginning: str, box: int = 0) -> bytes:
    return Ticker(draft.notes).click(beginning, box).saved()


def word(store, config, story: str, said: Said) -> list[str]:
    say(store, config, [story], said, FIRST + timedelta(hours=2))
    return []


# What she does, and what it says of the next draft | how it is done | what `learn` says of it.
TAKEN = [
    (
        "tick a further story in the notes, save, `learn` the notes",
        "has it in the report",
        lambda d, s, c: learned(s, c, tick(d, "Anti-social behaviour down")),
        ["Taken in: “Anti-social behaviour down 12 per cent after 4,300 hours of patrols”", "Notes on draft 1: 1 taken in, 0 dismissed."],
    ),
    (
        "copy its heading, its link or its whole line from the notes into the draft, and `learn` that",
        "has it where you put it",
        lambda d, s, c: learned(s, c, Officer(d.report).add("Anti-social behaviour down 12 per cent after 4,300 hours of patrols", before=SHOPS).saved()),
        ["Taken in: “Anti-social behaviour down 12 per cent after 4,300 hours of patrols”, at place 5"],
    ),
    (
        "`monitor take ID`",
        "has it in the report; so also a near miss, what you dropped, and what the rules left out",
        lambda d, s, c: word(s, c, d.near[0].story, Said.TAKEN),
        [],
    ),
    (
        "tick *dismiss* at a near miss, or `monitor drop ID`",
        "does not show it again",
        lambda d, s, c: learned(s, c, tick(d, d.near[0].title, 1)),
        ["Dismissed: “Officer to face gross misconduct hearing over messages”", "Notes on draft 1: 0 taken in, 1 dismissed."],
    ),
    (
        "`monitor take ID` of what you dropped",
        "has it back, with its excerpt and what you had made of it",
        lambda d, s, c: [
            *news(learned(s, c, Officer(d.report).retitle(SHOPS, "Theft from shops").saved())),
            *word(s, c, d.items[4].story, Said.DROPPED),
            *word(s, c, d.items[4].story, Said.TAKEN),
        ],
        ["Kept: “Shop theft up six per cent but more thieves are charged”; heading now “Theft from shops”"],
    ),
]  # fmt: skip
BEHAVIOUR, MISCONDUCT = "Anti-social behaviour down 12 per cent after 4,300 hours of patrols", "Officer to face gross misconduct hearing over messages"  # fmt: skip
# Of which heading, and where it stands in the next draft: its place; None: nowhere, also not in the notes.
THEN = [
    (BEHAVIOUR, "report"),
    (BEHAVIOUR, 5),
    (MISCONDUCT, "report"),
    (MISCONDUCT, None),
    ("Theft from shops", "report"),
]


def test_every_row_of_taking_and_dropping_is_tried_and_no_other():
    rows = re.findall(r"^\| (?!you \||---)(.+?) \| (.+) \|$", section("Taking a story in, and dropping one"), re.MULTILINE)  # fmt: skip
    assert [row[:2] for row in TAKEN] == rows


@pytest.mark.parametrize("row, then", [*zip(TAKEN, THEN, strict=True)], ids=[row[0] for row in TAKEN])
def test_what_is_taken_or_dropped(row, then, draft, store, panel_of, tmp_path):
    _, _, do, said = row
    heading, where = then
    assert news(do(draft, store, panel_of)) == said
    made = next_draft(store, panel_of, FIRST + timedelta(days=3), tmp_path).edition
    headings = [one.heading for one in made.items]
    if where is None:
        shown = [*headings, *(one.heading for one in made.further), *(one.title for one in made.near_misses)]
        assert heading not in shown
    else:
        assert headings.index(heading) + 1 == where if where != "report" else heading in headings
        assert next(one for one in made.items if one.heading == heading).excerpt


# ── what is said in prose ───────────────────────────────────────────────────────────────────────────────────────


NOTHING: list[str] = []
CELLS_SAID = "Kept: “Police cells found safer, with five points still to put right”"
SENTENCES = [
    (
        "Tracked changes are read as if all were accepted, also where a change ends in the middle of a link, or a struck paragraph mark makes one paragraph of two: a tracked edit means what the same edit means untracked.",
        [
            (lambda o: tracked(o, "strike", 4, 11), ["Dropped: “Police cells found safer, with five points still to put right”"]),
            (lambda o: tracked(o, "strike from above", 12, 19), ["Dropped: “Black people 3.4 times as likely to be stopped and searched, figures show”"]),
            (lambda o: tracked(o, "join", 7, 7), [f"{CELLS_SAID}; excerpt shortened to 5 of 6 paragraphs"]),
        ],
    ),
    ("Comments may stay or go.", [(comments_gone, NOTHING)]),
    (
        "Styles do not matter: a heading may be bold text, and its address may stand on its own line, on the heading's, or under another.",
        [(without_styles, NOTHING), (address_on_the_heading, NOTHING)],
    ),
    (
        "Tracking tails on addresses do not matter, nor do the quotation marks and dashes that Word turns as you type.",
        [(lambda o: tails(unmarked(o)), NOTHING), (typed_quotes, NOTHING)],
    ),
    ("Both Word's and LibreOffice's documents are read, as .docx, .docm, .dotx or .dotm, Strict or not.", [  # LibreOffice itself: tests/reporting/test_learning.py
        (lambda o: as_word_saves(o.saved()), NOTHING),
        (lambda o: kind_of(o.saved(), MACROS), NOTHING),
        (lambda o: kind_of(o.saved(), TEMPLATE), NOTHING),
        (lambda o: strict(o.saved()), NOTHING),
    ]),
    (
        "An item whose heading you took out is called by its first words, in the notes and by `learn`.",
        [(lambda o: o.untitle(CELLS).strike(SEARCHES), [f"{CELLS_SAID}; heading taken out", "Dropped: “Black people 3.4 times as likely to be stopped and searched, figures show”"])],
    ),
    (
        "An item is found by a bookmark on its heading; where that is gone, by its links; then by its heading; then by its words.",
        [
            (lambda o: delete_link(o, CELLS).retitle(CELLS, "Quite another"), [f"{CELLS_SAID}; heading now “Quite another”; 1 link taken out"]),
            (lambda o: unmarked(o.retitle(CELLS, "Quite another")), [f"{CELLS_SAID}; heading now “Quite another”"]),
            (lambda o: unmarked(delete_link(o, CELLS)), [f"{CELLS_SAID}; 1 link taken out"]),
            (words_alone, [f"{CELLS_SAID}; heading taken out; 1 link taken out"]),
        ],
    ),
    ("The document knows which draft it is of.", [(lambda o: unmarked(o), NOTHING)]),
    ("Copied into a new one it forgets that, and is known by what stands in it.", [(Officer.forget_edition, NOTHING), (lambda o: unmarked(o.forget_edition()), NOTHING)]),
]  # fmt: skip


def test_every_sentence_below_what_is_read_back_is_tried_and_no_other():
    *_, table, prose = re.split(
        r"^(\|.*\|\n)+", section("What you can do, and what is read back"), flags=re.MULTILINE
    )
    said = re.split(r"(?<=\.) (?=[A-Z])", " ".join(prose.split()))
    assert [sentence for sentence, _ in SENTENCES] == said


@pytest.mark.parametrize(
    "change, said",
    [
        pytest.param(*case, id=f"{sentence[:50]} {place}")
        for sentence, cases in SENTENCES
        for place, case in enumerate(cases)
    ],
)
def test_what_prose_says(change, said, draft, store, panel_of):
    edited = change(Officer(draft.report))
    written = edited if isinstance(edited, bytes) else edited.saved()
    assert news(learned(store, panel_of, written)) == said


@pytest.mark.slow
def test_how_learn_keeps_what_it_is_told(draft, store, panel_of, tmp_path):
    """The first paragraphs of the guide."""
    one, two = (Officer(draft.report).strike(name).saved() for name in (CELLS, SEARCHES))

    def dropped() -> list[str]:
        records = [read_learned(record) for record in store.decisions.records()]
        return [each.drafted[:12] for one in records for each in one.decisions if each.said is Said.DROPPED]

    assert "nothing changed" not in learned(store, panel_of, one)[-1]
    before = list(store.decisions.records())
    assert learned(store, panel_of, one, at=2)[-1].endswith("This file was learned before; nothing changed.")
    assert list(store.decisions.records()) == before and dropped() == ["Police cells"]
    learned(store, panel_of, two, at=3)  # a later save of the same draft
    assert dropped() == ["Black people"]
    second = next_draft(store, panel_of, FIRST + timedelta(days=3), tmp_path)
    third = Officer(second.documents[0].read_bytes()).retitle(SHOPS, "Thefts").strike(COMPLAINTS).saved()
    lines = learned(store, panel_of, tick(draft, "Anti-social"), third, two, at=80)  # in any order
    assert [line for line in lines if line.startswith(("Draft ", "Notes "))] == [
        "Draft 2: 11 kept, 1 of them changed; 1 dropped; 0 of your own.",
        "Draft 1: 11 kept, 0 of them changed; 1 dropped; 0 of your own. This file was learned before; nothing changed.",
        "Notes on draft 1: 1 taken in, 0 dismissed.",
    ]
    last = next_draft(store, panel_of, FIRST + timedelta(days=6), tmp_path).edition
    assert "Thefts" in [one.heading for one in last.items]  # though the document of draft 1 left it as it was


def test_it_is_asked_before_much_is_gone_and_taken_back(draft, store, panel_of):
    officer = Officer(draft.report)
    for name in (CELLS, SEARCHES, COMPLAINTS, CAMERAS, SHOPS, PROTESTS):
        officer.strike(name)
    half = officer.saved()
    more = officer.strike(CALLS).saved()
    nothing = list(store.decisions.records())
    edited = [Edited(returned=read_back(each, "e.docx"), name="e.docx", digest=f"{place}") for place, each in enumerate((more, tick(draft, "Anti-social")))]  # fmt: skip
    asked = learn_all(store, panel_of, edited, FIRST + timedelta(hours=1))
    assert asked[0].doubt.startswith("Of the 12 items of draft 1, e.docx would drop 7")
    assert list(store.decisions.records()) == nothing  # of none of the documents
    learned(store, panel_of, half)
    before = list(store.decisions.records())
    learn_all(store, panel_of, edited, FIRST + timedelta(hours=2), sure=True)
    say(store, panel_of, [draft.further[0].story], Said.DROPPED, FIRST + timedelta(hours=3))
    assert len(unlearn(store, panel_of, FIRST + timedelta(hours=4))) == 2  # in one go
    assert set(before) < set(store.decisions.records())  # what was said by `drop` stays
    unlearn(store, panel_of, FIRST + timedelta(hours=5))
    assert [len(read_learned(one).decisions) for one in store.decisions.records()] == [1]
