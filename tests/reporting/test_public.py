"""The public version: what stays of an edition, and that nothing else of it is in any document."""

import zipfile
from dataclasses import replace
from datetime import date

import pytest
from conftest import NOW, article
from editions import edition, item, link, near_miss

from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.model import Doubt, FeedState, Ground, Kinship, PollOutcome, PollResult
from monitor.reporting.documents.page import write_html, write_markdown
from monitor.reporting.documents.public import left_out_lines, public_version
from monitor.reporting.edition.record import edition_record
from monitor.settings import Excerpt, Feed
from monitor.store import Store


def feed(name, *, public=False, number=1, excerpt=Excerpt.LEAD):
    return Feed(name=name, url=f"https://{name}.example/{number}", excerpt=excerpt, public=public)


COURIER, ECHO = link("Courier"), link("Echo", kinship=Kinship.COPY)
WORDS = ("First paragraph.",)


@pytest.mark.parametrize(
    "links, feeds, excerpt",
    [
        pytest.param((COURIER,), [feed("Courier")], (), id="no licence to publish"),
        pytest.param((COURIER,), [feed("Courier", excerpt=Excerpt.FULL)], (), id="full is for officers"),
        pytest.param((COURIER,), [feed("Courier", public=True)], WORDS, id="licensed"),
        pytest.param(
            (COURIER,),
            [feed("Courier", public=True), feed("Courier", number=2)],
            (),
            id="licensed in one of two feeds",
        ),
        pytest.param(
            (COURIER, ECHO), [feed("Courier"), feed("Echo", public=True)], (), id="a copy's licence"
        ),
        pytest.param((ECHO, COURIER), [feed("Courier", public=True)], WORDS, id="quoted second"),
        pytest.param((COURIER,), [feed("Echo", public=True)], (), id="a stranger's"),
    ],
)
def test_which_excerpts_may_be_published(links, feeds, excerpt):
    made = edition(item(links=links, excerpt=WORDS))
    (shown,) = public_version(made, feeds).items
    assert shown.excerpt == excerpt
    assert (shown.heading, shown.links) == (made.items[0].heading, links)


EDITION = edition(
    item("a", heading="Licensed", links=(COURIER,), excerpt=WORDS),
    item("b", heading="Not licensed", links=(ECHO,), excerpt=WORDS),
    item(
        "c",
        heading="Nor this",
        links=(link("Vale Gazette"),),
        excerpt=("Words.", "Her own."),
        note=("Her own.",),
    ),
    item("d", heading="", links=(link("Vale Gazette"),), excerpt=WORDS),
    item("e", heading="Hers, and no link", links=(), excerpt=("Hers.",), note=("Hers.",)),
    item("f", heading="", links=(), excerpt=("Hers too.",), note=("Hers too.",)),
    item("g", heading="Only a link", links=(COURIER,), excerpt=()),
)
FEEDS = [feed("Courier", public=True), feed("Vale Gazette")]


def test_no_heading_is_left_with_nothing_below_it():
    shown = public_version(EDITION, FEEDS)
    assert [(item.heading, len(item.links), item.excerpt) for item in shown.items] == [
        ("Licensed", 1, WORDS),
        ("Not licensed", 1, ()),
        ("Nor this", 1, ()),
        ("", 1, ()),
        ("Only a link", 1, ()),
    ]


@pytest.mark.parametrize(
    "made, lines",
    [
        pytest.param(
            EDITION,
            (
                "Left out: 2 excerpts of outlets not marked `public: true` in feeds.yaml: Vale Gazette.",
                "Left out: 1 excerpt without a link to where it stands, so that nobody can tell whose it is.",
                "Left out: 3 notes of your own.",
                "Left out: 2 stories of which only the heading would be left: “Hers, and no link”, “Hers too.”.",
            ),
            id="each kind with its reason",
        ),
        pytest.param(edition(EDITION.items[0]), (), id="nothing"),
        pytest.param(edition(EDITION.items[6]), (), id="there was nothing to leave out"),
        pytest.param(
            edition(item(links=(), excerpt=())),
            ("Left out: 1 story of which only the heading would be left: “Heading 0123456789ab”.",),
            id="a heading alone",
        ),
    ],
)
def test_what_was_left_out_is_counted_with_the_reason(made, lines):
    assert left_out_lines(made, FEEDS) == lines


@pytest.mark.parametrize("write", [write_html, write_markdown])
def test_where_nothing_may_be_published_that_is_said(write):
    made = edition(EDITION.items[4])
    shown = public_version(made, FEEDS)
    assert shown.items == ()
    assert "Nothing of this report may be published yet." in write(shown)


def test_what_is_for_officers_goes():
    made = edition(
        item(
            reason="A secret reason.",
            speaks="A secret sentence.",
            cautions=("A secret caution.",),
            why=(Ground(points=1, says="a secret ground"),),
            drafted="A secret heading",
            good_news="secret",
        ),
        aside=(item("a", heading="A secret near miss, as it would be"),),
        later=(item("l", heading="A secret to be told later"),),
        further=(item("f", heading="A secret further story"),),
        near=(near_miss(title="A secret miss"),),
        doubts=(
            Doubt(story="a", heading="A secret doubt", other="B", other_story=None, reason="both say it"),
        ),
    )
    shown = public_version(made, [])
    assert "secret" not in edition_record(shown)
    for document in (write_html(shown), write_markdown(shown)):
        assert "Heading 0123456789ab" in document
        for word in ("secret", "First paragraph", "rests on", "Near misses", "Why each"):
            assert word not in document
    assert (shown.header, shown.basis) == (made.header, made.basis)


PRECEPT = (
    "The police precept will rise by £14 a year, the Thames Valley Police and Crime Commissioner has decided.",
    "The Thames Valley Police and Crime Panel backed the rise by nine votes to two.",
)


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)'}\n"
        "feeds: [{name: Thames Courier, url: 'https://courier.example/rss', area: Berkshire}]\n"
    )
    write_defaults(folder)
    with Store.open(folder / "data" / "archive.db") as store:
        found = article(title="Police precept to rise by £14", paragraphs=PRECEPT)
        url = "https://courier.example/rss"
        outcome = PollOutcome(feed=url, at=NOW, result=PollResult.NEW, entries=1, new=1)
        store.feeds.save_poll(outcome, FeedState(url=url, last_poll=NOW, last_success=NOW), [found])
    return folder


@pytest.mark.parametrize("forms", ["atom,docx,html,md", pytest.param("pdf", marks=pytest.mark.pango)])
def test_the_command_writes_it_beside_the_drafts_and_keeps_nothing(desk, capsys, forms):
    arguments = ["--config", str(desk), "draft", "--until", "2026-11-17", "--format", forms]
    assert main([*arguments, "--public"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1] == "Public version: 1 story, 0 with an excerpt that may be published."
    assert "Left out: 1 excerpt of outlets not marked `public: true` in feeds.yaml: Thames Courier." in shown
    documents = sorted((desk / "data" / "drafts").iterdir())
    assert [path.name.partition("-public.")[2] for path in documents] == forms.split(",")
    for path in documents:
        with zipfile.ZipFile(path) if path.suffix == ".docx" else path.open("rb") as opened:
            if path.suffix == ".docx":
                assert [name for name in opened.namelist() if "comments" in name] == []
                text = opened.read("word/document.xml")
            else:
                text = opened.read()
        assert b"nine votes" not in text
        assert path.suffix == ".pdf" or b"Police precept to rise" in text
    with Store.open(desk / "data" / "archive.db") as store:
        assert store.editions.all() == ()
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Draft 1: 1 story in")


def test_a_licensed_outlet_keeps_its_excerpt(desk, capsys):
    feeds = desk / "feeds.yaml"
    feeds.write_text(feeds.read_text().replace("area: Berkshire", "area: Berkshire, public: true"))
    main(["--config", str(desk), "draft", "--public", "--until", "2026-11-17", "--format", "md"])
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Public version: 1 story, 1 with an excerpt that may be published."
    )
    (document,) = (desk / "data" / "drafts").iterdir()
    assert "nine votes to two" in document.read_text("utf-8")


def test_the_working_record_has_no_public_version(desk, capsys):
    assert main(["--config", str(desk), "draft", "--public", "--format", "docx,json"]) == 2
    assert "json is the working record" in capsys.readouterr().err


def test_by_default_it_comes_in_the_three_forms_that_are_read(desk):
    assert main(["--config", str(desk), "draft", "--public"]) == 0
    assert {path.suffix for path in (desk / "data" / "drafts").iterdir()} == {".docx", ".html", ".md"}


def test_a_meeting_without_a_date_can_be_published_too():
    made = edition(item())
    assert public_version(replace(made, header=replace(made.header, meeting=None)), []).header.meeting is None
    assert made.header.meeting == date(2026, 11, 27)
