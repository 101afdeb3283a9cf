"""An edited Word file handed in at the Documents page: learned as the command learns it, told, and taken back."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from officer import Officer, Ticker

from monitor.app.desk.report import handing_in
from monitor.app.desk.report.handing_in import Doubted, HandedIn, _called, hand_in
from monitor.app.desk.report.review import history, review
from monitor.desk.safety.bodies import LARGEST_DOCUMENTS, WITH_FILE
from monitor.model.review import Refused
from monitor.store import Store

NAME = "edited draft.docx"
STOPPED = "Black people 3.4 times as likely to be stopped and searched, figures show"
THEFT = "Shop theft up six per cent but more thieves are charged"
CUSTODY = "Custody suites ‘much improved’, but reviews of detention too often late"
OWN = "Searched more often, and no better explained"
BOUNDARY = "a-line-that-no-document-has"
ROWS = "//table[caption='What was said']/tbody/tr"


def draft_of(desk) -> bytes:
    return (desk.folder / "topical-issues-draft-1.docx").read_bytes()


def notes_of(desk) -> bytes:
    return (desk.folder / "notes" / "topical-issues-draft-1-notes.docx").read_bytes()


def mostly_struck(desk) -> bytes:
    officer = Officer(draft_of(desk))
    for card in review(desk.open).items[:8]:
        officer.strike(card.heading)
    return officer.saved()


def headings(desk) -> list[str]:
    return [card.heading for card in review(desk.open).items]


def kept(desk) -> int:
    with Store.open(desk.data / "archive.db") as store:
        return len(store.decisions.all())


def files_in(desk) -> set:
    return {path.relative_to(desk.folder) for path in desk.folder.rglob("*") if path.is_file()}


def hand(reader, *files, **fields):
    """Chooses these files on the page as it stands, or on the Documents page, and sends the form."""
    if not (reader.document is not None and reader.all("//input[@type='file']")):
        reader.get("/documents")
    (form,) = reader.all("//form[@enctype='multipart/form-data']")
    fields = {"csrf_token": form.xpath(".//input[@name='csrf_token']/@value")[0], **fields}
    return reader.post(
        form.get("action"), body_of(files, fields), content_type=f"{WITH_FILE}; boundary={BOUNDARY}"
    )


def body_of(files, fields) -> bytes:
    """As a browser writes it; of no file chosen too. Flask's own client leaves a large one open behind it."""
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'name="file"; filename="{name}"', content) for name, content in files or [("", b"")]]
    each = [
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {said}\r\n\r\n".encode() + held + b"\r\n"
        for said, held in parts
    ]
    return b"".join([*each, f"--{BOUNDARY}--\r\n".encode()])


def error_of(reader) -> str:
    """What is said at the field, which the summary leads to, and is the same."""
    assert reader.status == 422 and reader.title.startswith("Error: Documents")
    (summed,) = reader.all("//div[@role='alert']//a[@href='#file']")
    (field,) = reader.all("//input[@id='file'][@aria-invalid='true']")
    assert field.get("aria-describedby") == "file-hint file-error" and reader.all("//label[@for='file']")
    (said,) = reader.all("//p[@id='file-error']/span[@dir]")
    assert summed.text_content() == said.text_content()
    return said.text_content()


def test_what_was_done_in_word_stands_at_the_desk_and_is_taken_back(desk):
    before, files = headings(desk), files_in(desk)
    assert THEFT in before
    edited = Officer(draft_of(desk)).strike(THEFT).retitle(STOPPED, OWN).saved()
    reader = hand(desk.reader(), ("../../panel.yaml", edited))
    assert (reader.status, reader.address) == (200, "/")
    (flash,) = reader.all("//div[@class='said']/p")
    assert (
        flash.text_content().startswith("From a Word file: Draft 1: ") and "1 dropped" in flash.text_content()
    )
    assert reader.all(f"//h3[contains(., '{OWN}')]") and THEFT not in headings(desk)
    assert {path.name for path in files_in(desk) - files} <= {"learn.lock"}  # nothing of the file is kept

    again = hand(desk.reader(), ("another name.docx", edited))
    assert again.says("This file was learned before; nothing changed.") and kept(desk) == 1
    assert not again.all("//div[@class='said']//button")

    listed = desk.reader().get("/history")
    (row,) = listed.all(ROWS)
    assert "in an edited Word file" in row.text_content()

    reader.press("Undo: From a Word file")
    assert reader.status == 200 and headings(desk) == before
    reader.press("Undo: ")
    assert OWN in headings(desk)


def test_a_draft_and_its_notes_are_handed_in_together_and_taken_back_together(desk):
    before = headings(desk)
    draft = Officer(draft_of(desk)).strike(THEFT).saved()
    notes = Ticker(notes_of(desk)).click(CUSTODY).saved()
    reader = hand(desk.reader(), ("notes.docx", notes), ("draft.docx", draft))
    assert reader.says("Draft 1: ") and reader.says("Notes on draft 1: 1 taken in, 0 dismissed.")
    assert CUSTODY in headings(desk) and THEFT not in headings(desk) and kept(desk) == 2
    reader.press("Undo: ")
    assert reader.says("2 acts of 2 taken back.") and headings(desk) == before


def test_where_much_would_be_gone_she_says_that_it_is_meant_of_that_very_file(desk):
    before, struck = headings(desk), mostly_struck(desk)
    reader = hand(desk.reader(), (NAME, struck))
    said = error_of(reader)
    assert said.startswith(f"Of the 12 items of draft 1, {NAME} would drop 8") and "Nothing was kept." in said
    assert "choose the same file again and press “It is meant”" in said and "--yes" not in said
    (button,) = reader.all("//button[.='It is meant']")
    assert headings(desk) == before and kept(desk) == 0

    other = Officer(struck).strike(before[9]).saved()
    reader = hand(reader, (NAME, other), meant=button.get("value"))
    assert "would drop 9" in error_of(reader) and kept(desk) == 0  # that was of another file

    reader = hand(reader, (NAME, struck), meant=button.get("value"))
    assert reader.status == 200 and kept(desk) == 1 and not set(before[:8]) & set(headings(desk))


def zipped(**parts: bytes) -> bytes:
    with ZipFile(written := BytesIO(), "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def a_bomb(draft: bytes) -> bytes:
    """The draft, its text thirty million blanks."""
    with ZipFile(BytesIO(draft)) as whole, ZipFile(written := BytesIO(), "w", ZIP_DEFLATED) as archive:
        for part in whole.namelist():
            is_text = part == "word/document.xml"
            archive.writestr(part, b" " * 30_000_000 if is_text else whole.read(part))
    return written.getvalue()


def foreign() -> bytes:
    document = Document()
    document.add_paragraph("Minutes of the allotment society")
    document.save(written := BytesIO())
    return written.getvalue()


@pytest.mark.slow
def test_what_is_no_draft_is_said_at_the_field_and_nothing_is_kept(desk):
    draft, reader = draft_of(desk), desk.reader()
    for name, content, says in (
        (NAME, draft[: len(draft) // 2], "is no whole Word document: it may have been saved only in part."),
        (NAME, foreign(), "is no draft of this archive: no bookmark, link or heading in it is one of ours."),
        ("plain.docx", b"Only words.", "plain.docx is not a Word document (.docx)."),
        ("<b>x.docx", b"%PDF-1.7", "<b>x.docx is a PDF"),
        (NAME, b"", "is empty"),
        ("~$edited.docx", b"A. Officer", "is the lock that Word puts beside an open document"),
        (NAME, a_bomb(draft), "unpacks to more than 20 MB of text in word/document.xml"),
        (NAME, zipped(**{"a.txt": b"x"}), NAME),
        ("/Users/officer/edited.docx", b"x", "edited.docx is not a Word document"),
    ):
        said = error_of(hand(reader, (name, content)))
        assert says in said and "Users" not in said, name
    said = error_of(hand(reader, (NAME, Officer(draft).strike(THEFT).saved()), ("broken.docx", b"x")))
    assert "broken.docx" in said  # and of the other nothing is kept either
    assert error_of(hand(reader)) == "Choose the Word file that you edited."
    assert kept(desk) == 0


def test_only_so_much_is_taken_and_only_from_a_form_of_the_desk(desk):
    reader = desk.reader()
    assert hand(reader, (NAME, b"x" * LARGEST_DOCUMENTS)).status == 413
    assert reader.says("Word files 20 MB together") and reader.says("Nothing was changed")
    assert "is not a Word document" in error_of(hand(reader, (NAME, b"x" * (LARGEST_DOCUMENTS - 2_000))))
    edited = Officer(draft_of(desk)).strike(THEFT).saved()
    assert hand(reader.get("/documents"), (NAME, edited), csrf_token="stale").status == 400
    away = {"Origin": "https://elsewhere.example"}
    sent = {"headers": away, "content_type": f"{WITH_FILE}; boundary={BOUNDARY}"}
    assert reader.post("/documents/handed-in", body_of([(NAME, edited)], {}), **sent).status == 403
    assert kept(desk) == 0


def test_who_handed_it_in_is_kept(desk, monkeypatch):
    edited = Officer(draft_of(desk)).strike(THEFT).saved()
    done = hand_in(desk.open, [(NAME, edited)], by="A. Officer")
    (row,) = history(desk.open)
    assert isinstance(done, HandedIn) and done.rows == (row.id,) and row.by == "A. Officer"
    assert isinstance(hand_in(desk.open, [(NAME, edited)] * (handing_in.MOST_FILES + 1)), Refused)
    assert isinstance(hand_in(desk.open, [(NAME, mostly_struck(desk))]), Doubted)
    monkeypatch.setattr(handing_in, "LONGEST", 30)
    assert hand_in(desk.open, [(NAME, edited)]).words == "From a Word file: Draft 1: 11 …"


@pytest.mark.parametrize(
    "given, called",
    [
        ("draft.docx", "draft.docx"),
        ("/etc/../draft.docx", "draft.docx"),
        ("C:\\drafts\\draft.docx", "draft.docx"),
        ("two\nlines.docx", "two lines.docx"),
        ("x" * 500, "x" * 100),
        ("folder/", "The file"),
    ],
)
def test_a_name_is_only_said(given, called):
    assert _called(given) == called
