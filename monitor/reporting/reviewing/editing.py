"""Acts on the words of one item: edited, a link taken out, an item of the officer's own written. They say nothing of its
place."""

from dataclasses import replace
from urllib.parse import urlsplit

from monitor.addresses import canonical
from monitor.model import Article, ItemLink
from monitor.model.acts import Edit, Unlink, Write
from monitor.model.officer import OWN
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.item import heading_of, link_of
from monitor.reporting.reviewing.deeds import Deed, No, Table, alone, own_of
from monitor.reporting.reviewing.telling import quoted
from monitor.reporting.wording import item_name, one_line, web_address


def edit(act: Edit, one: Decided, table: Table) -> Deed:
    item = one.item
    heading = item.heading if act.heading is None else one_line(act.heading)
    left = tuple(line for line in item.excerpt if line not in item.note)
    text = left if act.quoted is None else tuple(filter(None, map(one_line, act.quoted)))
    note = item.note if act.note is None else tuple(filter(None, map(one_line, act.note)))
    same_text = text == left and note == item.note
    holds = heading == item.heading and same_text
    decision = alone(
        one,
        table,
        heading=None if heading == item.heading else heading,
        excerpt=None if same_text else (*text, *(line for line in note if line not in text)),
        note=() if same_text else note,
    )
    name = quoted(heading or item_name(item))
    return Deed(
        deed="edit",
        words=f"Nothing changed in {name}." if holds else f"Changed: {name}.",
        story=item.story,
        decisions=(decision,),
        holds=holds,
        before=one.decision,
    )


def unlink(act: Unlink, one: Decided, table: Table) -> Deed | No:
    item = one.item
    links = [link for link in item.links if link.article != act.article]
    holds = len(links) == len(item.links)
    if not links and not holds:
        return No(words=f"It is the only link of {quoted(item_name(item))}: drop the story instead.")
    return Deed(
        deed="unlink",
        words=f"{quoted(item_name(item))} has no such link."
        if holds
        else f"Link taken out of {quoted(item_name(item))}.",
        story=item.story,
        decisions=(alone(one, table, without=(act.article,)),),
        holds=holds,
        before=one.decision,
    )


def write(act: Write, table: Table) -> Deed | No:
    address = act.address.strip()
    if address and not web_address(address):
        return No(words="The address is none of the web: it begins with https:// or http://.")
    if "@" in urlsplit(address).netloc:
        return No(
            words="The address has a name or password before its host, which would be printed: leave it out."
        )
    id = table.identify(address) if address else ""
    article = table.article(id) if id else None
    heading = one_line(act.heading) or (heading_of(article) if article else "")
    if not heading:
        return No(words="Write a heading.")
    if id and (home := _home(id, table)):
        return No(words=f"That address is a link of {quoted(item_name(home.item))} already.")
    note = tuple(filter(None, map(one_line, act.note)))
    link = _link(id, address, article, table) if id else None
    decision = replace(own_of(heading, link, table), excerpt=note, note=note)
    before = next((one for one in table.past.kept if one.story == decision.story), None)
    holds = before is not None
    return Deed(
        deed="write",
        words=f"There already: {quoted(heading)}; nothing changed."
        if holds
        else f"Written: {quoted(heading)}.",
        story=decision.story,
        decisions=(decision,),
        holds=holds,
        before=before,
    )


def _home(article: str, table: Table) -> Decided | None:
    items = table.report.items if table.report else ()
    return next(
        (one for one in items if article in one.item.articles and not one.item.story.startswith(OWN)), None
    )


def _link(id: str, address: str, article: Article | None, table: Table) -> ItemLink:
    if article:
        return link_of(article)
    outlet = table.outlet(address)
    return ItemLink(
        outlet=outlet,
        url=canonical(address),
        published=table.day,
        published_is_guess=True,
        kinship=None,
        article=id,
        text=outlet,
    )
