"""What the officer does to a draft, and what is understood of it, whoever saved the document."""

from functools import cache

import pytest
from conftest import NOW, article
from converting import as_libreoffice_saves
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from editions import HOSTILE, edition, item, link, near_miss
from hypothesis import given, settings
from hypothesis import strategies as st
from officer import Officer, as_word_saves, learned, remove, shelf, told

from monitor.model import Kinship, Said
from monitor.reporting.documents.word import write_word
from monitor.reporting.learning.say import understood
from monitor.settings import LinksAs


def at(outlet: str, number: int, **changes):
    url = f"https://www.{outlet.lower().replace(' ', '-')}.example/news/{number}"
    return link(outlet, url=url, article=f"{outlet} {number}", **changes)


EDITION = edition(
    item(
        "aaaaaaaaaaaa",
        heading="Stalking orders “rise by half” – force",
        links=(at("Thames Courier", 1), at("Vale Gazette", 2, kinship=Kinship.REPORT)),
        excerpt=(
            "Orders rose from 41 to 62 in a year.",
            "The force said more were to come.",
            "The panel meets soon.",
        ),
    ),
    item(
        "bbbbbbbbbbbb",
        heading="£800,000 for charities",
        links=(at("Chiltern Echo", 3),),
        excerpt=(
            "The money goes to:",
            "- six charities in Aylesbury",
            "- two councils",
            "It lasts until March.",
        ),
    ),
    item(
        "cccccccccccc",
        heading="Third highest number of speeding tickets in the country",
        links=(at("Echo", 4),),
        excerpt=(),
    ),
    item(
        "dddddddddddd",
        heading="A new service for victims",
        links=(),
        excerpt=("It opens in May.", "It costs £120,000."),
    ),
    item(
        "eeeeeeeeeeee",
        heading="Fraud team to be set up",
        links=(at("Vale Gazette", 5),),
        excerpt=("Thirty officers.",),
    ),
)
A, B, C, D, E = [each.heading for each in EDITION.items]
KEPT = [("kept", each.heading, {}) for each in EDITION.items]
OWN = "https://www.newbury-weekly.example/news/99?utm_source=x"
OWN_KEPT = "https://www.newbury-weekly.example/news/99"


def but(place: int, *changed):
    return [*KEPT[:place], *changed, *KEPT[place + 1 :]]


def plain_with_bold(officer: Officer) -> Officer:
    """Every heading restyled as a plain paragraph in bold."""
    for each in officer.headings():
        each.style = "Normal"
        for run in each.runs:
            run.bold = True
    return officer


def join_heading_and_address(officer: Officer) -> Officer:
    heading = officer.heading(C)
    heading.style = "Normal"
    (below,) = officer.item(A)[0:0] or [
        each for each in officer.document.paragraphs if each.text.startswith("Echo, ")
    ]
    heading.add_run(" " + EDITION.items[2].links[0].url)
    remove(below)
    return officer


def stack_addresses(officer: Officer) -> Officer:
    """Both addresses of the first item, bare, in one paragraph with a line break between."""
    first, second = officer.item(A)[1:3]
    remove(second)
    for each in list(first._p):
        first._p.remove(each)
    run = first.add_run(EDITION.items[0].links[0].url)
    run.add_break()
    first.add_run(EDITION.items[0].links[1].url + "?at_medium=RSS")
    return officer


def turn_quotes(officer: Officer) -> Officer:
    """Word's own changes while typing: other quotation marks, dashes and spaces."""
    officer.retitle(A, 'Stalking orders "rise by half" - force')
    return officer.rewrite("The force said", "The force said more were\u00a0to come.")


def unlink(officer: Officer) -> Officer:
    """Links removed with Ctrl+Shift+F9: their text stays."""
    for target in list(officer.document.element.iter(qn("w:hyperlink"))):
        for run in list(target):
            target.addprevious(run)
        target.getparent().remove(target)
    return officer


def restyle(officer: Officer) -> Officer:
    for each in officer.headings():
        each.style = "Heading 3"
    return officer


def break_heading(officer: Officer) -> Officer:
    """Enter pressed in the middle of a heading."""
    officer.retitle(B, "£800,000")
    second = officer.document.add_paragraph("for charities", style="Heading 2")
    officer.heading("£800,000")._p.addnext(second._p)
    return officer


def track(officer: Officer) -> Officer:
    """With tracked changes: an item struck, a paragraph struck, words put in, a heading changed."""

    def struck(paragraph, whole: bool):
        for run in list(paragraph._p.iter(qn("w:r"))):
            gone = OxmlElement("w:del")
            run.addprevious(gone)
            gone.append(run)
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
        if whole:
            properties = paragraph._p.get_or_add_pPr()
            marks = OxmlElement("w:rPr")
            marks.append(OxmlElement("w:del"))
            properties.append(marks)

    def put_in(paragraph, text):
        new = OxmlElement("w:ins")
        new.append(paragraph.add_run(text)._r)
        paragraph._p.append(new)

    for each in officer.item(B):
        struck(each, whole=True)
    struck(officer.paragraph("The panel meets"), whole=True)
    heading = officer.heading("Fraud team")
    struck(heading, whole=False)
    put_in(heading, "New fraud team")
    put_in(officer.paragraph("It opens in May."), " Or June.")
    return officer


def give_links(officer: Officer, one: str, other: str) -> Officer:
    """The links of one item put below the last of another's, and the rest of it struck."""
    (link_line,) = [each for each in officer.item(one)[1:] if each._p.findall(qn("w:hyperlink"))]
    below = [each for each in officer.item(other) if each._p.findall(qn("w:hyperlink"))][-1]
    below._p.addnext(link_line._p)
    return officer.strike(one)


def url_of(place: int) -> str:
    return EDITION.items[place].links[0].url


SITUATIONS = {
    "nothing at all": (lambda o: o, KEPT),
    "an item struck": (lambda o: o.strike(B), [*KEPT[:1], *KEPT[2:], ("dropped", B, {})]),
    "the last struck": (lambda o: o.strike(E), [*KEPT[:4], ("dropped", E, {})]),
    "an item moved to the top": (
        lambda o: o.move_to_top(D),
        [("kept", D, {"moved": True}), *KEPT[:3], KEPT[4]],
    ),
    "a heading rewritten": (
        lambda o: o.retitle(C, "Tickets"),
        but(2, ("kept", C, {"heading": "Tickets"})),
    ),
    "a heading taken out": (lambda o: o.untitle(E), but(4, ("kept", E, {"heading": ""}))),
    "a paragraph cut": (
        lambda o: o.cut("The force said"),
        but(0, ("kept", A, {"excerpt": ("Orders rose from 41 to 62 in a year.", "The panel meets soon.")})),
    ),
    "an item of a list cut": (
        lambda o: o.cut("two councils"),
        but(
            1,
            (
                "kept",
                B,
                {"excerpt": ("The money goes to:", "- six charities in Aylesbury", "It lasts until March.")},
            ),
        ),
    ),
    "the whole excerpt cut": (
        lambda o: o.cut("Thirty officers."),
        but(4, ("kept", E, {"excerpt": ()})),
    ),
    "a paragraph shortened": (
        lambda o: o.rewrite("Orders rose", "Orders rose from 41 to 62."),
        but(
            0,
            (
                "kept",
                A,
                {
                    "excerpt": (
                        "Orders rose from 41 to 62.",
                        "The force said more were to come.",
                        "The panel meets soon.",
                    )
                },
            ),
        ),
    ),
    "a note added in the middle": (
        lambda o: o.note("It opens in May.", "Members asked about this in June."),
        but(
            3,
            (
                "kept",
                D,
                {
                    "excerpt": (
                        "It opens in May.",
                        "Members asked about this in June.",
                        "It costs £120,000.",
                    ),
                    "note": ("Members asked about this in June.",),
                },
            ),
        ),
    ),
    "a link taken out": (
        lambda o: o.cut("Vale Gazette, 12 November 2026"),
        but(0, ("kept", A, {"without": ("Vale Gazette 2",)})),
    ),
    "an item of her own at the end": (
        lambda o: o.add("Stations to close", OWN, "Two counters close."),
        [
            *KEPT,
            (
                "added",
                "Stations to close",
                {"excerpt": ("Two counters close.",), "note": ("Two counters close.",), "links": [OWN_KEPT]},
            ),
        ],
    ),
    "an item of her own without link, between others": (
        lambda o: o.add("Said at the last meeting", "It was asked.", before=C),
        [
            *KEPT[:2],
            (
                "added",
                "Said at the last meeting",
                {"excerpt": ("It was asked.",), "note": ("It was asked.",)},
            ),
            *KEPT[2:],
        ],
    ),
    "an item of her own that is a heading only": (
        lambda o: o.add("Stations to close"),
        [*KEPT, ("added", "Stations to close", {"excerpt": ()})],
    ),
    "two items made one": (
        lambda o: give_links(o, B, A),
        [("kept", A, {"links": [url_of(1)]}), *KEPT[2:]],
    ),
    "two items made one, of which neither has a text": (
        lambda o: give_links(o.cut("Thirty officers."), E, C),
        [*KEPT[:2], ("kept", C, {"links": [url_of(4)]}), KEPT[3]],
    ),
    "three items made one": (
        lambda o: give_links(give_links(o, C, E), B, E),
        [KEPT[0], KEPT[3], ("kept", E, {"links": [url_of(2), url_of(1)]})],
    ),
    "other quotation marks": (turn_quotes, KEPT),
    "headings restyled": (restyle, KEPT),
    "headings plain and bold": (plain_with_bold, KEPT),
    "a heading and its address on one line": (join_heading_and_address, KEPT),
    "two bare addresses stacked, with a tracking tail": (stack_addresses, KEPT),
    "links removed, their text kept": (unlink, KEPT),
    "comments deleted": (
        lambda o: o.strip("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"),
        KEPT,
    ),
    "a heading broken in two": (break_heading, KEPT),
    "tracked changes": (
        track,
        [
            (
                "kept",
                A,
                {"excerpt": ("Orders rose from 41 to 62 in a year.", "The force said more were to come.")},
            ),
            KEPT[2],
            ("kept", D, {"excerpt": ("It opens in May. Or June.", "It costs £120,000.")}),
            ("kept", E, {"heading": "New fraud team"}),
            ("dropped", B, {}),
        ],
    ),
}


DRAFTS = {form: write_word(EDITION, links=form) for form in LinksAs}
DRAFT = DRAFTS[LinksAs.BOTH]
# What finds a line by the name of its link has none to find where only addresses are printed.
BY_NAME = ("a link taken out", "a heading and its address on one line")


@cache
def edited(name: str, form: LinksAs = LinksAs.BOTH) -> bytes:
    return SITUATIONS[name][0](Officer(DRAFTS[form])).saved()


def in_every_form() -> list:
    return [
        pytest.param(name, form, id=f"{name}, {form}")
        for name in SITUATIONS
        for form in LinksAs
        if form is not LinksAs.ADDRESS or name not in BY_NAME
    ]


@pytest.mark.parametrize("name, form", in_every_form())
def test_it_is_understood_that_she_left(name, form):
    assert told(learned(EDITION, edited(name, form), NOW)) == SITUATIONS[name][1]


@pytest.mark.parametrize("name, form", in_every_form())
def test_it_is_understood_as_word_saves_it(name, form):
    assert told(learned(EDITION, as_word_saves(edited(name, form)), NOW)) == SITUATIONS[name][1]


# An item that has neither link nor bookmark is known by its heading or words alone.
@pytest.mark.parametrize("name, form", in_every_form())
def test_it_is_understood_without_bookmarks(name, form):
    written = Officer(edited(name, form)).strip("w:bookmarkStart", "w:bookmarkEnd").saved()
    assert told(learned(EDITION, written, NOW)) == SITUATIONS[name][1]


# What is done to links, or to the lines beside them: that differs with the form in which they are printed.
ON_LINKS = (
    "nothing at all",
    "a link taken out",
    "an item of her own at the end",
    "two items made one",
    "two items made one, of which neither has a text",
    "three items made one",
    "a heading and its address on one line",
    "two bare addresses stacked, with a tracking tail",
    "links removed, their text kept",
)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_it_is_understood_as_libreoffice_saves_it(tmp_path):
    """All situations in one go of the program, which takes seconds to begin; what is not done to links in one form."""
    cases = [each.values for each in in_every_form()]
    cases = [(name, form) for name, form in cases if form is LinksAs.BOTH or name in ON_LINKS]
    assert {name for name, _ in cases} == set(SITUATIONS) >= set(ON_LINKS)
    saved = as_libreoffice_saves([edited(name, form) for name, form in cases], tmp_path)
    for (name, form), written in zip(cases, saved, strict=True):
        assert told(learned(EDITION, written, NOW)) == SITUATIONS[name][1], (name, form)


# ── Word's and a person's other habits ──────────────────────────────────────────────────────────────────────────


def slip_bookmark(officer: Officer, beginning: str) -> Officer:
    """The heading selected whole and typed anew: the bookmark slips to the paragraph below."""
    heading, below, *_ = officer.item(beginning)
    for tag in ("w:bookmarkEnd", "w:bookmarkStart"):
        below._p.insert(1, next(heading._p.iter(qn(tag))))
    return officer.retitle(beginning, "Quite another heading")


def bookmarks_between(officer: Officer) -> Officer:
    """Bookmarks as children of the body, between paragraphs."""
    for mark in list(officer.document.element.iter(qn("w:bookmarkStart"))):
        next(mark.iterancestors(qn("w:p"))).addprevious(mark)
    return officer


def simple_fields(officer: Officer) -> Officer:
    """Links as `w:fldSimple`."""
    for paragraph in officer.document.paragraphs:
        for target in list(paragraph._p.iter(qn("w:hyperlink"))):
            field = OxmlElement("w:fldSimple")
            url = paragraph.part.rels[target.get(qn("r:id"))].target_ref
            field.set(qn("w:instr"), f' HYPERLINK "{url}" ')
            target.addprevious(field)
            for run in list(target):
                field.append(run)
            target.getparent().remove(target)
    return officer


def wrapped_author(officer: Officer) -> Officer:
    """Plain lines at the top, as in the filed reports, the author's over three."""
    author = officer.paragraph("Author:")
    for text in ("& Crime Panel", "Officer, Thames Valley Police"):
        author._p.addnext(officer.document.add_paragraph(text)._p)
    for each in officer.document.paragraphs[:6]:
        each.style = "Normal"
    return officer.rewrite("Author:", "Author: Scrutiny")


HABITS = {
    "a bookmark slipped": (
        lambda o: slip_bookmark(o, D),
        but(3, ("kept", D, {"heading": "Quite another heading"})),
    ),
    "a bookmark slipped onto a link": (
        lambda o: slip_bookmark(o, E),
        but(4, ("kept", E, {"heading": "Quite another heading"})),
    ),
    "bookmarks between paragraphs": (bookmarks_between, KEPT),
    "links as simple fields": (simple_fields, KEPT),
    "a link slipped above its heading": (
        lambda o: o.heading(C)._p.addprevious(o.paragraph("Echo, ")._p) or o,
        KEPT,
    ),
    "the details as plain lines": (wrapped_author, KEPT),
    "a very long heading": (
        lambda o: o.retitle(A, "Why " + "so long " * 300),
        but(0, ("kept", A, {"heading": ("Why " + "so long " * 300).strip()})),
    ),
    "a bold sentence in an item": (
        lambda o: o.each_paragraph(
            lambda each: [
                setattr(run, "bold", True) for run in each.runs if each.text == "It costs £120,000."
            ]
        ),
        KEPT,
    ),
    "an address of her own in a sentence": (
        lambda o: o.note("It opens in May.", "See https://victims.example/help for more."),
        but(
            3,
            (
                "kept",
                D,
                {
                    "excerpt": (
                        "It opens in May.",
                        "See https://victims.example/help for more.",
                        "It costs £120,000.",
                    ),
                    "note": ("See https://victims.example/help for more.",),
                },
            ),
        ),
    ),
    "a name struck and its address left": (
        lambda o: remove_run(o, "Vale Gazette, 12 November 2026"),
        KEPT,
    ),
    "an address struck and its name left": (
        lambda o: remove_run(o, EDITION.items[0].links[1].url),
        KEPT,
    ),
    "a heading taken out and its link unlinked": (
        lambda o: unlink(o.untitle(E)),
        but(4, ("kept", E, {"heading": ""})),
    ),
    "the same, and the bookmark lost": (
        lambda o: unlink(o.untitle(E)).strip("w:bookmarkStart", "w:bookmarkEnd"),
        but(4, ("kept", E, {"heading": ""})),
    ),
    "an own link with its address beneath, as ours are": (
        lambda o: named_link(o.add("Stations to close", OWN), OWN, "Our own minutes"),
        [*KEPT, ("added", "Stations to close", {"excerpt": (), "links": [OWN_KEPT]})],
    ),
    "a text box": (lambda o: text_box(o, "The panel meets"), KEPT),
    "everything struck": (
        lambda o: [o.strike(each) for each in (A, B, C, D, E)] and o,
        [("dropped", each, {}) for each in (A, B, C, D, E)],
    ),
}


def remove_run(officer: Officer, text: str) -> Officer:
    """A link or a run struck, the rest of its paragraph left; of those with that text the first."""
    for run in officer.document.element.iter(qn("w:r")):
        if "".join(each.text or "" for each in run.iter(qn("w:t"))) == text:
            run.getparent().remove(run)
            return officer
    raise LookupError(text)


def named_link(officer: Officer, url: str, name: str) -> Officer:
    """The link to `url` called by a name, and its address typed on the next line of the paragraph."""
    paragraph = next(
        each for each in officer.document.paragraphs if url in [link.url for link in each.hyperlinks]
    )
    for each in list(paragraph._p.iter(qn("w:t"))):
        each.text = name
    run = paragraph.add_run()
    run.add_break()
    run.add_text(url)
    return officer


def text_box(officer: Officer, beginning: str) -> Officer:
    run = officer.paragraph(beginning).add_run()
    drawing, content = OxmlElement("w:drawing"), OxmlElement("w:txbxContent")
    paragraph = officer.document.add_paragraph("Draft, not for publication")
    content.append(paragraph._p)
    drawing.append(content)
    run._r.append(drawing)
    return officer


@pytest.mark.parametrize("name", HABITS)
def test_it_is_understood_in_spite_of(name):
    change, expected = HABITS[name]
    assert told(learned(EDITION, change(Officer(DRAFT)).saved(), NOW)) == expected


def test_a_link_is_called_by_its_name_and_not_by_the_address_printed_below():
    written = named_link(Officer(DRAFT).add("Stations to close", OWN), OWN, "Our own minutes").saved()
    (own,) = [one for one in learned(EDITION, written, NOW).decisions if one.said is Said.ADDED]
    assert [(link.text, link.url) for link in own.links] == [("Our own minutes", OWN_KEPT)]


def test_items_without_a_heading_are_called_by_their_first_words():
    made = edition(
        item("a", heading="", excerpt=("Orders rose.",)), item("b", heading="", links=(at("Echo", 1),))
    )
    officer = Officer(write_word(made)).cut("Echo, ").cut("First paragraph.").cut("Second paragraph.")
    assert understood(learned(made, officer.saved(), NOW), made)[:2] == (
        "Kept: “Orders rose.”",
        "Dropped: “First paragraph.”",
    )


def test_an_excerpt_lengthened_from_the_article_is_no_note():
    known = shelf(
        article("Vale Gazette 5", paragraphs=("Thirty officers.", "They begin in May.", "They cost £2m."))
    )
    written = Officer(DRAFT).note("Thirty officers.", "They begin in May.").saved()
    *_, last = told(learned(EDITION, written, NOW, known))
    assert last == ("kept", E, {"excerpt": ("Thirty officers.", "They begin in May.")})


def test_what_was_understood_is_said_in_a_line_an_item():
    officer = (
        Officer(DRAFT)
        .strike(B)
        .move_to_top(D)
        .retitle(A, "Orders rise")
        .cut("The panel meets")
        .note("Thirty officers.", "Members asked.")
        .cut("Vale Gazette, 12 November 2026")
        .add("Stations to close", OWN)
    )
    given = learned(EDITION, officer.saved(), NOW)
    assert understood(given, EDITION) == (
        "Kept: “A new service for victims”; moved to place 1",
        "Kept: “Stalking orders “rise by half” – force”; heading now “Orders rise”; "
        "excerpt shortened to 2 of 3 paragraphs; 1 link taken out",
        "Kept: “Third highest number of speeding tickets in the country”",
        "Kept: “Fraud team to be set up”; note added: “Members asked.”",
        "Your own: “Stations to close” (1 link)",
        "Dropped: “£800,000 for charities”",
        "Draft 3: 4 kept, 3 of them changed; 1 dropped; 1 of your own.",
    )


def test_a_near_miss_of_an_older_edition_is_taken_by_its_address():
    """It names neither its story nor its articles."""
    made = edition(item("a"), near=(near_miss(title="Officer dismissed", url="https://gazette.example/2"),))
    officer = Officer(write_word(made)).add("Officer dismissed", "https://gazette.example/2")
    taken = learned(made, officer.saved(), NOW).decisions[-1]
    identified = shelf().identify("https://gazette.example/2")
    assert (taken.said, taken.articles, taken.links) == (Said.TAKEN, (identified,), ())


# ── laws ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_back_as_it_was_written(name):
    given_text = HOSTILE[name][0]
    other = link(given_text, url=f"https://a.example/{given_text}", article="other")
    made = edition(
        item("a", heading=given_text, excerpt=(given_text, "Words.", f"- {given_text}")),
        item("b", heading="B", links=(other,), excerpt=("More words.",)),
        item("c", heading=f"{given_text} C", links=(), excerpt=()),
    )
    assert [(one.said.value, one.heading, one.excerpt, one.links) for one in read(made)] == [
        ("kept", None, None, ())
    ] * 3


def read(made):
    return learned(made, write_word(made), NOW).decisions


LINES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)


@settings(max_examples=25)
@given(st.lists(st.tuples(LINES, st.booleans(), st.lists(LINES, max_size=3)), min_size=1, max_size=5))
@pytest.mark.slow
def test_a_draft_that_nobody_touched_says_that_all_is_kept(rows):
    items = [
        item(
            f"story{place}",
            heading=f"{heading} {place}",
            links=(at("Echo", place),) if linked else (),
            excerpt=tuple(f"Text {line}" for line in texts),
        )
        for place, (heading, linked, texts) in enumerate(rows)
    ]
    decisions = read(edition(*items))
    assert [one.story for one in decisions] == [each.story for each in items]
    assert all(one.said.value == "kept" and not one.moved for one in decisions)
    assert all(
        (one.heading, one.excerpt, one.links, one.without) == (None, None, (), ()) for one in decisions
    )
