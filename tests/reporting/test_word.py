"""The Word document: what stands in it, that anybody can open and read it, and that nothing from the web is trusted."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from converting import libreoffice_shows
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from editions import HOSTILE, edition, item, link, printed
from growth import grows_with_its_length

from monitor.errors import InputError
from monitor.model import Kinship
from monitor.reporting.documents.word import bookmark, write_word
from monitor.reporting.documents.word.accessible import flaws
from monitor.reporting.documents.word.template import house_document
from monitor.reporting.wording import one_line
from monitor.settings import LinksAs

TWO_ITEMS = edition(
    item(
        "aaaaaaaaaaaa",
        heading="Force publishes figures on stalking orders",
        links=(
            link("Thames Courier"),
            link("Vale Gazette", kinship=Kinship.REPORT, published_is_guess=True),
            link("Chiltern Echo", kinship=Kinship.COPY),
        ),
        excerpt=(
            "Orders rose.",
            "The money goes to:",
            "- six charities",
            "- two councils",
            "The panel meets soon.",
        ),
    ),
    item("bbbbbbbbbbbb", heading="Commissioner sets precept", excerpt=()),
)


def opened(written: bytes):
    return Document(BytesIO(written))


def lines(written: bytes) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in opened(written).paragraphs]


def targets(written: bytes) -> list[tuple[str, str]]:
    """Text and address of every link."""
    return [
        (hyperlink.text, hyperlink.url)
        for paragraph in opened(written).paragraphs
        for hyperlink in paragraph.hyperlinks
    ]


def bookmarks(written: bytes) -> list[str]:
    return [mark.get(qn("w:name")) for mark in opened(written).element.iter(qn("w:bookmarkStart"))]


def part(written: bytes, name: str) -> str:
    with ZipFile(BytesIO(written)) as parts:
        return parts.read(name).decode("utf-8")


# ── what stands in it ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_from_top_to_bottom():
    assert lines(write_word(TWO_ITEMS)) == [
        ("Heading 1", "Report to the Thames Valley Police & Crime Panel"),
        ("Report Details", "Title: Topical Issues"),
        ("Report Details", "Date: 27 November 2026"),
        ("Report Details", "Author: Scrutiny Officer, Thames Valley Police & Crime Panel"),
        ("Heading 2", "Force publishes figures on stalking orders"),
        ("Report Link", "Thames Courier, 12 November 2026"),
        ("Report Link", "Vale Gazette, seen 12 November 2026"),
        ("Report Link", "Chiltern Echo, 12 November 2026 (same text)"),
        ("Normal", "Orders rose."),
        ("Normal", "The money goes to:"),
        ("List Bullet", "six charities"),
        ("List Bullet", "two councils"),
        ("Normal", "The panel meets soon."),
        ("Heading 2", "Commissioner sets precept"),
        ("Report Link", "Thames Courier, 12 November 2026"),
    ]


def test_labels_are_bold_and_what_they_name_is_not():
    details = [paragraph for paragraph in opened(write_word(TWO_ITEMS)).paragraphs if ": " in paragraph.text][
        :3
    ]
    assert [[run.style.name for run in each.runs] for each in details] == [
        ["Strong", "Default Paragraph Font"]
    ] * 3


def test_every_link_is_described_and_leads_where_it_says():
    assert targets(write_word(TWO_ITEMS)) == [
        ("Thames Courier, 12 November 2026", "https://thamescourier.example/news/1"),
        ("Vale Gazette, seen 12 November 2026", "https://valegazette.example/news/1"),
        ("Chiltern Echo, 12 November 2026", "https://chilternecho.example/news/1"),
        ("Thames Courier, 12 November 2026", "https://thamescourier.example/news/1"),
    ]


COURIER, COPY = "https://thamescourier.example/news/1", "https://chilternecho.example/news/1"
NAMES = ("Thames Courier, 12 November 2026", "Chiltern Echo, 12 November 2026")


@pytest.mark.parametrize(
    "form, shown, linked, tips",
    [
        pytest.param(
            LinksAs.TITLE,
            [NAMES[0], f"{NAMES[1]} (same text)"],
            [(NAMES[0], COURIER), (NAMES[1], COPY)],
            [None, None],
            id="outlet and day",
        ),
        pytest.param(
            LinksAs.ADDRESS,
            [COURIER, COPY],
            [(COURIER, COURIER), (COPY, COPY)],
            list(NAMES),
            id="the address alone, its name for who listens",
        ),
        pytest.param(
            LinksAs.BOTH,
            [f"{NAMES[0]}\n{COURIER}", f"{NAMES[1]} (same text)\n{COPY}"],
            [(NAMES[0], COURIER), (NAMES[1], COPY)],
            [None, None],
            id="the address beneath, in the same paragraph",
        ),
    ],
)
def test_links_are_printed_as_the_panel_has_them(form, shown, linked, tips):
    copied = link("Chiltern Echo", kinship=Kinship.COPY, url=f"{COPY}?utm_source=rss")
    written = write_word(edition(item(links=(link(), copied))), links=form)
    assert [text for style, text in lines(written) if style == "Report Link"] == shown
    assert targets(written) == linked
    marks = list(opened(written).element.iter(qn("w:hyperlink")))
    assert [mark.get(qn("w:tooltip")) for mark in marks] == tips
    assert flaws(opened(written)) == ()


def test_an_address_as_a_link_s_text_is_a_flaw_where_nothing_says_its_name():
    document = opened(write_word(edition(item()), links=LinksAs.ADDRESS))
    for mark in document.element.iter(qn("w:hyperlink")):
        del mark.attrib[qn("w:tooltip")]
    assert flaws(document) == (f"The link “{COURIER}” does not say where it leads.",)


def test_a_long_address_is_whole():
    url = "https://courier.example/news/" + "long-" * 300 + "?a=1&b=%C2%A3"
    (found,) = targets(write_word(edition(item(links=(link(url=url),)))))
    assert found[1] == url


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://[oops", "", "\\\\server\\share"]
)
def test_what_is_no_web_address_stays_text(url):
    written = write_word(edition(item(links=(link(url=url),))))
    assert targets(written) == []
    assert ("Report Link", "Thames Courier, 12 November 2026") in lines(written)
    assert "alert" not in part(written, "word/_rels/document.xml.rels")


def test_without_items_it_says_so():
    assert lines(write_word(edition()))[-1] == (
        "Normal",
        "No topical issues were found in the news read from 9 November 2026 to 16 November 2026.",
    )


def test_without_a_meeting_the_date_is_to_be_confirmed():
    made = replace(TWO_ITEMS, header=replace(TWO_ITEMS.header, meeting=None))
    assert ("Report Details", "Date: to be confirmed") in lines(write_word(made))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stands_there_as_text(name):
    given = HOSTILE[name][0]
    made = edition(item(heading=given, excerpt=(given,), links=(link(given),)))
    header = replace(made.header, title=given)
    written = write_word(replace(made, header=header))
    assert lines(written)[1:2] + lines(written)[4:] == [
        ("Report Details", f"Title: {printed(name)}"),
        ("Heading 2", printed(name)),
        ("Report Link", f"{printed(name)}, 12 November 2026"),
        ("Normal", printed(name)),
    ]


# ── bookmarks ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_heading_carries_its_story_s_bookmark():
    written = write_word(TWO_ITEMS)
    assert bookmarks(written) == ["story_aaaaaaaaaaaa", "story_bbbbbbbbbbbb"]
    for name, heading in zip(bookmarks(written), TWO_ITEMS.items, strict=True):
        (mark,) = opened(written).element.xpath(f"//w:bookmarkStart[@w:name='{name}']")
        assert "".join(text.text for text in mark.getparent().iter(qn("w:t"))) == heading.heading
        (end,) = opened(written).element.xpath(f"//w:bookmarkEnd[@w:id='{mark.get(qn('w:id'))}']")
        assert end.getparent() is not None


@pytest.mark.parametrize("story", ["0123456789ab", "with-hyphen", "x" * 35, "", "a b", "é", "'; --"])
def test_a_bookmark_is_a_name_that_word_takes(story):
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", bookmark(story))


def test_bookmarks_take_time_in_proportion_to_their_number():
    def bookmarked(size):
        sheet = house_document()
        for number in range(size):
            sheet.add_bookmark(sheet.add_paragraph("Normal", "A line"), f"story_{number}")

    assert grows_with_its_length(bookmarked, 100)


def test_different_stories_have_different_bookmarks():
    stories = ["a-b", "a_b", "a b", "ab", "x" * 34, "x" * 35, "x" * 36]
    assert len({bookmark(story) for story in stories}) == len(stories)


# ── who can read it ─────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_come_in_order_and_none_is_empty():
    headings = [line for line in lines(write_word(TWO_ITEMS)) if line[0].startswith("Heading")]
    assert [level for level, _ in headings] == ["Heading 1", "Heading 2", "Heading 2"]
    assert all(text for _, text in headings)


def test_the_language_is_british_english_throughout():
    written = write_word(TWO_ITEMS)
    for name in ("word/styles.xml", "word/document.xml", "word/footer1.xml"):
        assert set(re.findall(r'<w:lang [^>]*?w:val="([^"]+)"', part(written, name))) <= {"en-GB"}
    assert 'w:lang w:val="en-GB"' in part(written, "word/styles.xml")
    assert 'w:themeFontLang w:val="en-GB"' in part(written, "word/settings.xml")


def test_there_are_no_tables_and_no_pictures():
    written = write_word(TWO_ITEMS)
    assert opened(written).tables == []
    assert not any("media" in name or "thumbnail" in name for name in ZipFile(BytesIO(written)).namelist())


def test_no_looks_of_tables_come_along_that_nobody_uses():
    """They were nine tenths of all styles."""
    styles = opened(write_word(TWO_ITEMS)).styles
    assert [style.name for style in styles if style.type is WD_STYLE_TYPE.TABLE] == [
        "Normal Table",
        "Table Grid",
    ]


def test_one_font_whatever_the_theme():
    styles = part(write_word(TWO_ITEMS), "word/styles.xml")
    assert set(re.findall(r'w:ascii="([^"]+)"', styles)) == {"Arial"}
    assert "asciiTheme" not in styles


def test_pages_are_numbered():
    footer = part(write_word(TWO_ITEMS), "word/footer1.xml")
    assert re.findall(r'w:instr="(\w+)"', footer) == ["PAGE", "NUMPAGES"]
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", footer)) == "Page 1 of 1"


def test_no_heading_is_stranded():
    keeping = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        or paragraph.style.paragraph_format.keep_with_next
        for paragraph in opened(write_word(TWO_ITEMS)).paragraphs
    }
    assert keeping["Force publishes figures on stalking orders"]
    assert keeping["Chiltern Echo, 12 November 2026 (same text)"]
    assert not keeping["The panel meets soon."]


def test_headings_alone_do_not_hang_together():
    bare = [item(f"{number:012}", excerpt=(), links=(link(),) if number % 2 else ()) for number in range(4)]
    paragraphs = opened(write_word(edition(*bare))).paragraphs[4:]
    ends = [
        each
        for each, after in zip(paragraphs, [*paragraphs[1:], None], strict=True)
        if after is None or after.style.name == "Heading 2"
    ]
    assert len(ends) == 4
    assert all(each.paragraph_format.keep_with_next is False for each in ends)


def test_the_properties_are_the_report_s_own():
    properties = opened(write_word(TWO_ITEMS)).core_properties
    assert (properties.title, properties.subject, properties.language, properties.comments) == (
        "Topical Issues, 27 November 2026",
        "Report to the Thames Valley Police & Crime Panel",
        "en-GB",
        "",
    )
    author = "Scrutiny Officer, Thames Valley Police & Crime Panel"
    assert (properties.author, properties.last_modified_by) == (author, author)
    assert properties.created == properties.modified == datetime(2026, 11, 16, 7, 0, tzinfo=UTC)


def test_properties_longer_than_word_takes_are_cut():
    made = replace(TWO_ITEMS, header=replace(TWO_ITEMS.header, title="t" * 3000, author="a" * 3000))
    assert len(opened(write_word(made)).core_properties.title) == 255


def test_the_same_edition_gives_the_same_parts():
    first, second = (ZipFile(BytesIO(write_word(TWO_ITEMS))) for _ in range(2))
    assert first.namelist() == second.namelist()
    assert all(first.read(name) == second.read(name) for name in first.namelist())


# ── the officer's template ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def template(tmp_path):
    """A council's own: a letterhead, its own heading, its own page, a style of the report's."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Vale Council"
    document.styles["Heading 2"].font.name = "Georgia"
    document.styles.add_style("Report Link", 1).font.italic = True
    document.add_paragraph("Agenda item 7")
    document.save(path := tmp_path / "council.docx")
    return path


def test_a_template_keeps_its_look_and_gets_the_report(template):
    written = write_word(TWO_ITEMS, template)
    document = opened(written)
    assert lines(written) == [("Normal", "Agenda item 7"), *lines(write_word(TWO_ITEMS))]
    assert document.sections[0].header.paragraphs[0].text == "Vale Council"
    assert document.styles["Heading 2"].font.name == "Georgia"
    assert document.styles["Report Link"].font.italic
    assert not document.styles["Report Link"].paragraph_format.keep_with_next
    assert document.sections[0].page_width.inches == 8.5
    assert 'w:lang w:val="en-GB"' in part(written, "word/styles.xml")
    assert targets(written) == targets(write_word(TWO_ITEMS))


def test_a_template_s_own_bookmarks_are_left_alone(template):
    document = Document(str(template))
    paragraph = document.paragraphs[0]._p
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), "2")
        mark.set(qn("w:name"), "agenda")
        paragraph.append(mark)
    document.save(template)
    written = write_word(TWO_ITEMS, template)
    numbers = [mark.get(qn("w:id")) for mark in opened(written).element.iter(qn("w:bookmarkStart"))]
    assert bookmarks(written) == ["agenda", "story_aaaaaaaaaaaa", "story_bbbbbbbbbbbb"]
    assert numbers == ["2", "3", "4"]


def test_a_template_s_blank_first_line_goes(tmp_path):
    document = Document()
    document.add_paragraph()
    document.save(path := tmp_path / "blank.docx")
    assert lines(write_word(TWO_ITEMS, path))[0][0] == "Heading 1"


def test_missing_styles_are_all_named(template):
    document = Document(str(template))
    for name in ("List Bullet", "Heading 2"):
        document.styles[name].delete()
    document.save(template)
    with pytest.raises(
        InputError, match="council.docx: the template lacks the styles Heading 2, List Bullet"
    ):
        write_word(TWO_ITEMS, template)


def zipped(**parts: str) -> bytes:
    with ZipFile(written := BytesIO(), "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return written.getvalue()


def damaged(written: bytes) -> bytes:
    """Bytes in the middle of a compressed part are other ones."""
    middle = written.index(b"word/document.xml") + 100
    return written[:middle] + bytes(50) + written[middle + 50 :]


def with_part(written: bytes, changed: str, content: bytes) -> bytes:
    with ZipFile(BytesIO(written)) as parts, ZipFile(whole := BytesIO(), "w") as archive:
        for name in parts.namelist():
            archive.writestr(name, content if name == changed else parts.read(name))
    return whole.getvalue()


OTHER_KINDS = {
    "dotx": b"vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "docm": b"vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": b"vnd.ms-word.template.macroEnabledTemplate.main+xml",
}
STRICT = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p/></w:body></w:document>'
_MACRO = (
    b'<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    b'Target="vbaProject.bin"/></Relationships>'
)


def as_saved(written: bytes, kind: bytes) -> bytes:
    """The same document as Word saves it with another ending, with a macro in it."""
    with ZipFile(BytesIO(written)) as parts, ZipFile(changed := BytesIO(), "w") as archive:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind
                )
                content = content.replace(
                    b"<Override ",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override ',
                    1,
                )
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", _MACRO)
            archive.writestr(name, content)
        archive.writestr("word/vbaProject.bin", b"macro")
    return changed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Dear officer", id="plain text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="password protected"),
        pytest.param(write_word(edition())[:3000], id="half saved"),
        pytest.param(zipped(mimetype="application/vnd.oasis.opendocument.text"), id="another zip"),
        pytest.param(zipped(**{"[Content_Types]_xml": "<oops"}), id="broken XML"),
        pytest.param(damaged(write_word(edition())), id="damaged"),
        pytest.param(with_part(write_word(edition()), "docProps/core.xml", b"<a/>"), id="strange properties"),
        pytest.param(with_part(write_word(edition()), "word/document.xml", b"<a/>"), id="strange content"),
    ],
)
def test_a_template_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="report.docx: not a Word document"):
        write_word(TWO_ITEMS, path)


@pytest.mark.parametrize("kind", sorted(OTHER_KINDS))
def test_a_template_may_be_saved_as(kind, tmp_path):
    path = tmp_path / f"report.{kind}"
    path.write_bytes(as_saved(write_word(edition()), OTHER_KINDS[kind]))
    written = write_word(TWO_ITEMS, path)
    with ZipFile(BytesIO(written)) as parts:
        types, relations = parts.read("[Content_Types].xml"), parts.read("word/_rels/document.xml.rels")
        assert b"wordprocessingml.document.main+xml" in types and b"vbaProject" not in types + relations
        assert not [name for name in parts.namelist() if "vba" in name]
    assert lines(written)[-len(lines(write_word(TWO_ITEMS))) :] == lines(write_word(TWO_ITEMS))


def test_a_strict_template_is_refused_with_what_to_do(tmp_path):
    (path := tmp_path / "report.docx").write_bytes(
        with_part(write_word(edition()), "word/document.xml", STRICT)
    )
    with pytest.raises(InputError, match="report.docx: not a Word document .* not as Strict Open XML"):
        write_word(TWO_ITEMS, path)


def test_a_template_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="nowhere.docx: not a Word document"):
        write_word(TWO_ITEMS, tmp_path / "nowhere.docx")


# ── LibreOffice ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.libreoffice
def test_libreoffice_opens_it_with_every_line(tmp_path):
    hostile = [
        item(
            f"{number:012}",
            heading=given,
            excerpt=(given, f"- {given}"),
            links=(link(url=f"https://a.example/{given}"),),
        )
        for number, (given, _) in enumerate(HOSTILE.values())
    ]
    shown = libreoffice_shows(written := write_word(edition(*hostile)), tmp_path)
    # A list's bullet is a character of its own in the text.
    assert [line.removeprefix("• ") for line in shown if line] == [
        one_line(text) for _, text in lines(written)
    ]
