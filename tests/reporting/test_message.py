"""The e-mail as composed: what is in it, and that nothing from the web becomes a header."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP

import pytest
from editions import HOSTILE, edition, item, near_miss, printed
from where import ROOT

from monitor.config.folder import read_config
from monitor.reporting.delivery.message import addressed, compose, envelope, subject
from monitor.reporting.documents.folder import Document
from monitor.reporting.notes import working_notes
from monitor.settings import Mail

MAIL = Mail(
    sender="Topical Issues monitor <m@desk.example>", recipients=("Zoë Ó <o@desk.example>", "p@desk.example")
)
CONFIG = read_config(ROOT)
DOCUMENTS = (
    Document(ending="docx", content=b"PK draft"),
    Document(ending="json", content=b"{}"),
    Document(ending="docx", content=b"PK notes", part="-notes"),
)


def composed(made, mail=MAIL):
    return compose(made, working_notes(made, [], CONFIG, None), DOCUMENTS, "topical-issues-draft-3", mail)


def read(content):
    return message_from_bytes(content, policy=SMTP)


def test_the_headers_of_a_message():
    message = composed(edition(item(), near=(near_miss(),)))
    assert message.id == "<topical-issues.3.20261116T070000.000000@desk.example>"
    headers = dict(read(message.content).items())
    del headers["Content-Type"]
    assert headers == {
        "From": "Topical Issues monitor <m@desk.example>",
        "To": "Zoë Ó <o@desk.example>, p@desk.example",
        "Subject": "Topical Issues, 27 November 2026: draft 3, 1 story",
        "Date": "Mon, 16 Nov 2026 07:00:00 +0000",
        "Message-ID": message.id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "en-GB",
        "MIME-Version": "1.0",
    }


def test_the_body_is_the_notes_twice_and_the_word_documents_are_attached():
    message = read(composed(edition(item(), near=(near_miss(),))).content)
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Working notes on draft 3, meeting of 27 November 2026\n====")
    assert "The draft report and these notes are attached as Word documents." in text
    html = message.get_body(("html",)).get_content()
    assert "<h1" in html and 'href="https://gazette.example/2"' in html
    assert [(part.get_filename(), part.get_content()) for part in message.iter_attachments()] == [
        ("topical-issues-draft-3.docx", b"PK draft"),
        ("topical-issues-draft-3-notes.docx", b"PK notes"),
    ]


def test_composed_again_it_has_the_same_id():
    one, two = composed(edition(item("one"))), composed(edition(item("two")))
    assert one.id == two.id
    assert composed(edition(item("one"), number=4)).id != one.id


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_from_the_web_becomes_a_header(name):
    given, wanted = HOSTILE[name][0], printed(name)
    made = edition(item(heading=given, reason=given), near=(near_miss(title=given, outlet=given),))
    made = replace(made, header=replace(made.header, title=given))
    message = composed(made)
    headers, _, _ = message.content.partition(b"\r\n\r\n")
    assert message.content.isascii()
    assert max(map(len, message.content.split(b"\r\n"))) <= 998  # RFC 5321, 4.5.3.1.6
    names = [line.partition(b":")[0] for line in headers.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert sorted(names) == sorted(
        b"From To Subject Date Message-ID Auto-Submitted X-Auto-Response-Suppress Content-Language MIME-Version"
        b" Content-Type".split()
    )
    again = read(message.content)
    assert again["Subject"].strip().startswith(wanted[:40].rstrip())
    assert wanted in again.get_body(("plain",)).get_content()


def test_a_kept_message_goes_to_todays_recipients():
    kept = composed(edition(item())).content
    mended = Mail(sender="n@desk.example", recipients=("q@desk.example",))
    before, after = read(kept), read(addressed(kept, mended))
    assert (after["From"], after["To"]) == ("n@desk.example", "q@desk.example")
    same = ("Message-ID", "Subject", "Date", "Auto-Submitted")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert [part.get_content() for part in after.iter_attachments()] == [b"PK draft", b"PK notes"]
    assert after.get_body(("html",)).get_content() == before.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "written, bare",
    [("o@desk.example", "o@desk.example"), ("J. Smith, Officer <o@desk.example>", "o@desk.example")],
)
def test_the_envelope_has_bare_addresses(written, bare):
    assert envelope(written) == bare


def test_the_subject_of_a_draft_without_a_meeting():
    made = edition()
    assert subject(replace(made, header=replace(made.header, meeting=None))) == (
        "Topical Issues, to be confirmed: draft 3, 0 stories"
    )
