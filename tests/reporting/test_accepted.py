"""What a document is after all its changes are accepted: the law, and the forms in which Word keeps what it says."""

from dataclasses import replace
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from bigdraft import first_draft
from conftest import NOW
from docx import Document
from edits import done, random_edit
from lxml import etree
from officer import as_word_saves, shelf
from recording import Stroke, recorded

from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read
from monitor.reporting.documents.word.opened import Opened, opened
from monitor.reporting.learning.compare import understand
from monitor.settings import LinksAs

EDITION = replace(first_draft(), items=first_draft().items[:7], further=())
HEAD = 4  # paragraphs above the first item


@pytest.fixture(scope="module")
def drafts():
    """As we write it, and with links as fields in pieces, runs cut up and bookmarks moved, as Word saves it."""
    written = {form: write_word(EDITION, links=form) for form in LinksAs}
    return [opened(each, "draft.docx") for one in written.values() for each in (one, as_word_saves(one))]


def said(document):
    return understand(EDITION, read(document).lines, shelf(), learned=NOW, digest="ab" * 32)


@pytest.mark.parametrize("seed", range(100))
def test_a_tracked_edit_is_understood_as_the_same_edit_untracked(drafts, seed):
    random = Random(seed)
    draft = drafts[seed % len(drafts)]
    edit = random_edit(random, draft.body, HEAD)
    at_once = said(replace(draft, body=done(draft.body, edit, tracked=False)))
    tracked = said(replace(draft, body=done(draft.body, edit, tracked=True)))
    assert tracked.decisions == at_once.decisions, edit


def strokes(written: bytes) -> dict[str, Stroke]:
    """By the places of what they strike: below four lines an item of a heading, a link line and four paragraphs."""
    ends = [len(each.text) for each in Document(BytesIO(written)).paragraphs]
    heading, link, text, last, next_heading = HEAD, HEAD + 1, HEAD + 2, HEAD + 5, HEAD + 6
    return {
        "words struck": Stroke(text, 3, text, 20),
        "words replaced": Stroke(text, 3, text, 20, "other words"),
        "words typed": Stroke(text, 5, text, 5, "again "),
        "a paragraph struck": Stroke(text, 0, text + 1, 0),
        "a link struck": Stroke(link, 0, link, ends[link]),
        "a heading rewritten": Stroke(heading, 0, heading, ends[heading], "Another heading"),
        "a heading struck": Stroke(heading, 0, heading, ends[heading]),
        "a note": Stroke(last, ends[last], last, ends[last], "\nMembers asked."),
        "an item struck": Stroke(next_heading, 0, next_heading + 6, 0),
        "an item struck, from the end of what is above": Stroke(last, ends[last], last + 6, ends[last + 6]),
        "two paragraphs joined": Stroke(text, ends[text], text + 1, 0),
        "from the middle of one to the middle of another": Stroke(text, 9, text + 2, 30),
    }


@pytest.mark.libreoffice
@pytest.mark.slow
def test_what_libreoffice_records_is_understood_as_what_it_does_at_once(tmp_path):
    """One start of the program for all of them. Halves of paragraphs of different looks are left out: it joins these
    otherwise when it records."""
    written = write_word(EDITION, links=LinksAs.TITLE)
    (tmp_path / "draft.docx").write_bytes(written)
    named = strokes(written)
    for name, (at_once, tracked) in zip(
        named, recorded(tmp_path / "draft.docx", [*named.values()], tmp_path), strict=True
    ):
        assert b"<w:del " in part(tracked) or b"<w:ins " in part(tracked), name
        one, other = (said(opened(saved, "saved.docx")).decisions for saved in (at_once, tracked))
        assert one == other, name
        assert one != said(opened(written, "draft.docx")).decisions, name


def part(saved: bytes) -> bytes:
    with ZipFile(BytesIO(saved)) as parts:
        return parts.read("word/document.xml")


# ── forms in which Word keeps what it says ──────────────────────────────────────────────────────────────────────

SPACES = " ".join(
    (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
        'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"',
    )
)
GONE, MOVED = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>', "<w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>"
BEGIN, SHOW, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def gone(*inside: str) -> str:
    return f"<w:del>{''.join(inside).replace('w:t>', 'w:delText>').replace('w:t ', 'w:delText ')}</w:del>"


def code(text: str, tag: str = "instrText") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def look(tag: str, text: str) -> str:
    return f"<w:r><w:rPr>{tag}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(*inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inside)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def control(properties: str, *inside: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{''.join(inside)}</w:sdtContent></w:sdt>"


def link_field(url: str = "https://a.example/1", shown: str = "A link") -> str:
    return BEGIN + code(f' HYPERLINK "{url}" ') + SHOW + t(shown) + END


PLACEHOLDER = "<w:showingPlcHdr/>"
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
TOC = BEGIN + code(' TOC \\o "1-3" ') + SHOW
FORMS = {
    # tracked changes
    "nothing tracked": (p(t("One")) + p(t("Two")), ["One", "Two"]),
    "words struck": (p(t("One "), gone(t("two ")), t("three")), ["One three"]),
    "words put in": (p(t("One "), f"<w:ins>{t('two')}</w:ins>"), ["One two"]),
    "put in and struck again": (p(t("One"), f"<w:ins>{gone(t(' two'))}</w:ins>"), ["One"]),
    "struck by one, what another put in": (p(t("One"), f"<w:del><w:ins>{t(' two')}</w:ins></w:del>"), ["One"]),
    "moved away and here": (
        p(f"<w:moveFrom>{t('Two')}</w:moveFrom>") + p(t("One")) + p(f"<w:moveTo>{t('Two')}</w:moveTo>"),
        ["One", "Two"],
    ),
    "moved here and struck there": (p(t("One"), f"<w:moveTo>{gone(t(' two'))}</w:moveTo>"), ["One"]),
    "a mark struck": (p(GONE, t("One ")) + p(t("two")), ["One two"]),
    "a mark moved away": (p(MOVED, t("One ")) + p(t("two")), ["One two"]),
    "three marks struck": (p(GONE, t("One ")) + p(GONE, t("two ")) + p(GONE, t("three ")) + p(t("four")), ["One two three four"]),
    "a mark put in": (p("<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>", t("One")) + p(t("Two")), ["One", "Two"]),
    "a mark put in and struck": (p("<w:pPr><w:rPr><w:ins/><w:del/></w:rPr></w:pPr>", t("One ")) + p(t("two")), ["One two"]),
    "the last mark struck": (p(t("One")) + p(GONE, t("Two")), ["One", "Two"]),
    "a mark struck at the end of a cell": (
        f"<w:tbl>{row(cell(p(GONE, t('One'))), cell(p(t('Two'))))}</w:tbl>{p(t('Three'))}",
        ["One", "Two", "Three"],
    ),
    "a mark struck above a table": (p(GONE, t("One")) + f"<w:tbl>{row(cell(p(t('Two'))))}</w:tbl>", ["One", "Two"]),
    "a row struck": (
        f"<w:tbl>{row(cell(p(t('One'))), properties='<w:del/>')}{row(cell(p(t('Two'))), properties='<w:ins/>')}</w:tbl>",
        ["Two"],
    ),
    "a cell struck": (
        f"<w:tbl>{row(cell(p(t('One')), properties='<w:cellDel/>'), cell(p(t('Two')), properties='<w:cellIns/>'))}</w:tbl>",
        ["Two"],
    ),
    "looks as they were before": (
        p("<w:pPr><w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange></w:pPr>",
          "<w:r><w:rPr><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr><w:t>One</w:t></w:r>") + p(t("Two")),
        ["One", "Two"],
    ),
    "a section that was changed": (p(t("One")) + "<w:sectPr><w:sectPrChange><w:sectPr/></w:sectPrChange></w:sectPr>", ["One"]),
    "a paragraph put in whole": (f"<w:ins>{p(t('One'))}</w:ins><w:del>{p(t('Two'))}</w:del>{p(t('Three'))}", ["One", "Three"]),
    "marks of ranges": (
        p('<w:moveFromRangeStart w:id="1" w:name="m"/>', t("One"), '<w:moveFromRangeEnd w:id="1"/><w:customXmlDelRangeStart w:id="2"/>',
          t(" two"), '<w:customXmlDelRangeEnd w:id="2"/>'),
        ["One two"],
    ),
    # struck by its looks
    "struck through": (p(t("One"), look("<w:strike/>", " two")), ["One"]),
    "struck through twice": (p(t("One"), look('<w:dstrike w:val="true"/>', " two")), ["One"]),
    "struck through but for the full stop": (p(t("One")) + p(look("<w:strike/>", "Two"), t(" . ")), ["One"]),
    "struck through no more": (p(t("One"), look('<w:strike w:val="0"/>', " two")), ["One two"]),
    "struck off": (p(t("One"), look('<w:strike w:val="off"/>', " two")), ["One two"]),
    "hidden": (p(t("One"), look("<w:vanish/>", " two")), ["One"]),
    "hidden on the web": (p(t("One"), look("<w:webHidden/>", " two")), ["One two"]),
    # fields
    "a link": (p(link_field()), ["A link"]),
    "a field without an end": (p(BEGIN, code(" PAGE "), SHOW, t("One")) + p(t("Two")), ["One", "Two"]),
    "a field that shows nothing": (p(t("One"), BEGIN, code(" SEQ x "), END, t(" two")), ["One two"]),
    "an end without a field": (p(t("One"), END, t(" two")), ["One two"]),
    "a field in a field": (p(BEGIN, code(" IF "), BEGIN, code(" PAGE "), SHOW, t("1"), END, SHOW, t("One"), END, t(" two")), ["One two"]),
    "a field over two paragraphs": (p(BEGIN, code(" QUOTE "), SHOW, t("One")) + p(t("Two"), END), ["One", "Two"]),
    "a code that was struck": (p(BEGIN, code(" PAGE ", "delInstrText"), SHOW, t("One"), END), ["One"]),
    "a table of contents": (p(TOC, t("One 1")) + p(t("Two 2")) + p(END) + p(t("Three")), ["Three"]),
    "a table of contents in a control": (control(GALLERY, p(t("Contents")), p(t("One 1"))) + p(t("One")), ["One"]),
    "a table of contents with a title of its own": (p(t("Contents")) + p(TOC, t("One 1"), END) + p(t("One")), ["One"]),
    "a sentence above one": (p(t("Read it all.")) + p(TOC, t("One 1"), END), ["Read it all."]),
    "an index as a simple field": (p('<w:fldSimple w:instr="INDEX"><w:r><w:t>bail, 3</w:t></w:r></w:fldSimple>') + p(t("One")), ["One"]),
    # controls and wrappers
    "a placeholder": (p(t("One"), control(PLACEHOLDER, t(" Click here"))) + control(PLACEHOLDER, p(t("Choose"))), ["One"]),
    "a control with text": (p(t("One"), control("<w:text/>", t(" two"))) + control("", p(t("Three"))), ["One two", "Three"]),
    "a cover page": (control(GALLERY.replace("Table of Contents", "Cover Pages"), p(t("Council"))) + p(t("One")), ["One"]),
    "a smart tag and XML around": (p('<w:smartTag w:element="x">', t("One"), "</w:smartTag>", "<w:customXml>", t(" two"), "</w:customXml>"), ["One two"]),
    "another direction": (p("<w:bdo>", t("One"), "</w:bdo><w:dir>", t(" two"), "</w:dir>"), ["One two"]),
    # signs
    "signs of their own": (
        p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t></w:r>"),
        ["a b c d-ef"],
    ),
    "a symbol": (p('<w:r><w:sym w:font="Segoe UI" w:char="00A3"/><w:t>4</w:t></w:r>'), ["£4"]),
    "a tick of Wingdings": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', t(" One")), ["☑ One"]),
    "a sign that nobody knows": (p(t("One"), '<w:r><w:sym w:font="House" w:char="F0AA"/><w:sym w:char="x"/></w:r>'), ["One"]),
    "alternatives with text": (
        p(t("See "), f'<mc:AlternateContent><mc:Choice Requires="wps">{t("item 7")}</mc:Choice><mc:Fallback>{t("item 7")}</mc:Fallback></mc:AlternateContent>', t(" again")),
        ["See item 7 again"],
    ),
    "an emoji": (
        p('<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F6A8"/></mc:Choice>'
          "<mc:Fallback><w:t>!</w:t></mc:Fallback></mc:AlternateContent></w:r>", t(" One")),
        ["🚨 One"],
    ),
    "an emoji that only the fallback has": (
        p('<w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:t>⚠</w:t></mc:Fallback></mc:AlternateContent></w:r>', t(" One")),
        ["⚠ One"],
    ),
    "a text box, in both its forms": (
        p(t("One"), f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{p(t("Box"))}</w:txbxContent></w:drawing></mc:Choice>'
          f"<mc:Fallback><w:pict><w:txbxContent>{p(t('Box'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>", t(" two")),
        ["One two"],
    ),
    "a formula and a ruby": (
        p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "<w:r><w:ruby><w:rt><w:r><w:t>over</w:t></w:r></w:rt><w:rubyBase><w:r><w:t> base</w:t></w:r></w:rubyBase></w:ruby></w:r>"),
        ["x=1 base"],
    ),
    "notes and comments": (
        p(t("One"), '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/><w:commentReference w:id="1"/><w:annotationRef/></w:r>'),
        ["One"],
    ),
}  # fmt: skip


def lines_of(xml: str, addresses=None):
    body = etree.fromstring(f"<w:body {SPACES}>{xml}</w:body>")
    return read(Opened(body, None, addresses or {}, None))


@pytest.mark.parametrize("name", FORMS)
def test_what_is_left_of(name):
    xml, expected = FORMS[name]
    assert [line.text for line in lines_of(xml).lines] == expected


A = "https://a.example/1"
LINKS = {
    "as a hyperlink": (p('<w:hyperlink r:id="r1">', t("A link"), "</w:hyperlink>"), [("A link", A)]),
    "with a place in the page": (p('<w:hyperlink r:id="r1" w:anchor="part">', t("A link"), "</w:hyperlink>"), [("A link", f"{A}#part")]),
    "within the document": (p('<w:hyperlink w:anchor="part">', t("A link"), "</w:hyperlink>"), []),
    "as a field": (p(link_field()), [("A link", A)]),
    "as a simple field": (p(f"<w:fldSimple w:instr=' HYPERLINK \"{A}\" '>", t("A link"), "</w:fldSimple>"), [("A link", A)]),
    "as a field with a tip before and a place after": (
        p(BEGIN, code(f' HYPERLINK \\o "a tip" "{A}" \\l "part" '), SHOW, t("A link"), END), [("A link", f"{A}#part")],
    ),
    "as a field without quotation marks": (p(BEGIN, code(f" HYPERLINK {A} \\h "), SHOW, t("A link"), END), [("A link", A)]),
    "as a field with a place only": (p(BEGIN, code(' HYPERLINK \\l "part" '), SHOW, t("A link"), END), []),
    "its end struck": (p(BEGIN, code(f' HYPERLINK "{A}" '), SHOW, t("A link"), gone(END)) + p(t("Two"), link_field("https://b.example/2", "B")), [("A link", A), ("B", "https://b.example/2")]),
    "its text and end struck": (p(BEGIN, code(f' HYPERLINK "{A}" '), gone(SHOW, t("A link"), END)) + p(t("Two")), []),
    "its text and end moved away": (p(BEGIN, code(f' HYPERLINK "{A}" '), f"<w:moveFrom>{SHOW}{t('A link')}{END}</w:moveFrom>") + p(t("Two")), []),
    "its beginning struck": (p(gone(BEGIN, code(f' HYPERLINK "{A}" ', "delInstrText"), SHOW, t("A ")), t("link"), END) + p(t("Two")), [("link", A)]),
    "without an end": (p(BEGIN, code(f' HYPERLINK "{A}" '), SHOW, t("A link")) + p(t("Two")), [("A link", A)]),
    "struck through": (p(t("One"), '<w:hyperlink r:id="r1">', look("<w:strike/>", "A link"), "</w:hyperlink>"), []),
    "half struck": (p('<w:hyperlink r:id="r1">', t("A "), gone(t("lin")), t("k"), "</w:hyperlink>"), [("A k", A)]),
    "put in": (p('<w:hyperlink r:id="r1"><w:ins>', t("A link"), "</w:ins></w:hyperlink>"), [("A link", A)]),
    "typed": (p(t("See https://a.example/1, and more")), [(A, A)]),
    "to a mailbox": (p('<w:hyperlink r:id="r2">', t("write to us"), "</w:hyperlink>"), []),
    "to nothing": (p('<w:hyperlink r:id="r9">', t("A link"), "</w:hyperlink>"), []),
    "without http": (p('<w:hyperlink r:id="r3">', t("A link"), "</w:hyperlink>"), [("A link", "http://www.a.example/1")]),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_a_link(name):
    xml, expected = LINKS[name]
    given = lines_of(xml, {"r1": A, "r2": "mailto:panel@council.example", "r3": "www.a.example/1"})
    assert [(link.text, link.url) for line in given.lines for link in line.links] == expected


def test_what_is_struck_through_or_hidden_is_told():
    given = lines_of(
        p(look("<w:strike/>", "One "), look("<w:dstrike/>", "two"))
        + p(t("Three"), look("<w:vanish/>", "four"))
    )
    assert ([line.text for line in given.lines], given.crossed, given.hidden) == (
        ["Three"],
        ("One two",),
        ("four",),
    )


def story(name: str) -> str:
    return f'<w:bookmarkStart w:id="1" w:name="story_{name}"/>'


@pytest.mark.parametrize(
    "xml, expected",
    [
        pytest.param(p(story("a"), t("One")), [("One", ("story_a",))], id="where it begins"),
        pytest.param(story("a") + p(t("One")), [("One", ("story_a",))], id="between paragraphs"),
        pytest.param(p(story("a"), gone(t("One"))) + p(t("Two")), [("Two", ())], id="its words struck"),
        pytest.param(p(GONE, t("One ")) + p(story("a"), GONE, gone(t("two"))) + p(t("three")), [("One three", ())], id="struck between two that run together"),
        pytest.param(p(GONE, t("One ")) + p(story("a"), t("two")), [("One two", ("story_a",))], id="run on into"),
        pytest.param(p(story("a"), gone(t("One")), f"<w:ins>{t('Two')}</w:ins>"), [("Two", ("story_a",))], id="its words replaced"),
        pytest.param(p(story("a"), f"<w:moveFrom>{t('One')}</w:moveFrom>") + p(t("Two")) + p(f"<w:moveTo>{t('One')}</w:moveTo>"), [("Two", ()), ("One", ("story_a",))], id="moved with its words"),
        pytest.param(p(story("a"), look("<w:strike/>", "One")) + p(t("Two")), [("Two", ())], id="struck through"),
    ],
)  # fmt: skip
def test_a_bookmark_counts(xml, expected):
    assert [(line.text, line.marks) for line in lines_of(xml).lines] == expected
