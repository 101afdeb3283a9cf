"""A panel alone reads each article once, so nothing is asked that only those who share texts need to know."""

from collections import Counter
from types import SimpleNamespace

from monitor.pipeline.texts import Texts


def test_a_panel_alone_asks_for_no_seals():
    store = SimpleNamespace(articles=SimpleNamespace(named=sorted))  # it knows no seals
    texts = Texts(Counter(["https://one.example/feed"]))
    texts.begin(["https://one.example/feed"])
    assert texts.named(store, ["b", "a"]) == ["a", "b"]
