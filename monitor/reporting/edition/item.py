"""One story -> one item: its heading, its links and its excerpt, and what stands beside them in a comment.

1. *Heading.* The speaker's title on one line; where there is none, the outlet and the day. An item that stood in an
   earlier draft keeps the heading that it had there.
2. *Quoted article.* The one quoted in the last draft; else the speaker; each only if its outlet's licence allows an
   excerpt and it has text. Else the article of the story that does, with the fullest text; else the speaker.
3. *Links.* One for each article: the quoted one's, then other reports, then copies, each by day; one outlet's address
   never twice. A copy of a copy of the quoted article is its copy. What came after the draft in which the item first
   stood comes last and is marked: it is a development of the first item, not a new one. What the officer put there,
   another item's links say, is not: it is a report like the others.
4. *Excerpt.* Whole paragraphs from the top, as the licence says: `none` nothing, `full` everything, `lead` at least
   `least` and at most `most` of them, none begun beyond `words` words. A paragraph that only repeats the heading is
   left out. A list's introduction ("The money goes to:") does not end an excerpt that leaves its list out.
5. *The officer's word* goes over all this: heading and excerpt as left, links taken out and put in. An item of the
   officer's own stays as it was written.
"""

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from monitor.lengths import LONGEST_QUOTED, LONGEST_SENTENCE, shortened
from monitor.model import (
    Area,
    Article,
    Choice,
    Decision,
    Field,
    Item,
    ItemLink,
    JudgedStory,
    Kinship,
    Link,
    Said,
    Story,
    TextFrom,
)
from monitor.model.officer import OUT
from monitor.reporting.edition.fates import is_old
from monitor.reporting.edition.past import Past
from monitor.reporting.wording import day_in_london, one_line, say_day
from monitor.settings import Excerpt, ExcerptLength, Feed, PanelArea
from monitor.text import sentences

STRICTEST_FIRST = (Excerpt.NONE, Excerpt.LEAD, Excerpt.FULL)
QUOTED_FIRST = (None, Kinship.REPORT, Kinship.COPY)


def item_of(
    one: JudgedStory,
    decision: Decision | None,
    past: Past,
    feeds: Sequence[Feed],
    length: ExcerptLength,
    area: PanelArea,
) -> Item:
    """The story as the report prints it. `decision` is the officer's, where there is one."""
    articles = frozenset(article.id for article in one.story.articles)
    if decision and decision.said is Said.ADDED:
        return _added(decision, past, area, one)
    story = decision.story if decision else one.story.id  # of items that were made one the one that stayed
    # What the officer put under the item is a report of it, and no later news; what came after is.
    put_there = {link.article for link in decision.links} if decision else set()
    first, last = past.first(story, articles), past.last(story, articles)
    before = _quoted_before(last[1]) if last else None
    quoted = _quoted(one, feeds, before)
    heading = _by_itself(last[1]) if last and before in articles else heading_of(one.speaker)
    drafted = Item(
        story=story,  # so it has the same name in every draft
        heading=heading,
        links=_links(one.story, quoted, put_there.union(first[1].articles) if first else articles),
        excerpt=_excerpt(quoted, heading, _licence(quoted, feeds), length),
        area=area.id_of(one.verdict.area),
        topics=one.verdict.topics,
        councils=one.verdict.councils,
        score=one.verdict.score,
        reason=_reason(one, decision),
        first_edition=first[0] if first else None,
        decided=decision.edition if decision else None,
        speaks=speaks(one),
        taken=decision is not None and decision.said is Said.TAKEN,
        quoted=quoted.id,
        **_of_speaker(one),
    )
    return as_decided(drafted, decision) if decision else drafted


def _quoted_before(item: Item) -> str | None:
    """Also where its link was taken out: the text that was left there is its own."""
    return item.quoted or (item.links[0].article if item.links else None)


def _by_itself(item: Item) -> str:
    """Its heading without the officer's word: where that is taken back, the heading is as it was drafted."""
    return item.heading if item.drafted is None else item.drafted


def own_item(decision: Decision, past: Past, area: PanelArea) -> Item:
    """An item of the officer's own that is no story of the window."""
    return _added(decision, past, area, None)


def heading_of(article: Article) -> str:
    return (
        one_line(article.title) or f"{one_line(article.outlet)}, {say_day(day_in_london(article.published))}"
    )


def link_of(article: Article, kinship: Kinship | None = None, *, later: bool = False) -> ItemLink:
    return ItemLink(
        outlet=one_line(article.outlet),
        url=article.url,
        published=day_in_london(article.published),
        published_is_guess=article.published_is_guess,
        kinship=kinship,
        article=article.id,
        later=later,
    )


def speaks(one: JudgedStory) -> str:
    """The sentence of the speaker's text with the most points for it; "" where none has any."""
    best, most = "", 0
    text = one.speaker.text
    hits = [hit for hit in one.verdict.evidence if hit.field is not Field.TITLE and hit.points > 0]
    hits.sort(key=lambda hit: hit.start)
    starts = [hit.start for hit in hits]
    for start, end in sentences(text) if hits else ():
        inside = hits[bisect_left(starts, start) : bisect_left(starts, end)]
        points = sum(hit.points for hit in inside if hit.end <= end)
        if points > most:
            best, most = text[start:end], points
    return shortened(one_line(best), LONGEST_SENTENCE)


def fullness(article: Article) -> tuple[object, ...]:
    """Least for the article that says most: read from its page, the longest text, the earliest, the id."""
    return (article.text_from is not TextFrom.PAGE, -len(article.text), article.published, article.id)


def _reason(one: JudgedStory, decision: Decision | None) -> str:
    if decision is None or decision.said in OUT:
        return one.verdict.reason
    by_themselves = f"The rules by themselves say: {one.verdict.reason}"
    if decision.was is Said.LATER:
        return f"You put it off in draft {decision.edition}. {by_themselves}"
    if one.verdict.choice is not Choice.INCLUDE:
        said = "took it in" if decision.said is Said.TAKEN else f"kept it in draft {decision.edition}"
        return f"You {said}. {by_themselves}"
    return one.verdict.reason


def as_decided(item: Item, decision: Decision) -> Item:
    """The item with the officer's word."""
    links = tuple(link for link in item.links if link.article not in decision.without)
    there = {link.article for link in links}
    added = tuple(link for link in decision.links if link.article not in there)
    return replace(
        item,
        heading=item.heading if decision.heading is None else decision.heading,
        drafted=None if decision.heading in (None, item.heading) else item.heading,
        links=(*links, *added),
        excerpt=item.excerpt if decision.excerpt is None else decision.excerpt,
        note=decision.note,
    )


def _added(decision: Decision, past: Past, area: PanelArea, one: JudgedStory | None) -> Item:
    first = past.first(decision.story, decision.articles)
    missed = f" The rules by themselves say: {one.verdict.reason}" if one else ""
    item = Item(
        story=decision.story,
        heading=decision.drafted if decision.heading is None else decision.heading,
        links=decision.links,
        excerpt=decision.excerpt or (),
        note=decision.note,
        area=area.id_of(one.verdict.area if one else Area.OWN),
        topics=one.verdict.topics if one else (),
        councils=one.verdict.councils if one else (),
        score=one.verdict.score if one else 0,
        reason=f"You added it in draft {decision.edition}.{missed}",
        first_edition=first[0] if first else None,
        decided=decision.edition,
        speaks=speaks(one) if one else "",
    )
    return replace(item, **_of_speaker(one)) if one else item


class _OfSpeaker(TypedDict):
    choice: str
    is_old: bool
    copied: tuple[tuple[str, ...], ...]
    speaker: str
    length: int
    said: datetime


def _of_speaker(one: JudgedStory) -> _OfSpeaker:
    """By which the item is weighed against others without its texts."""
    return {
        "choice": one.verdict.choice.value,
        "is_old": is_old(one.story),
        "copied": tuple((link.one, link.two) for link in one.story.links if link.kinship is Kinship.COPY),
        "speaker": one.speaker.id,
        "length": len(one.speaker.text),
        "said": one.speaker.published,
    }


def _licence(article: Article, feeds: Sequence[Feed]) -> Excerpt:
    """The outlet's, the strictest where its feeds differ; for a stranger in an aggregator's feed, that feed's."""
    own = [feed.excerpt for feed in feeds if feed.name == article.outlet]
    borrowed = [feed.excerpt for feed in feeds if feed.url == article.feed]
    return min(own or borrowed, key=STRICTEST_FIRST.index, default=Excerpt.LEAD)


def _quoted(one: JudgedStory, feeds: Sequence[Feed], before: str | None) -> Article:
    able = [
        article
        for article in one.story.articles
        if article.paragraphs and _licence(article, feeds) is not Excerpt.NONE
    ]
    again = next((article for article in able if article.id == before), None)
    return again or (one.speaker if one.speaker in able else min(able, key=fullness, default=one.speaker))


def _links(story: Story, quoted: Article, at_first: Set[str]) -> tuple[ItemLink, ...]:
    copies = _copies(quoted.id, story.links)

    def kinship(article: Article) -> Kinship | None:
        if article.id == quoted.id:
            return None
        return Kinship.COPY if article.id in copies else Kinship.REPORT

    links = [
        link_of(article, kinship(article), later=article.id not in at_first) for article in story.articles
    ]
    links.sort(
        key=lambda link: (
            link.later and link.kinship is not None,
            QUOTED_FIRST.index(link.kinship),
            link.published,
            link.outlet,
            link.article,
        )
    )
    first = {(link.outlet, link.url): link for link in reversed(links)}
    return tuple(link for link in links if first[link.outlet, link.url] is link)


def _copies(article: str, links: Sequence[Link]) -> set[str]:
    """The ids of all that share the article's text, straight or through another copy; its own among them."""
    pairs = [(link.one, link.two) for link in links if link.kinship is Kinship.COPY]
    reached = {article}
    while further := {end for pair in pairs if reached.intersection(pair) for end in pair} - reached:
        reached |= further
    return reached


def _excerpt(article: Article, heading: str, licence: Excerpt, length: ExcerptLength) -> tuple[str, ...]:
    if licence is Excerpt.NONE:
        return ()
    lines = (one_line(paragraph) for paragraph in article.paragraphs)
    paragraphs = tuple(line for line in lines if line and _letters(line) != _letters(heading))
    quoted = paragraphs if licence is Excerpt.FULL else _lead(paragraphs, length)
    return tuple(shortened(paragraph, LONGEST_QUOTED) for paragraph in quoted)


def may_quote(article: Article, feeds: Sequence[Feed]) -> bool:
    return _licence(article, feeds) is not Excerpt.NONE


def excerpt_of(
    article: Article, heading: str, feeds: Sequence[Feed], length: ExcerptLength
) -> tuple[str, ...]:
    """What of the article may be quoted under the heading."""
    return _excerpt(article, heading, _licence(article, feeds), length)


def _letters(text: str) -> str:
    """What is left of a line when case, spaces and punctuation do not count."""
    return "".join(filter(str.isalnum, text.casefold())) or text


def _lead(paragraphs: tuple[str, ...], length: ExcerptLength) -> tuple[str, ...]:
    taken: list[str] = []
    words = 0
    for paragraph in paragraphs[: length.most]:
        if len(taken) >= length.least and words >= length.words:
            break
        taken.append(paragraph)
        words += len(paragraph.split())
    while 1 < len(taken) < len(paragraphs) and taken[-1].endswith(":"):
        taken.pop()
    return tuple(taken)
