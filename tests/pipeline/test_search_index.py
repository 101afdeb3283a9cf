"""The search index: what is found, by what it is narrowed, what is counted; and that it follows the archive."""

import sqlite3
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import postgres
import psycopg
import pytest
from conftest import NOW, article
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import COURIER, papers_config

from monitor.errors import StoreError
from monitor.judging.classify import prepare
from monitor.judging.forms import Phrase
from monitor.judging.holding import may_hold
from monitor.judging.phrases import Matcher
from monitor.model import (
    EVERYTHING,
    Area,
    Choice,
    Counted,
    Dated,
    Facet,
    FeedState,
    Narrowed,
    Only,
    Order,
    Place,
    PollOutcome,
    PollResult,
    TextFrom,
    Verdict,
    Words,
)
from monitor.pipeline.indexing import judge, take_in
from monitor.reporting.searching.read import read
from monitor.store import Store
from monitor.store.postgresql import search as of_server
from monitor.store.search import (
    FILE,
    Intake,
    Outlived,
    SearchIndex,
    can_search,
    file,
    open_to_ask,
    open_to_write,
    thrown_away,
)
from monitor.store.server import server_at
from monitor.text import plain_words

DAY = timedelta(days=1)
RULES = "digest of the rules"


def verdict(choice=Choice.INCLUDE, area=Area.OWN, topics=(), councils=()):
    return Verdict(choice=choice, score=7, area=area, topics=topics, councils=councils, reason="So it is.")


def written(where, *articles, **verdicts):
    """An index of these."""
    with open_to_write(where) as intake:
        intake.take(articles, {one.id: 1 for one in articles})
        intake.judge(RULES, verdicts)
    return open_to_ask(where, RULES)


STORIES = (
    article("stop", title="Stop and search rises", paragraphs=("Officers searched more people.",), published=NOW - 5 * DAY),
    article("burglary", title="Burglaries fall", paragraphs=("The Police’s co-op with U.S. firms: 02091-C-71.",), published=NOW - 4 * DAY),
    article("festival", title="Café festival", paragraphs=("Police at the festival, far from any cuts or other cuts, @force said.",), published=NOW - 3 * DAY),
    article("soft", title="Police funding", paragraphs=("The bur\u00adglary rate; cuts to police, £7.72m™.",), published=NOW - 2 * DAY, outlet="Kennet Gazette"),
    article("stopping", title="It will not stop", paragraphs=("And a search goes on, or not.",), published=NOW - DAY, first_seen=NOW - 9 * DAY),
)  # fmt: skip
VERDICTS = {
    "stop": verdict(topics=("stop-search", "trust"), councils=("reading",)),
    "burglary": verdict(Choice.BORDERLINE, topics=("burglary",), councils=("reading", "slough")),
    "festival": verdict(Choice.EXCLUDE, Area.ELSEWHERE),
    "soft": verdict(area=Area.NATIONAL, topics=("trust",)),
}


EITHER = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@contextmanager
def a_place(request, folder):
    """Where an index may be made: a file in a folder, or a schema."""
    if request.param == "sqlite":
        yield folder / FILE
        return
    with postgres.own_schema(request.getfixturevalue("postgresql_server")) as address:
        yield server_at(address)


@pytest.fixture(scope="module", params=EITHER)
def index(request, tmp_path_factory):
    """On both engines: what is found in a file is found on a server, and in the same order."""
    with (
        a_place(request, tmp_path_factory.mktemp("index")) as where,
        written(where, *STORIES, **VERDICTS) as opened,
    ):
        yield opened


@pytest.fixture(params=EITHER)
def shelf(request, tmp_path):
    with a_place(request, tmp_path) as where:
        yield where


@pytest.fixture(scope="module")
def file_index(tmp_path_factory):
    with written(tmp_path_factory.mktemp("index") / FILE, *STORIES, **VERDICTS) as opened:
        yield opened


def found(index, typed, **narrowed):
    results = index.find(read(typed).term, Narrowed(**narrowed))
    assert results.total == len(results.found)
    return [one.article for one in results.found]


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("stop search", "stopping stop"),
        ('"stop and search"', "stop"),
        ('"stop and search', "stop"),
        ("police -festival", "soft burglary"),
        ("police NOT festival", "soft burglary"),
        ("-police", "stopping stop"),
        ("-police -officers", "stopping"),
        ("festival OR burglary", "soft festival"),
        ("festival or burglary", ""),
        ("(festival OR burglary) cuts", "soft festival"),
        ("(-police) OR festival", "stopping festival stop"),
        ("burgl*", "soft burglary"),
        ('"stop and"*', "stop"),
        ("title:police", "soft"),
        ("title:burgl* -title:police", "burglary"),
        ("police NEAR cuts", "soft"),
        ("police NEAR/9 cuts", "soft festival"),
        ("police NEAR/6 cuts", "soft festival"),
        ("police NEAR/5 cuts", "soft"),
        ("title:stop NEAR search", "stop"),
        ("co-op", "burglary"),
        ("coop", ""),
        ("police's", "burglary"),
        ("U.S.", "burglary"),
        ("@force", "festival"),
        ("02091-C-71", "burglary"),
        ("cafe", "festival"),
        ("CAFÉ", "festival"),
        ("burglary", "soft"),
        ("7.72m", "soft"),
        ("every", ""),
        ("\ue000every", ""),
        ("title:near", ""),
    ],
)
def test_what_is_typed_is_found_newest_first(index, typed, expected):
    assert found(index, typed) == expected.split()


@pytest.mark.parametrize(
    "narrowed, expected",
    [
        ({"only": (Only(Facet.OUTLET, ("Kennet Gazette",)),)}, "soft"),
        (
            {"only": (Only(Facet.OUTLET, ("Kennet Gazette",), is_not=True),)},
            "stopping festival burglary stop",
        ),
        ({"only": (Only(Facet.TOPIC, ("trust", "burglary")),)}, "soft burglary stop"),
        ({"only": (Only(Facet.TOPIC, ("trust",), is_not=True),)}, "festival burglary"),
        ({"only": (Only(Facet.COUNCIL, ("slough",)),)}, "burglary"),
        ({"only": (Only(Facet.AREA, ("NATIONAL",)),)}, "soft"),
        ({"only": (Only(Facet.VERDICT, ("include",)), Only(Facet.COUNCIL, ("reading",)))}, "stop"),
        ({"only": (Only(Facet.TOPIC, ()),)}, ""),
        ({"since": date(2026, 11, 12), "until": date(2026, 11, 13)}, "festival burglary"),
        ({"since": date(2026, 11, 15)}, "stopping"),
        ({"until": date(2026, 11, 7), "dated": Dated.RECEIVED}, "stopping"),
    ],
)
def test_it_is_narrowed(index, narrowed, expected):
    """A story that these rules have not judged (“stopping”) is of no topic, and not of none either."""
    assert found(index, "", **narrowed) == expected.split()
    assert set(found(index, "-zebra", **narrowed)) == set(expected.split())


def test_both_days_belong_to_the_range_and_are_londons(shelf):
    """On 1 July London is an hour ahead: what is published at 23:30 UTC is of the day after."""
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    stories = [article("first", published=late - timedelta(hours=1)), article("second", published=late)]
    with written(shelf, *stories) as index:
        assert found(index, "", since=date(2026, 7, 2), until=date(2026, 7, 2)) == ["second"]
        assert found(index, "headline", until=date(2026, 7, 1)) == ["first"]


def many(where, number=45):
    """Stories of few moments, so that they stand close; half of them published in another order than they came."""
    stories = [
        article(
            f"n{place:02}",
            title=f"Police {'police ' * (place % 4)}news",
            published=NOW - (place % 7) * DAY,
            first_seen=NOW - (place % 5) * DAY,
        )
        for place in range(number)
    ]
    return written(where, *stories, **{one.id: verdict() for one in stories})


@pytest.mark.parametrize("dated", Dated)
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("typed", ["police", ""])
def test_pages_follow_one_another_without_a_gap_or_a_repeat(shelf, typed, order, dated):
    with many(shelf) as index:
        seen, after = [], None
        while True:
            page = index.find(read(typed).term, Narrowed(dated=dated), order, after, 10)
            assert page.total == 45
            seen += [one.article for one in page.found]
            if not page.has_more:
                break
            after = page.found[-1].place
        assert sorted(seen) == [f"n{place:02}" for place in range(45)]
    if order is Order.NEWEST:
        key = {Dated.PUBLISHED: 7, Dated.RECEIVED: 5}[dated]
        days = [int(one[1:]) % key for one in seen]
        assert days == sorted(days)


def test_the_best_is_what_says_it_in_the_headline(shelf):
    body = article("body", title="News", paragraphs=("The precept. " + "Other words. " * 30,))
    head = article("head", title="The precept", paragraphs=("Other words. " * 30,), published=NOW - 99 * DAY)
    with written(shelf, body, head) as index:
        results = index.find(Words(("precept",)), order=Order.BEST)
        assert [one.article for one in results.found] == ["head", "body"]


def test_how_many_were_ranked_is_said_where_not_all_were(shelf, monkeypatch):
    monkeypatch.setattr("monitor.store.search.asking.RANKED", 20)
    with many(shelf) as index:
        results = index.find(Words(("police",)), order=Order.BEST, most=30)
    assert (results.total, len(results.found), results.ranked) == (45, 20, 20)


def test_verdicts_are_given_with_what_was_found(index):
    by_id = {one.article: one.verdict for one in index.find(EVERYTHING).found}
    assert by_id == {**VERDICTS, "stopping": None}
    assert index.verdicts_of(["stop", "stopping", "none"]) == {"stop": VERDICTS["stop"]}


def test_other_rules_have_judged_nothing(shelf):
    with written(shelf, *STORIES, **VERDICTS) as ours:
        ours.close()
    with open_to_ask(shelf, "of other rules") as other:
        assert {one.verdict for one in other.find(EVERYTHING).found} == {None}
        assert found(other, "", only=(Only(Facet.VERDICT, ("include",)),)) == []
        assert other.weekly(Facet.TOPIC) == () and other.counts(Facet.AREA) == {}
        assert (other.state(5).judged, other.state(5).unjudged) == (0, 5)


@pytest.mark.parametrize(
    "facet, counts",
    [
        (Facet.TOPIC, {"trust": 2, "burglary": 1, "stop-search": 1}),
        (Facet.COUNCIL, {"reading": 2, "slough": 1}),
        (Facet.AREA, {"OWN": 2, "ELSEWHERE": 1, "NATIONAL": 1}),
        (Facet.VERDICT, {"include": 2, "borderline": 1, "exclude": 1}),
        (Facet.OUTLET, {"Thames Courier": 4, "Kennet Gazette": 1}),
    ],
)
def test_stories_are_counted_by_what_they_are(index, facet, counts):
    assert index.counts(facet) == counts
    for value, count in counts.items():
        assert len(found(index, "", only=(Only(facet, (value,)),))) == count


@pytest.mark.parametrize("typed", ["", "police", "police OR precept", "xylophonist"])
def test_all_is_counted_at_once_as_one_by_one(index, typed):
    term = read(typed).term
    counts = {facet: list(index.counts(facet, term).items()) for facet in Facet}
    assert {facet: list(found.items()) for facet, found in index.every_count(term).items()} == counts


@pytest.mark.parametrize("facet", list(Facet))
@pytest.mark.parametrize("typed", ["police", "stop search", "police -festival", "burgl*"])
def test_no_table_is_walked_for_each_story_that_holds_some_words(file_index, facet, typed):
    """Over 50,000 articles that took a minute and a half, for two words that both stand in many."""
    asked = []
    connection = file_index.index.connection
    connection.set_trace_callback(asked.append)
    file_index.counts(facet, read(typed).term)
    connection.set_trace_callback(None)
    (counting,) = [sql for sql in asked if "count(*)" in sql]
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {counting}")]
    assert [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step] == [], steps


def test_weeks_begin_on_monday_in_london(shelf):
    sunday = datetime(2026, 7, 5, 22, 59, tzinfo=UTC)  # 23:59 there
    stories = [article("sun", published=sunday), article("mon", published=sunday + timedelta(minutes=1))]
    topics = {"sun": verdict(topics=("roads", "trust")), "mon": verdict(topics=("trust",))}
    with written(shelf, *stories, **topics) as index:
        first, second = date(2026, 6, 29), date(2026, 7, 6)
        assert index.weekly(None) == (
            Counted(week=first, value="", count=1),
            Counted(week=second, value="", count=1),
        )
        assert [(one.week, one.value) for one in index.weekly(Facet.TOPIC)] == [
            (first, "roads"),
            (first, "trust"),
            (second, "trust"),
        ]
        assert [one.value for one in index.weekly(Facet.TOPIC, first_only=True)] == ["roads", "trust"]
        received = index.weekly(None, narrowed=Narrowed(dated=Dated.RECEIVED))
        assert received == (Counted(week=date(2026, 11, 16), value="", count=2),)


# ── nothing that is typed harms it ──────────────────────────────────────────────────────────────────────────────

_TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(['"', "(", ")", "-", "*", "OR", "NOT", "NEAR", "a", "police", ":", "title:", "'", ";", "^", "{text}", "\0", "+", ",", "\ue000every", "𞤀", "ß", "NEAR/0", "NEAR/99"]), max_size=12).map(" ".join),
)  # fmt: skip


@settings(max_examples=100)
@given(_TYPED)
def test_whatever_is_typed_raises_nothing_in_sql(index, typed):
    sought = read(typed)
    if not sought.mistakes:
        for order in Order:
            assert index.find(sought.term, order=order, after=Place(0.0, 2**62)).total <= 5


# ── what a phrase may hit ───────────────────────────────────────────────────────────────────────────────────────

_PIECES = [
    "stop",
    "Stop",
    "STOP",
    "search",
    "searches",
    "co",
    "op",
    "ACS",
    "CSE",
    "cse",
    "£5m",
    "2,135",
    "7.72",
    "12",
    "caf\u00e9",
    "cafe\u0301",
    "na\u00efve",
    "Straße",
    "STRASSE",
    "ﬁre",
    "fire",
    "x_y",
    "İs",
    "½",
    "bur\u00adglary",
    "burglary",
    "3pm",
    "two",
    "20%",
    "™",
    "𝟙𝟚",
    "Ǆ",
    "www.a.b",
    "a@b",
    "\u200d",
    "E\u0301",
]
_JOINTS = [" ", "-", "’", "'", "/", ", ", ". ", "\n", "\u00a0", " – ", "\t", "“", "", "™", "_", "\u200b"]
_TEXTS = st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(_JOINTS)), min_size=1, max_size=8).map(
    lambda of: "".join(piece + joint for piece, joint in of)
)
_IN_PHRASES = [
    *_PIECES,
    "sto*",
    "CS*",
    "caf*",
    "stra*",
    "7*",
    "x_*",
    "i*",
    "<number>",
    "<money>",
    "%",
    "bur*",
    "1*",
]
_PHRASES = st.lists(
    st.tuples(st.sampled_from(_IN_PHRASES), st.sampled_from([" ", "-", " ", "’", " ~3 "])),
    min_size=1,
    max_size=4,
).map(lambda of: "".join(piece + joint for piece, joint in of).rstrip("-’ ~3"))


@settings(max_examples=120)
@given(_TEXTS, st.lists(_PHRASES, min_size=1, max_size=8))
@pytest.mark.slow
def test_what_a_phrase_hits_is_among_its_candidates(text, phrases):
    """The law of the rules' preview: it judges only the candidates of what was changed."""
    hit = {phrases[number] for number in Matcher([Phrase(one) for one in phrases]).phrases(text)}
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(file.TABLES)
    held = file.FileIndex(connection, None, None)
    Intake(held).take([article("it", title="", paragraphs=(text,))], {"it": 1})
    index = SearchIndex(held, 0)
    missed = [phrase for phrase in hit if not index.candidates([may_hold(phrase)])]
    connection.close()
    assert missed == []


@pytest.mark.postgresql
@settings(max_examples=50)
@given(_TEXTS, st.lists(_PHRASES, min_size=1, max_size=8))
def test_the_law_holds_on_a_server_too(on_server, text, phrases):
    hit = {phrases[number] for number in Matcher([Phrase(one) for one in phrases]).phrases(text)}
    vector = of_server.vector_of("", plain_words(text))
    asked = "SELECT CAST(%s AS tsvector) @@ CAST(%s AS tsquery)"
    missed = [
        phrase
        for phrase in hit
        if not on_server.execute(asked, (vector, of_server.match_of(may_hold(phrase)))).fetchone()[0]
    ]
    assert missed == []


@pytest.fixture(scope="module")
def on_server(postgresql_server):
    with psycopg.connect(postgresql_server.address(), autocommit=True) as session:
        yield session


@pytest.mark.parametrize(
    "phrase, text",
    [
        ("stop www.a.b stop", "stop www.c.d/e stop"),  # to a phrase one address is every other
        ("<number> % of stops", "two % of stops"),
        ("CSE*", "the CSE\u0301s"),
        ("bur\u00adglary", "burglary"),
        ("one ~3 other", "other things, one"),
        ("crime*-led", "crimes led"),
    ],
)
def test_the_law_holds_for_what_is_rare(shelf, phrase, text):
    assert Matcher([Phrase(phrase)]).phrases(text)
    with written(shelf, article("it", title=text, paragraphs=())) as index:
        assert index.candidates([may_hold(phrase)]) == {"it"}


@pytest.mark.parametrize(
    "phrase, candidates",
    [
        ("stop and search", "stop"),
        ("stop* ~5 search*", "stop stopping"),
        ("burglar*", "burglary soft"),
        ("<number>", "stop burglary festival soft stopping"),
        ("police's co-op", "burglary"),
        ("zebra", ""),
    ],
)
def test_candidates_are_few(index, phrase, candidates):
    assert index.candidates([may_hold(phrase)]) == frozenset(candidates.split())


def test_candidates_are_of_the_window(index):
    terms = [may_hold("police"), may_hold("stop")]
    assert index.candidates(terms, NOW - 10 * DAY, NOW - 5 * DAY) == {"stopping"}
    assert index.candidates(terms, until=NOW - 9 * DAY) == frozenset()


# ── it follows the archive ──────────────────────────────────────────────────────────────────────────────────────


def keep(store, *articles):
    store.feeds.save_poll(
        PollOutcome(feed=COURIER.url, at=NOW, result=PollResult.NEW), FeedState(url=COURIER.url), articles
    )


@pytest.fixture(scope="module")
def config():
    return papers_config()


@pytest.fixture
def place(tmp_path, config):
    """An archive, and how its index is brought up to it."""
    path = tmp_path / "archive.db"

    class Both:
        def store(self):
            return Store.open(path)

        def bring_up(self):
            with open_to_write(tmp_path / FILE) as intake:
                taken = list(take_in(self.store, intake))
                return taken, sum(judge(self.store, config, intake))

        def asked(self):
            return open_to_ask(tmp_path / FILE, config.rules.digest)

    return Both()


def test_the_index_holds_what_the_archive_holds_and_what_the_judge_says(place, config):
    with place.store() as store:
        keep(store, *STORIES)
    assert place.bring_up() == ([0], 5)
    assert place.bring_up() == ([], 0)
    with place.asked() as index, place.store() as store:
        assert index.state(store.articles.count()).unindexed == 0
        judged = index.verdicts_of(one.id for one in STORIES)
        says = prepare(config.rules, config.gazetteer)
        for story in STORIES:
            whole = says.verdict(story)
            assert judged[story.id].evidence == ()
            assert (judged[story.id].choice, judged[story.id].topics, judged[story.id].reason) == (
                whole.choice,
                whole.topics,
                whole.reason,
            )


def test_a_summary_that_became_a_page_is_found_by_the_page_alone(place):
    with place.store() as store:
        keep(
            store, article("one", paragraphs=("Summary words.",), text_from=TextFrom.SUMMARY), article("two")
        )
    place.bring_up()
    with place.store() as store:
        store.feeds.end_retry("one", article("one", paragraphs=("Page words, and words.",)))
    assert place.bring_up() == ([0], 1)
    with place.asked() as index:
        assert found(index, "page") == ["one"]
        assert found(index, "summary") == []  # counted without what was left behind
        assert found(index, "words -two") == ["one"]
        assert index.candidates([Words(("summary",))]) == frozenset()


def test_where_a_text_was_forgotten_or_an_article_went_the_index_is_of_no_more_use(place):
    with place.store() as store:
        keep(store, article("one"), article("two"))
    place.bring_up()
    with place.store() as store:
        store.forgetting.texts(["one"], NOW)
    with pytest.raises(Outlived):
        place.bring_up()
    with place.store() as store:
        store.forgetting.articles({"one": ("a",), "two": ("b",)}, NOW)
    with pytest.raises(Outlived, match="gone from the archive"):
        place.bring_up()


def test_an_article_without_a_text_is_known_and_not_found(place):
    with place.store() as store:
        keep(store, article("one"), article("two"))
        store.forgetting.texts(["one"], NOW)
    assert place.bring_up() == ([0], 1)
    assert place.bring_up() == ([], 0)
    with place.asked() as index:
        assert found(index, "") == ["two"]
        assert index.state(2).unindexed == 0


# ── its file ────────────────────────────────────────────────────────────────────────────────────────────────────


def foreign(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE form (form TEXT)")
    connection.execute("INSERT INTO form VALUES ('99 newer')")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        foreign,
        lambda path: path.write_bytes(b"no database at all" * 999),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 5000),
    ],
    ids=["of another version", "no database", "empty", "damaged"],
)
def test_a_file_that_is_no_index_is_not_asked_and_made_anew(tmp_path, harm):
    harm(tmp_path / FILE)
    assert open_to_ask(tmp_path / FILE, RULES) is None
    with written(tmp_path / FILE, article("one")) as index:
        assert found(index, "headline") == ["one"]


def test_where_there_is_none_nothing_is_made_by_asking(tmp_path):
    assert open_to_ask(tmp_path / FILE, RULES) is None
    assert list(tmp_path.iterdir()) == []


def test_damage_inside_is_told_and_not_taken_for_no_results(tmp_path):
    many(tmp_path / FILE, 400).close()
    content = bytearray((tmp_path / FILE).read_bytes())
    for at in range(8 * 4096, len(content), 512):  # the tables' first pages stay
        content[at : at + 64] = b"\xa5" * 64
    (tmp_path / FILE).write_bytes(content)
    with open_to_ask(tmp_path / FILE, RULES) as index, pytest.raises(StoreError, match="made anew"):
        for _ in range(2):
            index.find(Words(("police",)))
            index.find(EVERYTHING, order=Order.BEST)


def test_thrown_away_while_it_is_open_it_is_seen_to_be_gone(tmp_path):
    with open_to_write(tmp_path / FILE) as intake:
        assert intake.is_still()
        with open_to_ask(tmp_path / FILE, RULES) as reader:
            assert thrown_away(tmp_path / FILE)
            assert not intake.is_still()
            assert reader.find(EVERYTHING).total == 0  # who reads it goes on
        with open_to_write(tmp_path / FILE) as anew:
            assert anew.is_still() and not intake.is_still()
            anew.take([article("one")], {"one": 1})
    assert not thrown_away(tmp_path / "nowhere" / FILE)
    with open_to_ask(tmp_path / FILE, RULES) as index:
        assert found(index, "") == ["one"]


def test_who_reads_does_not_wait_for_who_writes(tmp_path):
    written(tmp_path / FILE, article("one")).close()
    with open_to_write(tmp_path / FILE) as intake, open_to_ask(tmp_path / FILE, RULES) as index:
        intake.index.connection.execute("BEGIN EXCLUSIVE")
        index.index.connection.execute("PRAGMA busy_timeout = 0")
        assert found(index, "headline") == ["one"]
        intake.index.connection.execute("ROLLBACK")


def test_this_python_can_search():
    assert can_search()


def test_the_same_moment_is_no_trouble(shelf):
    stories = [article(f"s{number}", published=NOW) for number in range(30)]
    with written(shelf, *stories) as index:
        assert index.find(EVERYTHING, most=50).total == 30
