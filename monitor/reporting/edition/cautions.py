"""What to check before a story is published: sentences for the comment on its heading.

1. *Identification.* A court or the law forbids naming somebody; or what several outlets print of one sexual offence, or
   of one child in proceedings, can name a person together.
2. *Live proceedings.* What is published may prejudice a case that is not over.
3. *Half read.* The excerpt is the feed's own summary because the page could not be read.
4. *Changed since it was read.* A page was read again and is another now: its headline, its text, or it is gone.
5. *Not read again.* A page was asked for again and did not come, so nobody knows whether 4 holds.

Of 1 and 2 `watching.py` says when: by the officer's words (`cautions` in panel.yaml), which the sentence quotes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.model import Article, ArticleChange, Basis, Edition, Item, TextFrom
from monitor.reporting.edition.watching import Found, Risk, Watch, watch_of, watched
from monitor.reporting.wording import day_in_london, one_line, say_day
from monitor.settings import WatchWords


def cautioned(edition: Edition, articles: Mapping[str, Article], words: WatchWords) -> Edition:
    """The edition with each item's cautions. `articles` are by id, at least those that the items link."""
    watch = watch_of(words)
    return replace(
        edition,
        items=tuple(
            replace(item, cautions=tuple(map(one_line, _cautions(item, edition.basis, articles, watch))))
            for item in edition.items
        ),
    )


def _cautions(item: Item, basis: Basis, articles: Mapping[str, Article], watch: Watch) -> Iterator[str]:
    gathered = [articles[id] for id in item.articles if id in articles]
    told = (f"{article.title}\n{article.text}" for article in gathered)
    text = "\n".join((item.heading, *item.excerpt, *told))  # what the officer wrote is published too
    outlets = len({link.outlet for link in item.links})
    yield from (_said(found, outlets) for found in watched(text, outlets, watch))
    yield from _half_read(item, articles)
    addresses = {link.url for link in item.links}
    yield from (_changed(change) for change in basis.changed if change.url in addresses)
    for change in basis.unchecked:
        if change.url in addresses:
            yield _unchecked(change, gathered)


def _said(found: Found, outlets: int) -> str:
    quoted = f"“{found.words}”"
    if found.risk is Risk.RESTRICTED:
        return f"Somebody may not be named ({quoted}): see that neither this text nor the linked pages name them."
    if found.risk is Risk.LIVE:
        return f"Proceedings may be live ({quoted}): publish nothing that may prejudice them."
    subject = "a sexual offence" if found.risk is Risk.SEXUAL else "a child"
    return (
        f"It may be about {subject} ({quoted}) and gathers {outlets} outlets: "
        "see that together they do not identify anybody who must not be named."
    )


def _half_read(item: Item, articles: Mapping[str, Article]) -> Iterator[str]:
    quoted = next((articles.get(link.article) for link in item.links if link.kinship is None), None)
    if item.excerpt and quoted and quoted.text_from is TextFrom.SUMMARY:
        why = f" ({quoted.text_reason})" if quoted.text_reason else ""
        yield f"Only the feed’s summary could be read{why}: open the page of {quoted.outlet} before you rely on it."


def _changed(change: ArticleChange) -> str:
    return (
        f"The story of {change.outlet} has changed since it was read: {change.what}. "
        "See whether what you quote still stands."
    )


def _unchecked(change: ArticleChange, gathered: Sequence[Article]) -> str:
    read = next((article.first_seen for article in gathered if article.url == change.url), None)
    since = f" since {say_day(day_in_london(read))}" if read else ""
    why = f" ({change.what})" if change.what else ""
    return f"The page of {change.outlet} could not be read again{why}: open it to see whether it has changed{since}."
