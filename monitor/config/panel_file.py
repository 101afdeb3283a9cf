"""panel.yaml: for whom. The officer's file.

    panel, force   their names
    area           what the panel's own area is called: an id for scripts and labels, a name for people
    report         the report's first lines: to, title, author; how it prints links; the Word template it is written on
    cautions       words that put a warning into an item's comment
    excerpt        how much of a story is printed, in paragraphs and words
    meetings       the panel's dates, past and coming, in any order
    programme, handled    the panel's own business at a meeting (agenda_part.py)
    papers_days    how long before a meeting its papers go out
    weekly         when the weekly draft is made: day and time, Europe/London
    delivery       where drafts go: a folder, e-mail, or both; and which operator is mailed where a person must act
    retention      how long things are kept (retention_part.py)
    backups        where copies of the archive go, and how many are kept (backups_part.py)
    desk           how the desk's pages are reached through a proxy (desk_part.py)
    feeds          which of the feeds it wants, where not all (wanted_part.py)

Beyond the shape, these are mistakes: a meeting twice; an area's id that is `national` or `elsewhere`, which say where
other stories are; a caution's word that can match nothing; an excerpt whose least is more than its most; a weekly time
between 01:00 and 01:59; a template that is not there; delivery by e-mail, or an operator, without `mail`; mail
without a way out, or with two. A user name or a password has no key here: secrets come from the environment.

A file without `area` is of a time before there was one: the area is then called as the force is, without its last
words (Wessex Police: Wessex, with the id wessex).
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from monitor.config.agenda_part import BusinessSection, Items, business_mistakes, business_of
from monitor.config.backups_part import BackupsSection, backups_of
from monitor.config.desk_part import DeskSection, desk_of
from monitor.config.phrasing import wrong
from monitor.config.retention_part import RetentionSection, retention_of
from monitor.config.values import ClockTime, Day, Section, Text
from monitor.config.wanted_part import WantedSection, wanted_of
from monitor.config.yamlfile import Document, Loaded, load
from monitor.errors import Mistake
from monitor.mailboxes import once_each, read_mailbox, same_mailbox
from monitor.model import Area
from monitor.paths import is_file
from monitor.settings import (
    DeliverTo,
    ExcerptLength,
    LinksAs,
    Mail,
    Panel,
    PanelArea,
    Relay,
    ReportSize,
    WatchWords,
    WeeklyTime,
)

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


_OTHERS = {area.name.lower() for area in Area if area is not Area.OWN}
_FORCE_WORDS = re.compile(r"(?:\s+(?:police|constabulary|service|force))+$", re.IGNORECASE)


def _happens_once(at: time) -> time:
    """On the last Sundays of March and October the hour from 01:00 is skipped or comes twice."""
    if at.hour == 1:
        raise ValueError(
            "this hour is skipped or comes twice when the clocks change: write a time outside 01:00-01:59"
        )
    return at


def _mailbox(written: str) -> str:
    mailbox = read_mailbox(written)
    if mailbox is None:
        raise ValueError(
            f"{written} is not an e-mail address: write name@example.org, or First Last <name@example.org>"
        )
    return mailbox


def _host(written: str) -> str:
    """A name or an address. What is neither (`mail..example`, `https://…`) raises deep in a look-up of names."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*|[0-9A-Fa-f:.]+", written):
        raise ValueError(f"{written} is not a host's name: write it bare, as in smtp.example.org")
    return written


Mailbox = Annotated[Text, AfterValidator(_mailbox)]


def _id(written: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", written):
        raise ValueError(
            f"{written} is no id: write small letters, figures and hyphens, as in {_id_from(written)}"
        )
    if written in _OTHERS:
        raise ValueError(f"{written} says where other stories are: write an id of your own, as in wessex")
    return written


def _id_from(name: str) -> str:
    """A name as an id: "Devon & Cornwall" becomes devon-cornwall. One that cannot be one becomes own-area."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = "-".join(re.findall("[a-z0-9]+", plain))
    return found if found and found not in _OTHERS else "own-area"


class AreaSection(Section):
    id: Annotated[Text, AfterValidator(_id)] = Field(
        description="What scripts and labelled stories call it: small letters, figures and hyphens.",
        examples=["wessex"],
    )
    name: Text = Field(description="As it stands inside a sentence.", examples=["the county of Wessex"])


class ReportSection(Section):
    to: Text = Field(
        description="The report's first line.", examples=["Report to the Wessex Police & Crime Panel"]
    )
    title: Text = Field(description="The report's title.", examples=["Topical Issues"])
    author: Text = Field(description="Who puts it before the panel.", examples=["Scrutiny Officer"])
    template: Text | None = Field(
        default=None,
        description="A Word document (.docx) beside this file, or a full path, on which the report is written.",
    )
    items: Items = Field(
        default=12, description="How many stories the report holds; `all` for every one that is in."
    )
    per_topic: int = Field(default=2, ge=1, le=99, description="Stories of one first topic, at most.")
    good_news: int = Field(
        default=2, ge=0, le=9, description="Places kept for good news, where there is any."
    )
    links: Literal["address", "title", "both"] = Field(
        default="both",
        description="How a link is printed: its address, its outlet and day, or these with the address beneath.",
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
    operator: Mailbox | None = Field(
        default=None,
        description="Who is mailed, by the way of `mail`, where a person must act; not the officer.",
        examples=["operator@example.org"],
    )

    @model_validator(mode="after")
    def _mail_where_asked_for(self) -> Self:
        if self.to != "folder" and self.mail is None:
            raise ValueError(
                f"goes to {self.to}, and nothing says how: add `mail:` with from, recipients, host"
            )
        if self.operator and self.mail is None:
            raise ValueError(
                "names an operator, and nothing says how mail is sent: add `mail:` with from, recipients, host"
            )
        return self


class PanelFile(Section):
    panel: Text = Field(description="The panel's name.", examples=["Wessex Police & Crime Panel"])
    force: Text = Field(
        description="The force's name, as under `bodies: force:` in topics.yaml.", examples=["Wessex Police"]
    )
    area: AreaSection | None = Field(
        default=None,
        description="What the panel's own area is called; left out, as the force without its last words.",
    )
    report: ReportSection = Field(examples=["{to: …, title: …, author: …}"])
    excerpt: ExcerptSection = Field(default_factory=ExcerptSection)
    cautions: CautionsSection = Field(
        default_factory=CautionsSection, description="Words that put a warning into an item's comment."
    )
    meetings: list[Day] = Field(default_factory=list, description="The panel's meetings, as year-month-day.")
    programme: list[BusinessSection] = Field(
        default_factory=list, description="What the panel takes up at a coming meeting: it raises a story."
    )
    handled: list[BusinessSection] = Field(
        default_factory=list,
        description="What the panel dealt with at a meeting: after it, it sinks a story.",
    )
    papers_days: int = Field(
        default=8, ge=0, le=60, description="So many days before a meeting its papers go out."
    )
    weekly: WeeklySection = Field(default_factory=WeeklySection)
    delivery: DeliverySection = Field(default_factory=DeliverySection)
    retention: RetentionSection = Field(
        default_factory=RetentionSection, description="How long what is kept: 90 days, 13 months, forever."
    )
    backups: BackupsSection = Field(
        default_factory=BackupsSection, description="Copies of the archive, made once a day."
    )
    desk: DeskSection = Field(
        default_factory=DeskSection, description="How the desk's pages are reached through a proxy."
    )
    feeds: WantedSection | None = Field(
        default=None, description="Which of the feeds this panel wants; left out, all of them."
    )


def read_panel(path: Path) -> Loaded[Panel] | tuple[Mistake, ...]:
    def mistakes(document: Document) -> Iterator[Mistake]:
        yield from _each_meeting_once(document)
        yield from business_mistakes(document)
        yield from _template_is_there(document, path.parent)

    loaded = load(path, PanelFile, mistakes)
    return loaded if isinstance(loaded, tuple) else loaded.holding(_panel(loaded.value, path.parent))


def _panel(file: PanelFile, folder: Path) -> Panel:
    return Panel(
        panel=file.panel,
        force=file.force,
        area=PanelArea(id=file.area.id, name=file.area.name) if file.area else _area_of(file.force),
        report_to=file.report.to,
        title=file.report.title,
        author=file.report.author,
        excerpt=ExcerptLength(least=file.excerpt.least, most=file.excerpt.most, words=file.excerpt.words),
        size=ReportSize(
            items=file.report.items, per_topic=file.report.per_topic, good_news=file.report.good_news
        ),
        meetings=tuple(sorted(file.meetings)),
        programme=business_of(file.programme),
        handled=business_of(file.handled),
        papers_days=file.papers_days,
        weekly=WeeklyTime(weekday=WEEKDAYS.index(file.weekly.day), at=file.weekly.at),
        folder=file.delivery.folder,
        links=LinksAs(file.report.links),
        template=str(folder / file.report.template) if file.report.template else None,
        deliver_to=DeliverTo(file.delivery.to),
        mail=_mail(file.delivery.mail) if file.delivery.mail else None,
        operator=file.delivery.operator,
        cautions=WatchWords(
            **{name: tuple(getattr(file.cautions, name)) for name in CautionsSection.model_fields}
        ),
        retention=retention_of(file.retention),
        backups=backups_of(file.backups),
        desk=desk_of(file.desk),
        feeds=wanted_of(file.feeds),
    )


def _area_of(force: str) -> PanelArea:
    """What the area of a force is called where the file does not say."""
    name = _FORCE_WORDS.sub("", force) or force
    return PanelArea(id=_id_from(name), name=name)


def _mail(section: MailSection) -> Mail:
    host = section.host
    return Mail(
        sender=section.sender,
        recipients=once_each(section.recipients),
        relay=Relay(host=host, port=section.port, starttls=section.starttls) if host else None,
        eml_folder=section.eml_folder,
    )


def _template_is_there(document: Document, folder: Path) -> Iterator[Mistake]:
    for where, name in document.each("report", "template"):
        if name and not is_file(folder / str(name)):
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


def mailboxes_twice(document: Document) -> Iterator[Mistake]:
    """Recipients that are one mailbox in two spellings. It gets one mail; that is no mistake, and needs a look."""
    first: dict[str, tuple[str, int]] = {}
    for where, written in document.each("delivery", "mail", "recipients", "*"):
        mailbox = same_mailbox(read_mailbox(str(written)) or str(written))
        if mailbox in first:
            before, line = first[mailbox]
            yield document.mistake(
                where,
                f"{written} is the mailbox of line {line}, {before}, and gets one mail: delete one of the two",
            )
        first.setdefault(mailbox, (str(written), document.lines[where]))
