"""A search as people type it, how it was read, the sentence that hits, and what was found as a file."""

import csv
import io
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import EVERYTHING, All, AnyOf, Dated, Facet, Near, Words
from monitor.reporting.searching.easing import easier
from monitor.reporting.searching.hits import LONGEST as LONGEST_SENTENCE
from monitor.reporting.searching.hits import hit_of, marked, marks_in
from monitor.reporting.searching.read import LONGEST, MOST_WORDS, Read, Typed, day_of, read
from monitor.reporting.searching.rows import MARK, Row, as_atom, as_csv
from monitor.reporting.searching.said import say_days, say_term


def w(*words, **more):
    return Words(words, **more)


ANY = "any of these words"
EASIER = {
    "robbery theft": [
        (ANY, "robbery OR theft"),
        ("without “robbery”", "theft"),
        ("without “theft”", "robbery"),
    ],
    '"knife crime" Oxford': [
        (ANY, '"knife crime" OR Oxford'),
        ("without “knife crime”", "Oxford"),
        ("without “Oxford”", '"knife crime"'),
    ],
    "police cuts -festival outlet:courier": [
        (ANY, "(police OR cuts) -festival outlet:courier"),
        ("without “police”", "cuts -festival outlet:courier"),
        ("without “cuts”", "police -festival outlet:courier"),
    ],
    "title:police cuts": [
        (ANY, "title:police OR cuts"),
        ("without “title:police”", "cuts"),
        ("without “cuts”", "title:police"),
    ],
    "police AND burgl*": [
        (ANY, "police OR burgl*"),
        ("without “police”", "burgl*"),
        ("without “burgl*”", "police"),
    ],
    "police – ’": [],
    "police": [],
    "police -festival": [],
    "robbery OR theft": [],
    "(robbery theft) Oxford": [],
    "police NEAR cuts": [],
    "police NEAR/3 cuts": [],
    '"knife crime': [],
    "": [],
}


@pytest.mark.parametrize("typed", EASIER)
def test_a_search_that_found_nothing_is_asked_more_easily(typed):
    found = easier(typed)
    assert [(one.says, one.typed) for one in found] == EASIER[typed]
    assert all(not read(one.typed).mistakes for one in found)


# ── what is typed ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed, term",
    [
        ("stop search", All((w("stop"), w("search")))),
        ("police", w("police")),
        ('"stop and search"', w("stop", "and", "search")),
        ("“stop and search”", w("stop", "and", "search")),
        ("police -festival", All((w("police"),), (w("festival"),))),
        ("police NOT festival", All((w("police"),), (w("festival"),))),
        ("-festival", All((), (w("festival"),))),
        ("NOT festival", All((), (w("festival"),))),
        ('-"music festival" -fair', All((), (w("music", "festival"), w("fair")))),
        ("NOT -police", w("police")),
        ("robbery OR theft", AnyOf((w("robbery"), w("theft")))),
        ("robbery | theft", AnyOf((w("robbery"), w("theft")))),
        ("robbery|theft", AnyOf((w("robbery"), w("theft")))),
        ("a b OR c", AnyOf((All((w("a"), w("b"))), w("c")))),
        ("(robbery OR theft) reading", All((AnyOf((w("robbery"), w("theft"))), w("reading")))),
        ("-(a OR b) c", All((w("c"),), (AnyOf((w("a"), w("b"))),))),
        ("police AND crime", All((w("police"), w("crime")))),
        ("title:police", w("police", in_title=True)),
        ('TITLE:"stop and search"', w("stop", "and", "search", in_title=True)),
        ("title:(a OR b)", AnyOf((w("a", in_title=True), w("b", in_title=True)))),
        ("-title:festival", All((), (w("festival", in_title=True),))),
        ("burgl*", w("burgl", is_stem=True)),
        ("anti-soc*", w("anti", "soc", is_stem=True)),
        ('"anti soc"*', w("anti", "soc", is_stem=True)),
        ("police NEAR cuts", Near(w("police"), w("cuts"), 5)),
        ('"police officer" NEAR/9 cut*', Near(w("police", "officer"), w("cut", is_stem=True), 9)),
        ("a NEAR b NEAR c", All((Near(w("a"), w("b"), 5), Near(w("b"), w("c"), 5)))),
        ("NEAR Reading", All((w("NEAR"), w("Reading")))),
        ("co-op", w("co", "op")),
        ("officer's", w("officer", "s")),
        ("officer’s", w("officer", "s")),
        ("U.S.", w("U", "S")),
        ("@force", w("force")),
        ("02091-C-71", w("02091", "C", "71")),
        ("£7.72m", w("7", "72m")),
        ("Café", w("café")),
        ("bur\u00adglary", w("burglary")),
        ("https://a.example/b-c?d", w("https", "a", "example", "b", "c", "d")),
        ("AC/DC*", w("AC", "DC")),
        ("Reading: a town", All((w("Reading"), w("a"), w("town")))),
        ("Chief:constable", w("Chief", "constable")),
        ("Police: “We are sorry” - force", All((w("Police"), w("We", "are", "sorry"), w("force")))),
        ("rowid:1", w("rowid", "1")),
        (
            "words MATCH 1; DROP TABLE docs --",
            All((w("words"), w("MATCH"), w("1"), w("DROP"), w("TABLE"), w("docs"))),
        ),
        ('a"b"c', All((w("a"), w("b"), w("c")))),
    ],
)
def test_what_is_typed_is_read(typed, term):
    found = read(typed)
    assert (found.term, found.mistakes) == (term, ())


@pytest.mark.parametrize(
    "typed, expected",
    [
        (
            'outlet:courier topic:"road safety" -council:reading',
            Read(
                only=(
                    Typed(Facet.OUTLET, "courier"),
                    Typed(Facet.TOPIC, "road safety"),
                    Typed(Facet.COUNCIL, "reading", is_not=True),
                )
            ),
        ),
        ("area:national verdict:in", Read(only=(Typed(Facet.AREA, "national"), Typed(Facet.VERDICT, "in")))),
        ("after:2026-11-03 before:28/11/2026", Read(since=date(2026, 11, 3), until=date(2026, 11, 28))),
        ("after:2026-11 before:2026-11", Read(since=date(2026, 11, 1), until=date(2026, 11, 30))),
        ("after:2025 x", Read(term=w("x"), since=date(2025, 1, 1))),
    ],
)
def test_fields_narrow_the_whole_search(typed, expected):
    assert read(typed) == expected


@pytest.mark.parametrize(
    "typed, says",
    [
        ('"stop and search', "no end, so it was closed at the end"),
        ("bu*", "“bu*” needs 3 letters before the star"),
        ("police OR", "An OR without something to search for on both sides was left out"),
        ("police NOT", "A NOT with nothing after it was left out"),
        ("topic: burglary", "“topic:” was read as a word"),
    ],
)
def test_what_may_have_been_meant_otherwise_is_said(typed, says):
    found = read(typed)
    assert says in " ".join(found.remarks)
    assert not found.mistakes and not found.is_empty


@pytest.mark.parametrize(
    "typed, says",
    [
        ("?", "Type a word"),
        ("- … !", "Type a word"),
        ("OR", "Type a word"),
        ('""', "Type a word"),
        ("()", "Type a word"),
        ("police (crime", "“(” at character 8 is never closed"),
        ("police) crime", "“)” at character 7 closes none"),
        ("((police)", "“(” at character 1 is never closed"),
        ("(" * 30 + "a" + ")" * 30, "at most 20 deep"),
        ("after:yesterday", "“after:yesterday” is no day"),
        ("before:2026-02-30", "is no day"),
        ("-after:2026-11-01", "write before:2026-11-01 instead"),
        ("after:2026-11-02 before:2026-11-01", "nothing can be found"),
        ("police OR topic:roads", "neither in brackets nor beside OR"),
        ("(topic:roads) police", "neither in brackets nor beside OR"),
        ("a " * (MOST_WORDS + 1), f"at most {MOST_WORDS} words"),
        ("a" * (LONGEST + 1), "at most 1,000 characters"),
    ],
)
def test_what_cannot_be_searched_is_a_mistake_and_never_no_results(typed, says):
    assert says in " ".join(read(typed).mistakes)


@pytest.mark.parametrize("typed", ["", "   ", "\n"])
def test_nothing_is_no_mistake(typed):
    assert read(typed) == Read() and read(typed).is_empty


@pytest.mark.parametrize(
    "typed, instead",
    [
        ("robbery or theft", "robbery OR theft"),
        ('"a b" or c', '"a b" OR c'),
        ("robbery OR theft", None),
        ("or else", None),
        ("doctor order", None),
    ],
)
def test_a_small_or_is_asked_after(typed, instead):
    assert read(typed).instead == instead


_SIGNS = st.lists(
    st.sampled_from(
        [
            '"',
            "(",
            ")",
            "-",
            "*",
            "OR",
            "NOT",
            "NEAR",
            "NEAR/3",
            "or",
            "|",
            ":",
            "title:",
            "topic:",
            "after:",
            "a",
            "bcd",
            "é",
            " ",
            "\0",
            "'",
            "2026",
            "“",
            "AND",
            ";",
            "\ue000every",
            "{title}",
            "^",
            "+",
        ]
    ),
    max_size=14,
)


@given(st.one_of(st.text(max_size=60), _SIGNS.map("".join), _SIGNS.map(" ".join)))
def test_whatever_is_typed_is_read_or_told_of(typed):
    found = read(typed)
    say_term(found.term)
    assert found.mistakes or found.is_empty is not bool(typed.strip())
    for start, end in marks_in("A bcd in é 2026", found.term):
        assert 0 <= start < end


@pytest.mark.parametrize(
    "written, is_last, day",
    [
        ("2026-11-28", False, date(2026, 11, 28)),
        ("28/11/2026", False, date(2026, 11, 28)),
        ("1.2.2026", True, date(2026, 2, 1)),
        ("2026-02", True, date(2026, 2, 28)),
        ("2024", True, date(2024, 12, 31)),
        ("11/28/2026", False, None),
        ("0000-01-01", False, None),
        ("2026-13", True, None),
        ("soon", True, None),
    ],
)
def test_a_day_as_it_is_written(written, is_last, day):
    assert day_of(written, is_last=is_last) == day


# ── how it was read ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed, says",
    [
        ("police", "“police”"),
        ('"stop and search" -festival', "the phrase “stop and search”, without “festival”"),
        ("a b c", "“a”, “b” and “c”"),
        ("(a OR burgl*) title:x", "(“a” or words that begin “burgl”) and “x” in the headline"),
        ("police NEAR cuts", "“police” at most 5 words from “cuts”"),
        ("-x -y", "every story, without “x”, without “y”"),
        ("a b OR c", "(“a” and “b”) or “c”"),
        ("", ""),
    ],
)
def test_how_it_was_read_is_said(typed, says):
    assert say_term(read(typed).term) == says


@pytest.mark.parametrize(
    "since, until, says",
    [
        (None, None, ""),
        (date(2026, 11, 1), date(2026, 11, 28), "published from 1 November 2026 to 28 November 2026"),
        (date(2026, 11, 1), date(2026, 11, 1), "published on 1 November 2026"),
        (date(2026, 11, 1), None, "published on 1 November 2026 or later"),
        (None, date(2026, 11, 28), "published until 28 November 2026"),
    ],
)
def test_days_are_said(since, until, says):
    assert say_days(since, until, Dated.PUBLISHED) == says


# ── the sentence ────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = (
    "It rained. The Po\u00adlice’s café was shut on Monday.\n\nBurglaries rose, and police said so. The end."
)


def shown(segments):
    return "".join(f"[{one.text}]" if one.is_hit else one.text for one in segments)


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("police", "The [Po\u00adlice]’s café was shut on Monday."),
        ("CAFE", "The Po\u00adlice’s [café] was shut on Monday."),
        ("police burgl*", "[Burglaries] rose, and [police] said so."),
        ('"police s cafe"', "The [Po\u00adlice’s café] was shut on Monday."),
        ("police NEAR rose", "Burglaries [rose], and [police] said so."),
        ("rained -police", "It [rained]."),
        ("zebra", "It rained."),
        ("-zebra", "It rained."),
    ],
)
def test_the_sentence_that_shows_most(typed, sentence):
    assert shown(hit_of(TEXT, read(typed).term)) == sentence


def test_a_long_sentence_is_cut_round_the_first_hit():
    found = hit_of("word " * 300 + "burglary " + "end " * 300, w("burglary"))
    text = shown(found)
    assert "… word" in text and "[burglary] end" in text and text.endswith("end …")
    assert len(text) < LONGEST_SENTENCE + 20


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_no_text_has_no_sentence(text):
    assert hit_of(text, w("x")) == ()


def test_overlapping_hits_are_one_mark():
    assert shown(marked("stop and search", read('"stop and" "and search"').term)) == "[stop and search]"


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────

MOMENT = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def row(**changes):
    values = {
        "id": "one",
        "heading": "A headline",
        "outlet": "The Courier",
        "published": MOMENT,
        "received": MOMENT,
        "verdict": "In",
        "why": "Because.",
        "stands": "",
        "sentence": "It says, so.",
        "url": "https://courier.example/1",
    }
    return Row(**{**values, **changes})


def table(*rows, more=0):
    text = as_csv(rows, more)
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK))))


def test_a_table_has_londons_times_and_says_what_it_leaves_out():
    head, first, last = table(row(), more=1204)
    assert dict(zip(head, first, strict=True))["Published"] == "2026-07-02 00:30"
    assert last == ["… and 1,204 more that were found. Narrow the search for a file that holds them."]


@pytest.mark.parametrize(
    "heading, cell",
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 7700", "'+44 7700"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("＝1", "'＝1"),
        ("\u202e=1", "'=1"),
        ('He said "no", twice', 'He said "no", twice'),
        ("line\nbreak", "line break"),
    ],
)
def test_no_cell_is_a_formula(heading, cell):
    assert table(row(heading=heading))[1][0] == cell


def test_a_feed_has_each_story_once_under_its_own_id():
    text = as_atom(
        [row(heading="<b>&amp;\x00 x"), row(id="two", url="javascript:alert(1)")],
        how="“police”",
        address="http://127.0.0.1/search.atom?q=police",
        page="http://127.0.0.1/search?q=police",
        domain="example.org",
        now=MOMENT,
    )
    feed = ElementTree.fromstring(text)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.get("rel") for one in feed.findall(f"{atom}link")] == ["self", "alternate"]
    first, second = feed.findall(f"{atom}entry")
    assert first.findtext(f"{atom}title") == "<b>&amp; x"
    assert first.find(f"{atom}link").get("href") == "https://courier.example/1"
    assert second.find(f"{atom}link") is None and second.findtext(f"{atom}content") == "It says, so."
    assert first.findtext(f"{atom}id") != second.findtext(f"{atom}id")


def test_everything_is_no_term_of_its_own():
    assert read("").term == EVERYTHING
