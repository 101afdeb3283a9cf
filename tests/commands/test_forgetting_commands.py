"""prune and erase as they are typed, and what is written of them."""

import json
import re

import pytest
from conftest import NOW, article
from where import ROOT

from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.config.retention_part import RetentionSection
from monitor.model import FeedState, PollOutcome, PollResult
from monitor.settings import Retention
from monitor.store import Store


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelf")
    write_defaults(folder)
    (folder / "data").mkdir()
    with Store.open(folder / "data" / "archive.db") as store:
        read = PollOutcome(feed="https://courier.example/rss", at=NOW, result=PollResult.NEW)
        store.feeds.save_poll(
            read, FeedState(url=read.feed), [article(title="Ann Hale jailed"), article("two")]
        )
    return folder


def typed(shelf, capsys, *arguments):
    code = main(["--config", str(shelf), *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_erase_asks_first_then_does_it_and_then_there_is_nothing(shelf, capsys):
    code, out, err = typed(shelf, capsys, "erase", "--name", "ann hale")
    assert (code, err) == (1, "Nothing was touched. Say the same with --yes to erase it for good.\n")
    assert out == "Article one: Thames Courier, Ann Hale jailed\nWould be erased: 1 article.\n"
    assert typed(shelf, capsys, "erase", "--name", "ann hale", "--yes") == (
        0,
        "Article one: Thames Courier, Ann Hale jailed\nErased: 1 article.\n",
        "",
    )
    code, out, _ = typed(shelf, capsys, "erase", "--name", "ann hale", "--json")
    assert (code, json.loads(out)["articles"], json.loads(out)["done"]) == (1, 0, False)
    code, out, _ = typed(shelf, capsys, "erase", "--list")
    assert code == 0 and re.search(
        r", by \S+: 1 article\.\n1 erasure\. What was erased is in no record\.\n", out
    )
    assert "ale" not in out.replace("was erased", "")


def test_erase_of_nobody_is_wrong_usage(shelf, capsys):
    assert typed(shelf, capsys, "erase")[0] == 2


def test_a_rehearsal_of_prune_counts_and_touches_nothing(shelf, capsys):
    before = (shelf / "data" / "archive.db").read_bytes()
    code, out, _ = typed(shelf, capsys, "prune", "--dry-run", "--json")
    assert (code, set(json.loads(out))) == (
        0,
        {"texts", "articles", "editions", "decisions", "messages", "runs", "polls", "dry_run"},
    )
    assert typed(shelf, capsys, "prune", "--dry-run")[1].endswith("Nothing is over its time.\n")
    assert (shelf / "data" / "archive.db").read_bytes() == before


def test_a_forgotten_article_is_explained_by_what_is_left_of_it(shelf, capsys):
    with Store.open(shelf / "data" / "archive.db") as store:
        store.forgetting.texts(["two"], NOW)
    code, out, _ = typed(shelf, capsys, "explain", "two")
    assert code == 0
    assert out.rstrip().endswith(
        "This is what its headline alone says: its text was forgotten, as `retention` in panel.yaml says."
    )


def said_of(span):
    months = span.months
    return f"{months // 12} years" if months > 23 else f"{months} months"


def test_the_page_on_data_says_every_length_as_it_is():
    rows = re.findall(
        r"^\| `(\w+)` \| .+? \| (\d+ \w+) \|", (ROOT / "docs" / "data.md").read_text("utf-8"), re.MULTILINE
    )
    usual = Retention()
    assert dict(rows) == {name: said_of(getattr(usual, name)) for name in RetentionSection.model_fields}
