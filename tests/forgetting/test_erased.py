"""An edition and a decision without what is to be erased from them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from editions import edition, item, link, near_miss

from monitor.forgetting.erased import MARK, Erasure, without, without_in_decisions
from monitor.forgetting.names import Sought, address_inside, name_of
from monitor.model import (
    ArticleChange,
    Decision,
    Development,
    Doubt,
    Dropped,
    Ground,
    Kinship,
    Learned,
    Said,
)
from monitor.reporting.edition.record import edition_record, read_edition

DAY = date(2027, 2, 1)
SOUGHT = Sought(names=(name_of("Ann Hale"),), addresses=(address_inside("https://gone.example/news/1"),))
ERASURE = Erasure(SOUGHT, {"gone": "another"})


def from_items(*items, **changes):
    return without(edition(*items, **changes), ERASURE, DAY)


def test_where_nothing_of_it_stands_the_edition_is_the_same_and_bears_no_mark():
    made = edition(item(), near=(near_miss(),))
    assert without(made, ERASURE, DAY) is made


def test_a_text_that_names_somebody_goes_whole_and_what_stands_around_it_stays():
    named = item(
        heading="Treasurer Ann Hale jailed",
        excerpt=("Ann Hale took £9,000.", "The panel will look into it."),
        reason="One case.",
        speaks="ANN HALE’S case shows a gap.",
    )
    found = from_items(named, item("other"))
    assert found.items == (
        replace(named, heading=MARK, excerpt=(MARK, "The panel will look into it."), speaks=MARK),
        item("other"),
    )
    assert found.erased == DAY


def test_an_item_that_quotes_an_erased_article_keeps_its_place_and_no_word():
    quoted = item(
        "gone",
        heading="Treasurer jailed",
        links=(link(article="gone"), link("Vale Gazette", article="two", kinship=Kinship.REPORT)),
        speaks="A sentence.",
        cautions=("Look.",),
        note=("First paragraph.",),
        points=4,
        why=(Ground(points=4, says="figures (“nine thousand”)"),),
    )
    (found,) = from_items(quoted).items
    assert found == replace(
        quoted,
        story="another",
        heading=MARK,
        links=quoted.links[1:],
        excerpt=(MARK,),
        reason=MARK,
        speaks="",
        cautions=(),
        note=(),
        why=(Ground(points=4, says=MARK),),
    )


def test_an_item_that_only_links_an_erased_article_loses_the_link():
    linking = item(links=(link(article="one"), link("Vale Gazette", article="gone", kinship=Kinship.COPY)))
    assert from_items(linking).items == (replace(linking, links=linking.links[:1]),)


def test_a_link_of_the_officers_own_goes_by_its_address():
    linking = item(
        links=(link(article="one"), link(article="own", url="https://gone.example/news/1?utm_source=x"))
    )
    assert from_items(linking).items == (replace(linking, links=linking.links[:1]),)


@pytest.mark.parametrize(
    "place, value, left",
    [
        ("near_misses", (near_miss(story="gone"), near_miss(story="b")), (near_miss(story="b"),)),
        ("near_misses", (near_miss(title="Ann Hale"),), ()),
        ("near_misses", (near_miss(articles=("gone", "b")),), (near_miss(articles=("b",)),)),
        ("old", (near_miss(url="https://gone.example/news/1"),), ()),
        ("articles", ("gone", "b"), ("b",)),
        ("dropped", (Dropped(heading="Ann Hale", edition=1, links=(link(article="gone"),)),),
         (Dropped(heading=MARK, edition=1, links=()),)),
        ("developments", (Development(heading="It went on", reported=DAY, links=(link(article="gone"), link())),),
         (Development(heading="It went on", reported=DAY, links=(link(),)),)),
        ("doubts", (Doubt(story="gone", heading="x", other="y", other_story=None, reason="z"),), ()),
        ("doubts", (Doubt(story="a", heading="x", other="Ann Hale", other_story=None, reason="z"),),
         (Doubt(story="a", heading="x", other=MARK, other_story=None, reason="z"),)),
    ],
)  # fmt: skip
def test_what_stands_beside_the_items(place, value, left):
    found = from_items(**{place: value}) if place != "near_misses" else from_items(near=value)
    assert getattr(found, place) == left
    assert found.erased == DAY


def test_a_change_of_its_page_is_told_no_more():
    made = edition()
    change = ArticleChange(outlet="Gone", title="Title", url="https://gone.example/news/1", what="it is gone")
    told = replace(made, basis=replace(made.basis, changed=(change,)))
    assert without(told, ERASURE, DAY).basis.changed == ()


def test_the_record_is_read_again_and_what_was_is_not_in_it():
    record = edition_record(from_items(item("gone", heading="Ann Hale", links=(link(article="gone"),))))
    assert "Hale" not in record and "gone" not in record
    assert read_edition(record).erased == DAY


def decided(**changes):
    values = {"said": Said.KEPT, "edition": 3, "story": "one", "drafted": "Drafted", "articles": ("one",)}
    return Decision(**{**values, **changes})


@pytest.mark.parametrize(
    "before, after",
    [
        (decided(), decided()),
        (decided(heading="Ann Hale jailed"), decided(heading=MARK)),
        (decided(excerpt=("Hers.", "Ann Hale.")), decided(excerpt=("Hers.", MARK))),
        (
            decided(story="gone", articles=("gone", "two"), heading="H", excerpt=("P.",), note=("P.",)),
            decided(story="another", articles=("two",), drafted=MARK, heading=MARK, excerpt=(MARK,)),
        ),
        (decided(articles=("one", "gone")), decided()),
        (decided(links=(link(article="gone"),)), decided()),
        (decided(without=("gone",)), decided()),
    ],
)
def test_what_the_officer_said(before, after):
    def learned(one):
        return Learned(edition=3, learned=datetime(2026, 11, 17, tzinfo=UTC), digest="d", decisions=(one,))

    assert without_in_decisions(learned(before), ERASURE) == learned(after)


def test_an_item_and_its_decision_find_each_other_afterwards():
    """What was struck from a report stays struck, though nothing tells what it was."""
    (found,) = from_items(item("gone", links=(link(article="gone"),))).items
    learned = Learned(
        edition=3,
        learned=datetime(2026, 11, 17, tzinfo=UTC),
        digest="d",
        decisions=(decided(story="gone", articles=("gone",)),),
    )
    assert without_in_decisions(learned, ERASURE).decisions[0].story == found.story == "another"
