"""What to check before a story is published: sentences for the comment on its heading.

1. *Identification.* A victim of a sexual offence has anonymity for life (Sexual Offences (Amendment) Act 1992, s 1),
   and a child in court proceedings may have it. What one outlet may print can name a person together with what another
   prints, so an item on either that gathers several outlets is marked.
2. *Live proceedings.* Somebody is arrested, charged or on trial and no outcome is told: what is published may
   prejudice the case (Contempt of Court Act 1981, s 2; sch 1 says when proceedings are active).
3. *Half read.* The excerpt is the feed's own summary because the page could not be read.
4. *Changed since it was read.* A page was read again and is another now: its headline, its text, or it is gone.
5. *Not read again.* A page was asked for again and did not come, so nobody knows whether 4 holds.

The words of 1 and 2 are the officer's (`cautions` in panel.yaml): whole words in any case, but CAPITALS of two to six
letters as they stand; a final * is a stem; hyphen and space are one, and so are straight and curly quotation marks.
A caution is said too often rather than too seldom: it stands in a comment and costs a glance.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model import Article, ArticleChange, Basis, Edition, Item, TextFrom
from monitor.reporting.wording import day_in_london, one_line, say_day
from monitor.settings import WatchWords


@dataclass(frozen=True, slots=True)
class Watch:
    """The words, ready to be looked for."""

    sexual_offence: re.Pattern[str]
    child: re.Pattern[str]
    live: re.Pattern[str]
    outcome: re.Pattern[str]


def cautioned(edition: Edition, articles: Mapping[str, Article], words: WatchWords) -> Edition:
    """The edition with each item's cautions. `articles` are by id, at least those that the items link."""
    watch = Watch(*map(_pattern, (words.sexual_offence, words.child, words.live, words.outcome)))
    return replace(
        edition,
        items=tuple(
            replace(item, cautions=tuple(map(one_line, _cautions(item, edition.basis, articles, watch))))
            for item in edition.items
        ),
    )


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, phrases)) or '(?!)'})(?!\w)")


def _form(phrase: str) -> str:
    words = (re.escape(word) for word in re.split(r"[\s-]+", phrase.removesuffix("*").strip()))
    form = re.sub("['‘’]", "['‘’]", r"(?:[^\S\n]|[-‐‑–])+".join(words))
    form += r"\w*" * phrase.endswith("*")
    return form if re.fullmatch("[A-Z]{2,6}", phrase) else f"(?i:{form})"


def _cautions(item: Item, basis: Basis, articles: Mapping[str, Article], watch: Watch) -> Iterator[str]:
    gathered = [articles[id] for id in item.articles if id in articles]
    told = (f"{article.title}\n{article.text}" for article in gathered)
    text = "\n".join((item.heading, *item.excerpt, *told))  # what the officer wrote is published too
    yield from _identifying(text, len({link.outlet for link in item.links}), watch)
    live = watch.live.search(text)
    if live and not watch.outcome.search(text):
        yield f"Proceedings may be live (“{live[0]}”, and no outcome is told): publish nothing that may prejudice them."
    yield from _half_read(item, articles)
    addresses = {link.url for link in item.links}
    yield from (_changed(change) for change in basis.changed if change.url in addresses)
    for change in basis.unchecked:
        if change.url in addresses:
            yield _unchecked(change, gathered)


def _identifying(text: str, outlets: int, watch: Watch) -> Iterator[str]:
    for subject, words in (("a sexual offence", watch.sexual_offence), ("a child", watch.child)):
        if outlets > 1 and (found := words.search(text)):
            yield (
                f"It may be about {subject} (“{found[0]}”) and gathers {outlets} outlets: "
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
