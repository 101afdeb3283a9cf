"""When every feed fails alike, the trouble is on our side: one sentence says so and where to look, not fifty lines.

1. Every feed of this poll failed, or was left for the next since its host or the time did not allow more; and they are
   of two hosts or more: one host's trouble is that host's.
2. No feed that is on is known to answer: the last poll of each failed. So two dead feeds among many are no outage.
3. They failed alike: all on the way (names, connections, time-outs), or all for one reason. A firewall that answers in
   the outlets' place gives the second: 403 from everyone.
4. Where the proxy itself did not answer, one feed is enough: nothing else goes by another way.

Where to look depends on the reason, and on whether a proxy is used; `proxy_from` says what names it. A demo's folder that is
polled after the demo has outlets that are nowhere.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from monitor.model import FailureKind, FeedState, PollOutcome, PollResult
from monitor.reading.schedule.polling import state_of
from monitor.reading.urls import host
from monitor.settings import Feed

MOST_ALONE = 3  # so many failures for one reason have a line each; more of them share one
CERTIFICATE = "the site's certificate is not accepted"  # as `fetch/answers.py` words it
SECURE = "no secure connection"
PROXY = "the proxy: "  # as `fetch/guard.py` begins where there is no way to it

DEMO = (
    "These are the demo’s outlets, which this machine stood in for only while the demo ran: `monitor demo` makes the week "
    "anew, and `monitor init` in another folder begins with real feeds."
)


def outage(
    outcomes: Sequence[PollOutcome],
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    proxy_from: str | None,
) -> str | None:
    """What to tell where nothing could be read; `states` are those after the poll. None where something was, or where
    feeds fail each in its own way."""
    failed = [outcome for outcome in outcomes if outcome.result is PollResult.FAILED]
    left = [outcome for outcome in outcomes if outcome.result is PollResult.LEFT]
    if not failed or len(failed) + len(left) < len(outcomes):
        return None
    if not _has_no_proxy(failed) and not _are_all_that_is_known(failed, feeds, states):
        return None
    reasons = Counter(outcome.reason or "" for outcome in failed)
    on_the_way = all(outcome.failure is FailureKind.TEMPORARY for outcome in failed)
    if not on_the_way and len(reasons) > 1:
        return None
    said = "; ".join(
        f"{reason} ({times})" if len(reasons) > 1 else reason for reason, times in reasons.most_common()
    )
    look = DEMO if _are_a_demos(feeds, proxy_from) else _look(said, on_the_way, proxy_from)
    what = "The feed could not" if len(outcomes) == 1 else f"None of the {len(outcomes)} feeds could"
    return f"{what} be read: {said}. {look}"


def _has_no_proxy(failed: Sequence[PollOutcome]) -> bool:
    return all((outcome.reason or "").startswith(PROXY) for outcome in failed)


def _are_all_that_is_known(
    failed: Sequence[PollOutcome], feeds: Sequence[Feed], states: Mapping[str, FeedState]
) -> bool:
    """Whether they are of two hosts or more, and no other feed is known to answer."""
    known = [state_of(feed, states) for feed in feeds if feed.paused is None]
    answers = any(state.last_failure is None and state.left is None for state in known)
    return len({host(outcome.feed) for outcome in failed}) > 1 and not answers


def _are_a_demos(feeds: Sequence[Feed], proxy_from: str | None) -> bool:
    """Names that end in .example are nobody's; only a proxy on this machine can stand in for them."""
    named = proxy_from is not None and "network.proxy" in proxy_from
    return named and all(host(feed.url).endswith(".example") for feed in feeds)


def _look(reason: str, on_the_way: bool, proxy_from: str | None) -> str:
    """The remedy."""
    if reason.startswith((CERTIFICATE, SECURE)):
        return (
            "Where an office inspects secure connections, its certificates go into a file that `network.ca_bundle` "
            "of feeds.yaml names. Does this machine's clock show the right day?"
        )
    if proxy_from:
        return f"Is this machine on the network, and is the proxy right that {proxy_from} names?"
    proxy = (
        "put the proxy's address into `network.proxy` of feeds.yaml, or, where it needs a password, into the "
        "environment variable MONITOR_PROXY."
    )
    if on_the_way:
        return f"Is this machine on the network? Where the web is reached through a proxy, {proxy}"
    return f"Perhaps a firewall or a log-in page answers in their place. Where there is a proxy, {proxy}"


def failure_lines(outcomes: Sequence[PollOutcome], outlets: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each feed that failed; one for all that failed for the same reason, where these are many."""
    failed = [outcome for outcome in outcomes if outcome.result is PollResult.FAILED]
    by_reason: dict[str, list[PollOutcome]] = {}
    for outcome in failed:
        by_reason.setdefault(outcome.reason or "", []).append(outcome)
    lines = []
    for reason, alike in by_reason.items():
        if len(alike) <= MOST_ALONE:
            lines += [f"{outlets[one.feed]}: {reason} ({one.feed})" for one in alike]
        else:
            names = ", ".join(dict.fromkeys(outlets[one.feed] for one in alike))
            lines.append(f"{len(alike)} feeds: {reason}: {names}. `monitor feeds list` has their addresses.")
    return tuple(lines)


def left_lines(outcomes: Sequence[PollOutcome], outlets: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each reason for which feeds were left for the next poll."""
    by_reason: dict[str, dict[str, None]] = {}
    for outcome in outcomes:
        if outcome.result is PollResult.LEFT:
            by_reason.setdefault(outcome.reason or "", {})[outlets[outcome.feed]] = None
    return tuple(
        f"Left for the next poll, as {reason}: {', '.join(names)}" for reason, names in by_reason.items()
    )
