"""An edition as a document of one kind: Word, PDF, a page, Markdown, an Atom feed, or its record.

A writer and its library are loaded when a document is written: a poll, 288 a day, writes none.
"""

from pathlib import Path

from monitor.model import Edition
from monitor.reporting.documents.atom import contact_domain, write_atom
from monitor.reporting.documents.folder import Document
from monitor.reporting.documents.pdf import write_pdf
from monitor.settings import Config


def document(
    edition: Edition, ending: str, config: Config, *, public: bool = False, record: str = ""
) -> Document:
    """`record` is the edition's, which a public version has none of."""
    links = config.panel.links
    match ending:
        case "docx":
            from monitor.reporting.documents.word import write_word

            template = Path(config.panel.template) if config.panel.template else None
            return Document(
                ending=ending, content=write_word(edition, template, comments=not public, links=links)
            )
        case "pdf":
            from monitor.reporting.documents.page import write_html

            return Document(ending=ending, content=write_pdf(write_html(edition, links=links)))
        case "html":
            from monitor.reporting.documents.page import write_html

            text = write_html(edition, links=links)
        case "md":
            from monitor.reporting.documents.page import write_markdown

            text = write_markdown(edition, links=links)
        case "atom":
            text = write_atom(edition, contact_domain(config.network.user_agent))
        case _:
            text = record
    return Document(ending=ending, content=text.encode("utf-8"))
