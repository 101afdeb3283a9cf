"""A panel alone reads each article once, so nothing is asked that only those who share texts need to know."""

from collections import Counter
from types import SimpleNamespace

from monitor.pipeline.texts import Texts


def test_a_panel_alone_asks_for_no_seals():
    store = SimpleNamespace(articles=SimpleNamespace(named=sorted))  # it knows no seals
    texts = Texts(Counter(["https://one.example/feed"]))
    texts.begin(["https://one.example/feed"])
    assert texts.named(store, ["b", "a"]) == ["a", "b"]


def test_a_panel_before_another_keeps_what_that_one_reads_too():
    """Also where it was begun again: what it read then takes nothing from the others."""
    asked = []
    seals = {"a": 1, "b": 1}
    articles = SimpleNamespace(seals_of=lambda ids: asked.append(ids) or seals, named=lambda ids: ())
    texts = Texts(Counter({"https://one.example/feed": 1, "https://both.example/feed": 2}))
    for _ in range(3):
        texts.begin(["https://one.example/feed"])
    texts.named(SimpleNamespace(articles=articles), ["a", "b"])
    assert asked == [{"a", "b"}]
