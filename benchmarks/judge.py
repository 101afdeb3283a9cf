"""Judging and grouping on one core, in processor time, beside a plain alternation of the same phrases in the same run.

Judging is as a draft does it: what is out by its title and first paragraph is not read on. How much that is depends on
the news, so the share is printed, and what whole verdicts take.

The alternation is what one would write first: every phrase escaped, joined with `|`, compiled once and searched with
`finditer`. It does less than the rules do (no capitals, no sentences, no nearness: the two parts of a near phrase are
phrases of its own; no weighing), so the ratio is a lower bound.
"""

import gc
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.draft import corpus
from benchmarks.workplace import write_config
from monitor.config.folder import read_config
from monitor.judging.classify import prepare
from monitor.judging.entries import entries
from monitor.judging.group import group
from monitor.settings import Config
from monitor.text import NEAR

JUDGED = 5_000
SEARCHED = 300  # by the alternation, which is slow
GROUPED = ((10_000, 5), (40_000, 25))  # articles of two weeks, and the seconds that are wanted


def run() -> Iterator[str]:
    config = _default_config()
    articles = corpus(max(count for count, _ in GROUPED), datetime.now(UTC))
    judge = prepare(config.rules, config.gazetteer)
    judged = articles[:JUDGED]
    glanced = [article for article in judged if judge.at_a_glance(article)]
    whole = _seconds(lambda: [judge.verdict(article) for article in judged])
    spent = _seconds(lambda: [judge.at_a_glance(article) or judge.verdict(article) for article in judged])
    peer = _alternation(config)
    texts = [f"{article.title}\n{article.text}" for article in articles[:SEARCHED]]
    peer_spent = _seconds(lambda: [sum(1 for _ in peer.finditer(text)) for text in texts])
    ours, theirs = len(judged) / spent, len(texts) / peer_spent
    share = len(glanced) / len(judged)
    yield f"{ours:,.0f} articles a second judged (wanted: 5,000), {share:.0%} of them out at a glance"
    yield f"{len(judged) / whole:,.0f} a second with a verdict on the whole of each"
    yield f"a plain alternation finds the phrases in {theirs:,.0f}; {ours / theirs:.1f} times as many (wanted: 3)"
    for count, wanted in GROUPED:
        some = articles[:count]
        spent = _seconds(lambda some=some: group(some, config.gazetteer))
        yield f"{count:,} articles grouped in {spent:.1f} s (wanted: at most {wanted})"


def _default_config() -> Config:
    with TemporaryDirectory() as name:
        write_config(Path(name), ["http://127.0.0.1:9/feed"], workers=1)
        return read_config(Path(name))


def _seconds(work: Callable[[], object]) -> float:
    """Python's search for circles does not look through what the measuring itself holds."""
    gc.collect()
    gc.freeze()
    start = time.process_time()
    work()
    return time.process_time() - start


def _alternation(config: Config) -> re.Pattern[str]:
    phrases = {
        part
        for entry in entries(config.rules, config.gazetteer)
        for part in NEAR.sub("|", entry.phrase.text).split("|")
    }
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_expression, longest_first)), re.IGNORECASE)


def _expression(phrase: str) -> str:
    figure = re.sub(r"<\w+>", "\0", phrase)
    escaped = re.escape(figure).replace(r"\*", r"\w*").replace("\0", r"[£€$]?\d[\d.,]*")
    return rf"(?<!\w){escaped}(?!\w)"
