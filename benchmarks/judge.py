"""Judging and grouping on one core, in processor time, beside a plain alternation of the same phrases in the same run.

Judging is as a draft does it: what is out by its title and first paragraph is not read on, and what is out has no
evidence. How much that saves depends on the news, so what full verdicts take is printed too.

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
TURNS = 3
SEARCHED = 300  # by the alternation, which is slow
GROUPED = ((10_000, 5), (40_000, 25))  # articles of two weeks, and the seconds that are wanted


def run() -> Iterator[str]:
    config = _default_config()
    judge = prepare(config.rules, config.gazetteer)
    judged = corpus(JUDGED, datetime.now(UTC))
    whole = min(_seconds(lambda: [judge.verdict(article) for article in judged]) for _ in range(TURNS))
    spent = min(_seconds(lambda: [judge.in_brief(article) for article in judged]) for _ in range(TURNS))
    peer = _alternation(config)
    texts = [f"{article.title}\n{article.text}" for article in judged[:SEARCHED]]
    peer_spent = _seconds(lambda: [sum(1 for _ in peer.finditer(text)) for text in texts])
    ours, theirs = len(judged) / spent, len(texts) / peer_spent
    yield f"{ours:,.0f} articles a second judged (wanted: 5,000); best of {TURNS} turns"
    yield f"{len(judged) / whole:,.0f} a second with all evidence for each, as `explain` shows it"
    yield f"a plain alternation finds the phrases in {theirs:,.0f}; {ours / theirs:.1f} times as many (wanted: 3)"
    for count, wanted in GROUPED:
        some = corpus(count, datetime.now(UTC))
        spent = _seconds(lambda some=some: group(some, config.gazetteer, config.rules))
        yield f"{count:,} articles grouped in {spent:.1f} s (wanted: at most {wanted})"


def _default_config() -> Config:
    with TemporaryDirectory() as name:
        write_config(Path(name), ["http://127.0.0.1:9/feed"], workers=1)
        return read_config(Path(name))


def _seconds(work: Callable[[], object]) -> float:
    """Without Python's search for circles, as a draft judges."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    work()
    spent = time.process_time() - start
    gc.enable()
    return spent


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
