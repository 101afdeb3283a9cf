"""An edition as a web page and as Markdown: the report, and nothing else.

Both say the same in the same order as the report in Word. The page needs no style sheet, no script and nothing from the
network.

The working notes have a page of their own, which is also the e-mail's body: mail readers drop style sheets and
drawings, so what it says stands in text and tables, and its few styles stand on the elements.

Whatever came from the web is text: Jinja escapes it for the page; `escape_markdown` does for Markdown, where a
headline could otherwise become a heading, a list, a link or an image. Only http(s) addresses become links.
"""

import re
from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.model import Edition, Item
from monitor.reporting.edition.basis import say_nothing
from monitor.reporting.notes import Notes
from monitor.reporting.wording import (
    LinkLine,
    link_lines,
    one_line,
    passages,
    say_meeting,
    web_address,
)
from monitor.settings import LinksAs

# Backslash escapes of CommonMark 0.31, §2.4, where they are needed: marks that mean something anywhere in a line, an
# ampersand that begins an entity, and marks that mean something only at the line's beginning. More would be safe too,
# but the file is also read as it stands.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_NUMBER = re.compile(r"\d{1,9}[.)]")


def write_html(edition: Edition, *, links: LinksAs = LinksAs.TITLE) -> str:
    """A whole page in UTF-8."""
    return _PAGES.get_template("edition.html").render(edition=edition, links=links)


def write_markdown(edition: Edition, *, links: LinksAs = LinksAs.TITLE) -> str:
    """CommonMark, a paragraph a line."""
    return "\n\n".join(_report(edition, links)) + "\n"


def write_notes_html(notes: Notes, opening: str = "") -> str:
    """A whole page in UTF-8; `opening` is a sentence to begin with."""
    return _PAGES.get_template("notes.html").render(notes=notes, opening=opening)


def escape_markdown(text: str) -> str:
    """The text as one line of Markdown that reads as that text."""
    line = _ANYWHERE.sub(r"\\\g<0>", one_line(text))
    if line[:1] in ("#", "+", "-", "="):
        return f"\\{line}"
    if number := _NUMBER.match(line):  # "12. Mai" is an item of a list
        return f"{line[: number.end() - 1]}\\{line[number.end() - 1 :]}"
    return line


def _linked_html(url: str, text: str, tip: str = "") -> Markup:
    address = web_address(url)
    title = Markup(' title="{}"').format(one_line(tip)) if tip else ""
    pattern = '<a href="{}" rel="noopener noreferrer"{}>{}</a>' if address else "{2}"
    return Markup(pattern).format(address, title, one_line(text))


_PAGES = Environment(
    loader=PackageLoader("monitor.reporting.documents"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    finalize=lambda value: value if isinstance(value, Markup) else one_line(str(value)),
)
_PAGES.globals["linked"] = _linked_html
for _filter in (link_lines, passages, say_meeting, say_nothing):
    _PAGES.filters[_filter.__name__] = _filter


def _report(edition: Edition, links: LinksAs) -> Iterator[str]:
    header = edition.header
    yield f"# {escape_markdown(header.to)}"
    yield f"**Title:** {escape_markdown(header.title)}"
    yield f"**Date:** {say_meeting(header.meeting)}"
    yield f"**Author:** {escape_markdown(header.author)}"
    for item in edition.items:
        yield from _item(item, links)
    if not edition.items:
        yield say_nothing(edition.basis)


def _item(item: Item, links: LinksAs) -> Iterator[str]:
    if item.heading:
        yield f"## {escape_markdown(item.heading)}"
    for link in item.links:
        yield "\\\n".join(map(_link_line, link_lines(link, links)))
    for passage in passages(item.excerpt):
        lines = [escape_markdown(paragraph) for paragraph in passage.paragraphs]
        yield "\n".join(f"- {line}" for line in lines) if passage.bullets else "\n\n".join(lines)


def _link_line(line: LinkLine) -> str:
    """The lines of one link are one paragraph; an address that is printed is linked, for Markdown has no bare one."""
    if line.is_address:
        return f"<{line.text}>"
    shown = _linked_markdown(line.address, line.text) if line.address else escape_markdown(line.text)
    return f"{shown} {line.remark}".rstrip()


def _linked_markdown(url: str, text: str) -> str:
    """The address stands in angle brackets, where brackets and parentheses in it do no harm."""
    address = web_address(url)
    return f"[{escape_markdown(text)}](<{address}>)" if address else escape_markdown(text)
