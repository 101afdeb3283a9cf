"""What goes because its time is over (`retention` in panel.yaml), and what stays whatever that says. Pure.

    texts      the text of an article that a draft used or the officer decided on
    unused     the text of an article that nothing used
    titles     its row: title, address, day. A digest of its address stays, so that it is not new when it is seen again
    drafts     a draft that another followed, with what the officer said of it
    editions   a report that was issued, with what the officer said of it
    messages   the e-mail of a draft: when, to whom, what the relay said
    runs       the record of a job
    polls      the record of a poll of a feed

Never, whatever is written there:

1. *Used* is an article that an edition which is kept prints or names as struck or developed (items,
   further stories), or that a decision names.
   What an open draft uses stays whole; open are the drafts towards a report whose papers have not gone out, or whose
   meeting is not over, and so is the newest edition of all.
2. What is in the window of an open draft is not `unused` yet: a phrase may take it in until the papers go out. Where no
   meeting is known that window may be the whole archive; so `texts` holds for it all the same, but for what is used.
3. The stories of issued reports are recognised for a year (`remembered`), by their texts.
4. The last edition for a meeting is the issued one, and is kept as such. What the officer said of an edition goes with
   it; what was said before any goes when a report was issued since, and is as old as a draft may be.
5. A message that somebody still waits for stays, and so does the newest: by it this week's draft is known.
6. Of each feed the last poll that was answered stays, so that a draft counts the feeds it rests on; of each job the
   last run and the last that went well.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.forgetting.names import words_of
from monitor.model import (
    Article,
    Edition,
    Goes,
    KeptEdition,
    Learned,
    Message,
    MessageState,
    Sighting,
    Source,
)
from monitor.settings import Retention, Span

OVER = (MessageState.SENT, MessageState.PARTLY_REFUSED)  # nobody waits for it any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is stored, as far as it bears on what may go."""

    articles: Sequence[Sighting]
    editions: Sequence[KeptEdition]
    uses: Mapping[int, frozenset[str]]  # the articles that each edition prints
    learned: Mapping[int, Learned]  # what the officer said, by its row
    messages: Sequence[Message]
    open_drafts: frozenset[int]  # numbers of the drafts towards reports that are not closed
    issued: frozenset[int]
    window: datetime | None  # where the window of the open draft begins; None: with the archive
    remembered: timedelta


def what_goes(now: datetime, retention: Retention, facts: Facts) -> Goes:
    editions = frozenset(_editions(now, retention, facts))
    decisions = frozenset(_decisions(now, retention, facts, editions))
    left = {number: used for number, used in facts.uses.items() if number not in editions}
    told = {row: one for row, one in facts.learned.items() if row not in decisions}
    used = _articles(left.values()) | _decided(told.values())
    pinned = _pinned(now, facts, left, told)
    texts, rows = [], []
    for article in facts.articles:
        if article.id in pinned:
            continue
        is_over = _text_is_over(article, now, retention, facts, is_used=article.id in used)
        if is_over and _is_past(article.first_seen, retention.titles, now):
            rows.append(article.id)
        elif is_over and article.has_text:
            texts.append(article.id)
    return Goes(
        texts=tuple(texts),
        articles=tuple(rows),
        editions=tuple(sorted(editions)),
        decisions=tuple(sorted(decisions)),
        messages=tuple(_messages(now, retention, facts)),
        runs=before(now, retention.runs),
        polls=before(now, retention.polls),
    )


def before(now: datetime, span: Span | None) -> datetime | None:
    """The moment so long before now, by the calendar; None where the span has no end."""
    if span is None:
        return None
    months = now.year * 12 + now.month - 1 - span.months
    year, month = divmod(months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day) - timedelta(days=span.days)


def _is_past(moment: datetime, span: Span | None, now: datetime) -> bool:
    limit = before(now, span)
    return limit is not None and moment < limit


def _text_is_over(
    article: Sighting, now: datetime, retention: Retention, facts: Facts, *, is_used: bool
) -> bool:
    if _is_past(article.first_seen, retention.texts, now):
        return True
    in_window = facts.window is None or article.first_seen >= facts.window
    return not is_used and not in_window and _is_past(article.first_seen, retention.unused, now)


def _pinned(
    now: datetime, facts: Facts, uses: Mapping[int, frozenset[str]], learned: Mapping[int, Learned]
) -> frozenset[str]:
    """The articles whose text an open draft, or recognising what was reported, still needs."""
    open_ones = _articles(used for number, used in uses.items() if number in facts.open_drafts)
    of_open = _decided(one for one in learned.values() if _edition_of(one) in facts.open_drafts | {0})
    reported = _articles(used for number, used in uses.items() if number in facts.issued) | _decided(
        one for one in learned.values() if _edition_of(one) in facts.issued
    )
    lately = {one.id for one in facts.articles if one.first_seen >= now - facts.remembered}
    return open_ones | of_open | (reported & lately)


def _articles(uses: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(id for used in uses for id in used)


def _decided(learned: Iterable[Learned]) -> frozenset[str]:
    return frozenset(id for one in learned for decision in one.decisions for id in decision.articles)


def _edition_of(one: Learned) -> int:
    """The draft of which it holds; 0: it was said before the report's first."""
    return one.edition if one.source is Source.REPORT else one.newest


def _editions(now: datetime, retention: Retention, facts: Facts) -> Iterable[int]:
    newest = max((one.number for one in facts.editions), default=0)
    for one in facts.editions:
        if one.number in facts.open_drafts or one.number == newest:
            continue
        if _is_past(one.made, retention.editions if one.number in facts.issued else retention.drafts, now):
            yield one.number


def _decisions(now: datetime, retention: Retention, facts: Facts, gone: frozenset[int]) -> Iterable[int]:
    issued = [one.made for one in facts.editions if one.number in facts.issued]
    for row, one in facts.learned.items():
        if number := _edition_of(one):
            if number in gone or all(number != kept.number for kept in facts.editions):
                yield row
        elif any(made > one.learned for made in issued) and _is_past(one.learned, retention.drafts, now):
            yield row


def _messages(now: datetime, retention: Retention, facts: Facts) -> Iterable[str]:
    newest = max((one.composed for one in facts.messages), default=now)
    sent = [one.composed for one in facts.messages if one.state is MessageState.SENT]
    for one in facts.messages:
        is_settled = one.state in OVER or any(moment > one.composed for moment in sent)
        if one.composed < newest and is_settled and _is_past(one.composed, retention.messages, now):
            yield one.id


def used_by(edition: Edition) -> frozenset[str]:
    """The ids of the articles that an edition prints, or would print for a tick."""
    items = (*edition.items, *edition.further, *edition.later)
    struck = (link for one in edition.dropped for link in one.links)
    developed = (link for one in edition.developments for link in one.links)
    return frozenset(id for item in items for id in item.articles) | frozenset(
        link.article for link in (*struck, *developed)
    )


# ── what an article is known by, once it is gone ────────────────────────────────────────────────────────────────


def traces(article: Article, names: Iterable[tuple[str, str]], *, shares_its_page: bool) -> tuple[str, ...]:
    """What tells that an entry or a page is this article: its id, and by which own ids (`names`) which feeds know it.

    The id is made from the address. Where other articles stand under that too (a page of alerts) the title says
    which of them it is: the next alert is another story.
    """
    own = trace_of_title(article.id, article.title) if shares_its_page else trace_of_article(article.id)
    return (own, *(trace_of_entry(feed, entry) for feed, entry in names))


def trace_of_article(id: str) -> str:
    return f"article {id}"


def trace_of_title(id: str, title: str) -> str:
    return f"title {id} {' '.join(words_of(title))}"


def trace_of_entry(feed: str, entry: str) -> str:
    return f"entry {feed} {entry}"
