"""panel.yaml: for whom. The officer's file.

    panel, force   their names
    report         the report's first lines: to, title, author; the Word template it is written on
    cautions       words that put a warning into an item's comment
    excerpt        how much of a story is printed, in paragraphs and words
    meetings       the panel's dates, past and coming, in any order
    papers_days    how long before a meeting its papers go out
    weekly         when the weekly draft is made: day and time, Europe/London
    delivery       where drafts go: a folder, e-mail, or both

Beyond the shape, these are mistakes: a meeting twice; a caution's word that can match nothing; an excerpt whose least is more than its most; a weekly time
between 01:00 and 01:59; a template that is not there; delivery by e-mail without `mail`; mail without a way out, or
with two. A user name or a password has no key here: secrets come from the environment.
"""

import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from monitor.config.phrasing import wrong
from monitor.config.values import ClockTime, Day, Section, Text
from monitor.config.yamlfile import Document, Loaded, load
from monitor.errors import Mistake
from monitor.settings import DeliverTo, ExcerptLength, Mail, Panel, Relay, WatchWords, WeeklyTime

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def _happens_once(at: time) -> time:
    """On the last Sundays of March and October the hour from 01:00 is skipped or comes twice."""
    if at.hour == 1:
        raise ValueError(
            "this hour is skipped or comes twice when the clocks change: write a time outside 01:00-01:59"
        )
    return at


# An address as RFC 5322, 3.4.1, has it without quoting, alone or after a name; ASCII, because few relays take more.
_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_MAILBOX = re.compile(rf'{_ADDRESS}|[^<>@,;:"\\]+ <{_ADDRESS}>')


def _mailbox(written: str) -> str:
    if not _MAILBOX.fullmatch(written):
        raise ValueError(
            f"{written} is not an e-mail address: write name@example.org, or First Last <name@example.org>"
        )
    return written


def _host(written: str) -> str:
    """A name or an address. What is neither (`mail..example`, `https://…`) raises deep in a look-up of names."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*|[0-9A-Fa-f:.]+", written):
        raise ValueError(f"{written} is not a host's name: write it bare, as in smtp.example.org")
    return written


Mailbox = Annotated[Text, AfterValidator(_mailbox)]


class ReportSection(Section):
    to: Text = Field(
        description="The report's first line.", examples=["Report to the Thames Valley Police & Crime Panel"]
    )
    title: Text = Field(description="The report's title.", examples=["Topical Issues"])
    author: Text = Field(description="Who puts it before the panel.", examples=["Scrutiny Officer"])
    template: Text | None = Field(
        default=None,
        description="A Word document (.docx) beside this file, or a full path, on which the report is written.",
    )


class ExcerptSection(Section):
    least: int = Field(
        default=3, ge=0, le=20, description="So many paragraphs in any case, if the story has them."
    )
    most: int = Field(default=6, ge=0, le=20, description="So many paragraphs at most.")
    words: int = Field(
        default=250, ge=20, le=2000, description="Past `least`, no paragraph is begun beyond so many words."
    )

    @model_validator(mode="after")
    def _least_within_most(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"least ({self.least}) is more than most ({self.most}): write a smaller least")
        return self


def _word(written: str) -> str:
    if re.search("[<>~]", written):
        raise ValueError(f"{written}: figures and gaps are not looked for here: write the words")
    if what := wrong(written):
        raise ValueError(what)
    return written


Words = list[Annotated[Text, AfterValidator(_word)]]
_USUAL = WatchWords()


class CautionsSection(Section):
    restricted: Words = Field(
        default=[*_USUAL.restricted], description="Somebody must not be named, whatever else is told."
    )
    sexual_offence: Words = Field(
        default=[*_USUAL.sexual_offence],
        description="One case with one of these that gathers several outlets: may somebody be identified?",
    )
    child: Words = Field(default=[*_USUAL.child], description="Likewise, where somebody's case is told.")
    live: Words = Field(
        default=[*_USUAL.live],
        description="Proceedings may be live, if one case is told and no outcome of it.",
    )
    trial: Words = Field(default=[*_USUAL.trial], description="Likewise, whatever the number in the dock.")
    coming: Words = Field(default=[*_USUAL.coming], description="Likewise, whatever outcome is told.")
    outcome: Words = Field(default=[*_USUAL.outcome], description="How proceedings ended.")
    person: Words = Field(
        default=[*_USUAL.person], description="A sentence with one of these tells of one case."
    )
    people: Words = Field(
        default=[*_USUAL.people], description="Five and more of these are a total, not a case."
    )
    nobody: Words = Field(
        default=[*_USUAL.nobody], description="A sentence with one of these is a rule for all, or of nobody."
    )


class WeeklySection(Section):
    day: Weekday = "monday"
    at: Annotated[ClockTime, AfterValidator(_happens_once)] = Field(
        default=time(7, 0), description="Europe/London."
    )


class MailSection(Section):
    sender: Mailbox = Field(
        alias="from", description="Who the message is from.", examples=["monitor@example.org"]
    )
    recipients: list[Mailbox] = Field(
        min_length=1, description="Who receives it.", examples=["[officer@example.org]"]
    )
    host: Annotated[Text, AfterValidator(_host)] | None = Field(
        default=None, description="The mail server that takes it (SMTP)."
    )
    port: int = Field(default=587, ge=1, le=65535, description="587 with STARTTLS, often 25 without.")
    starttls: bool = Field(
        default=True, description="false only for a server inside your own network; then without log-in."
    )
    eml_folder: Text | None = Field(
        default=None, description="Instead of a host: a folder into which each message is put as a file."
    )

    @model_validator(mode="after")
    def _one_way_out(self) -> Self:
        if (self.host is None) == (self.eml_folder is None):
            raise ValueError("names no single way out: write either `host` or `eml_folder`")
        return self


class DeliverySection(Section):
    to: Literal["folder", "e-mail", "both"] = Field(
        default="folder", description="e-mail and both need `mail`."
    )
    folder: Text = Field(default="drafts", description="Below the data folder, or a full path.")
    mail: MailSection | None = Field(default=None, description="How the weekly draft is mailed.")

    @model_validator(mode="after")
    def _mail_where_asked_for(self) -> Self:
        if self.to != "folder" and self.mail is None:
            raise ValueError(
                f"goes to {self.to}, and nothing says how: add `mail:` with from, recipients, host"
            )
        return self


class PanelFile(Section):
    panel: Text = Field(description="The panel's name.", examples=["Thames Valley Police & Crime Panel"])
    force: Text = Field(description="The force's name.", examples=["Thames Valley Police"])
    report: ReportSection = Field(examples=["{to: …, title: …, author: …}"])
    excerpt: ExcerptSection = Field(default_factory=ExcerptSection)
    cautions: CautionsSection = Field(
        default_factory=CautionsSection, description="Words that put a warning into an item's comment."
    )
    meetings: list[Day] = Field(default_factory=list, description="The panel's meetings, as year-month-day.")
    papers_days: int = Field(
        default=8, ge=0, le=60, description="So many days before a meeting its papers go out."
    )
    weekly: WeeklySection = Field(default_factory=WeeklySection)
    delivery: DeliverySection = Field(default_factory=DeliverySection)


def read_panel(path: Path) -> Loaded[Panel] | tuple[Mistake, ...]:
    def mistakes(document: Document) -> Iterator[Mistake]:
        yield from _each_meeting_once(document)
        yield from _template_is_there(document, path.parent)

    loaded = load(path, PanelFile, mistakes)
    return loaded if isinstance(loaded, tuple) else loaded.holding(_panel(loaded.value, path.parent))


def _panel(file: PanelFile, folder: Path) -> Panel:
    return Panel(
        panel=file.panel,
        force=file.force,
        report_to=file.report.to,
        title=file.report.title,
        author=file.report.author,
        excerpt=ExcerptLength(least=file.excerpt.least, most=file.excerpt.most, words=file.excerpt.words),
        meetings=tuple(sorted(file.meetings)),
        papers_days=file.papers_days,
        weekly=WeeklyTime(weekday=WEEKDAYS.index(file.weekly.day), at=file.weekly.at),
        folder=file.delivery.folder,
        template=str(folder / file.report.template) if file.report.template else None,
        deliver_to=DeliverTo(file.delivery.to),
        mail=_mail(file.delivery.mail) if file.delivery.mail else None,
        cautions=WatchWords(
            **{name: tuple(getattr(file.cautions, name)) for name in CautionsSection.model_fields}
        ),
    )


def _mail(section: MailSection) -> Mail:
    host = section.host
    return Mail(
        sender=section.sender,
        recipients=tuple(section.recipients),
        relay=Relay(host=host, port=section.port, starttls=section.starttls) if host else None,
        eml_folder=section.eml_folder,
    )


def _template_is_there(document: Document, folder: Path) -> Iterator[Mistake]:
    for where, name in document.each("report", "template"):
        if name and not (folder / str(name)).is_file():
            yield document.mistake(
                where, f"there is no file {folder / str(name)}: name a .docx, or delete the line"
            )


def _each_meeting_once(document: Document) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for where, day in document.each("meetings", "*"):
        if str(day) in first:
            yield document.mistake(
                where, f"{day} stands in line {first[str(day)]} already: delete one of the two"
            )
        first.setdefault(str(day), document.lines[where])
