"""What a draft rests on, in sentences: so that nobody takes a dead collector for a quiet week.

The same lines go into the working notes, under the HTML and Markdown drafts and to the terminal. First the warning,
where there is cause for one; which meeting it is for, where papers have gone out; then when, from which feeds, how
many articles and stories; then every feed that fails or is silent, by name. Stories left out as old are named with
their day, since a re-dated feed may be wrong, or we. Paused and moved feeds are only counted: `status` names them. What
was dropped, what has developed and what has changed is told elsewhere, once (`notes/parts.py`).
"""

from collections.abc import Sequence

from monitor.lengths import shortened
from monitor.model import ArticleChange, Basis, Edition, FeedTrouble, NearMiss, ReadingHealth, Window
from monitor.reporting.wording import day_in_london, one_line, say_count, say_day, say_moment

MOST_OLD = 5  # that are named
LONGEST_OLD = 120  # characters of a title
MOST_ALONE = 3  # feeds with the same trouble that have a sentence each, as after a poll


def basis_lines(edition: Edition) -> tuple[str, ...]:
    """One sentence a line, plain text."""
    basis = edition.basis
    return (
        *_warning(basis),
        *([f"Meeting: {edition.towards}."] if edition.towards else []),
        f"Made {say_moment(edition.made)}, London time, by the rules {edition.rules_digest[:12]}.",
        f"Stories first seen {say_window(basis.window)}.",
        _feeds(basis.health),
        _last_read(basis.health),
        _counts(basis),
        *_old(edition.old),
        *_troubles("Failing", basis.health.failing),
        *_troubles("Silent", basis.health.silent),
    )


def changed_lines(basis: Basis) -> tuple[str, ...]:
    """What the quoted pages have become since they were read, and which could not be read again; one sentence a line."""
    return (
        *_changes("Changed since we read it", basis.changed),
        *_changes("Could not be read again", basis.unchecked),
    )


def say_window(window: Window) -> str:
    """ "from Monday 9 November 2026, 07:00 until Monday 16 November 2026, 07:00"."""
    since = f"from {say_moment(window.since)} " if window.since else ""
    return f"{since}until {say_moment(window.until)}"


def say_nothing(basis: Basis) -> str:
    """What stands in a report without items."""
    if basis.included or basis.own:  # a public version, from which every story had to be left out
        return "Nothing of this report may be published yet."
    since = f"from {say_day(day_in_london(basis.window.since))} " if basis.window.since else ""
    span = f"{since}to {say_day(day_in_london(basis.window.until))}"
    return "".join(_warning(basis)) or f"No topical issues were found in the news read {span}."


def _warning(basis: Basis) -> tuple[str, ...]:
    if basis.health.read == 0:
        return ("No feed was read in this time, so this draft does not show what was in the news.",)
    if basis.articles == 0:
        return ("The feeds were read and brought no article: this is not usual, even for a quiet week.",)
    return ()


def _feeds(health: ReadingHealth) -> str:
    """Two counts of the same feeds: which answered in the window, and how they stood when they were last asked."""
    moved = f", {len(health.moved):,} moved" if health.moved else ""
    return (
        f"{say_count(health.feeds, 'feed')} on, {health.read:,} of them read in this time; when last asked "
        f"{len(health.failing):,} failing, {len(health.silent):,} silent{moved}. {len(health.paused):,} paused."
    )


def _last_read(health: ReadingHealth) -> str:
    return (
        f"Feeds last read {say_moment(health.last_read)}." if health.last_read else "No feed was ever read."
    )


def _counts(basis: Basis) -> str:
    before = f", {basis.old:,} left out as old" if basis.old else ""
    before += f", {basis.dropped:,} dropped by you" if basis.dropped else ""
    before += f", {basis.later:,} put off by you" if basis.later else ""
    before += f", {basis.reported:,} reported already" if basis.reported else ""
    own = f" {say_count(basis.own, 'item')} of your own besides." if basis.own else ""
    return (
        f"{say_count(basis.articles, 'article')} in {say_count(basis.stories, 'story', 'stories')}: "
        f"{_included(basis)}, {say_count(basis.near, 'near miss', 'near misses')}, "
        f"{basis.out:,} left out{before}.{own}"
    )


def _included(basis: Basis) -> str:
    if not basis.further:
        return f"{basis.included:,} in the draft"
    further = say_count(basis.further, "further story", "further stories")
    report = max(basis.included + basis.own - basis.further, 0)
    return f"{basis.included + basis.own:,} in ({report:,} in the report, {further})"


def _old(stories: Sequence[NearMiss]) -> tuple[str, ...]:
    """Those that the rules would have taken stand first."""
    if not stories:
        return ()
    named = [
        f"“{shortened(one_line(one.title), LONGEST_OLD)}” ({one_line(one.outlet)}, {say_day(one.published)})"
        for one in stories[:MOST_OLD]
    ]
    more = len(stories) - len(named)
    others = f"; and {more:,} more" if more else ""
    return (f"Left out as old, by the day that page, feed or address gives: {'; '.join(named)}{others}.",)


def _troubles(state: str, troubles: tuple[FeedTrouble, ...]) -> tuple[str, ...]:
    """A sentence for each feed; one for all that have the same trouble, where these are many: without the network each
    of fifty has it."""
    by_trouble: dict[str, list[FeedTrouble]] = {}
    for trouble in troubles:
        by_trouble.setdefault(one_line(trouble.what), []).append(trouble)
    lines: list[str] = []
    for what, alike in by_trouble.items():
        if len(alike) <= MOST_ALONE:
            lines += [f"{state}: {one_line(one.outlet)} ({one_line(one.url)}): {what}." for one in alike]
        else:
            names = ", ".join(dict.fromkeys(one_line(one.outlet) for one in alike))
            lines.append(f"{state}: {len(alike)} feeds, {what}: {names}.")
    return tuple(lines)


def _changes(state: str, changes: tuple[ArticleChange, ...]) -> tuple[str, ...]:
    return tuple(
        f"{state}: {one_line(change.outlet)}, “{one_line(change.title)}” ({one_line(change.url)})"
        f"{one_line(f': {change.what}' if change.what else '')}."
        for change in changes
    )
