"""An edition as an e-mail message: composed whole, before anybody is asked to take it. Pure.

- The body is the working notes, as plain text and as HTML; the draft and the notes are attached as Word documents.
- The Message-ID is made of the edition's number and moment and the sender's domain: composed again, it is the same.
- `Auto-Submitted` (RFC 3834) and `X-Auto-Response-Suppress` (Exchange) keep absence notes from coming back.
- Every header is one line, whatever a title holds; text is quoted-printable, so that no relay has cause to touch it.
"""

from collections.abc import Sequence
from datetime import UTC
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from monitor.mailboxes import once_each
from monitor.model import Edition, Message
from monitor.reporting.documents.folder import Document
from monitor.reporting.notes import Notes
from monitor.reporting.notes.plain import write_plain
from monitor.reporting.wording import one_line, say_count, say_meeting
from monitor.settings import Mail

OPENING = "The draft report and these notes are attached as Word documents."
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def compose(edition: Edition, notes: Notes, documents: Sequence[Document], stem: str, mail: Mail) -> Message:
    """The message of a numbered edition. Of the documents those for Word are attached, named from `stem`."""
    message = EmailMessage(policy=SMTP)
    id = message_id(edition, mail)
    _address(message, mail)
    message["Subject"] = subject(edition)
    message["Date"] = edition.made.astimezone(UTC)
    message["Message-ID"] = id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(write_plain(notes, OPENING), cte="quoted-printable")
    from monitor.reporting.documents.page import write_notes_html  # slow to import

    message.add_alternative(write_notes_html(notes, OPENING), subtype="html", cte="quoted-printable")
    for document in documents:
        if document.ending == "docx":
            message.add_attachment(
                document.content, maintype="application", subtype=WORD, filename=document.name(stem)
            )
    message["Content-Language"] = "en-GB"  # last: `set_content` takes away whatever begins with Content-
    return Message(id=id, edition=edition.number, composed=edition.made, content=message.as_bytes())


def message_id(edition: Edition, mail: Mail) -> str:
    moment = edition.made.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
    return f"<topical-issues.{edition.number}.{moment}@{mailbox_of(mail.sender).domain}>"


def subject(edition: Edition) -> str:
    """ "Topical Issues, 27 November 2026: draft 3, 18 stories"."""
    count = say_count(len(edition.items), "story", "stories")
    title = one_line(edition.header.title)[:100]  # what a list of messages has room for
    return f"{title}, {say_meeting(edition.header.meeting)}: draft {edition.number}, {count}"


def addressed(content: bytes, mail: Mail) -> bytes:
    """The message with today's sender and recipients: so that a mistyped address can be mended, and what was kept
    still goes out. Everything else, the Message-ID too, stays."""
    message = message_from_bytes(content, policy=SMTP)
    _address(message, mail)
    return message.as_bytes()


def envelope(mailbox: str) -> str:
    """The bare address of "First Last <name@example.org>"."""
    return mailbox_of(mailbox).addr_spec


def _address(message: EmailMessage, mail: Mail) -> None:
    del message["From"], message["To"]
    message["From"] = mailbox_of(mail.sender)
    message["To"] = tuple(map(mailbox_of, once_each(mail.recipients)))


def mailbox_of(written: str) -> Address:
    name, bracket, address = written.rpartition(" <")
    return Address(name, addr_spec=address.rstrip(">")) if bracket else Address(addr_spec=written)
