from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.classify import prepare
from monitor.judging.explain import explain
from monitor.model import Area, Choice, Field
from monitor.settings import Body, Cue, Gazetteer, Person, Rules, Thresholds, Topic
from tests.rules import article, default_judge, default_rules

INCLUDE, BORDERLINE, EXCLUDE = Choice.INCLUDE, Choice.BORDERLINE, Choice.EXCLUDE


def small_rules(**changes) -> Rules:
    rules = dict(
        topics=(
            Topic(id="roads", name="Roads", strong=("speeding",), weak=("drivers",), never=("speeding up",)),
        ),
        raises=(
            Cue(name="figures", points=2, most=2, phrases=("per cent", "figures", "figures show", "average")),
        ),
        sinks=(
            Cue(name="court", points=-3, most=2, phrases=("jailed", "court"), case=True),
            Cue(name="matter", points=-2, most=2, phrases=("library",)),
        ),
        bodies=(Body(name="force", names=("Vale Police",), points=2), Body(name="police", names=("police",))),
        never=("Vale Police choir",),
        thresholds=Thresholds(policing=1, borderline=4, include=6, national=8),
    )
    return Rules(**(rules | changes))


def judged(title, *paragraphs, **changes):
    return prepare(small_rules(**changes), Gazetteer(area=("Vale",))).verdict(article(title, *paragraphs))


@pytest.mark.parametrize(
    "title, text, score, choice",
    [
        pytest.param("Plain", "Vale Police act.", 2, EXCLUDE, id="a body counts once"),
        pytest.param(
            "Vale Police act",
            "Vale Police act.",
            4,
            BORDERLINE,
            id="and where it counts most: the title, twice",
        ),
        pytest.param("Plain", "Vale Police: per cent and average.", 6, INCLUDE, id="each phrase of a group"),
        pytest.param(
            "Plain", "Vale Police: per cent, average, figures.", 6, INCLUDE, id="no more than `most`"
        ),
        pytest.param(
            "Plain", "Vale Police figures show.", 4, BORDERLINE, id="of overlapping phrases the longer"
        ),
        pytest.param("Plain", "Vale Police: per cent, average. Jailed.", 3, EXCLUDE, id="a sink"),
        pytest.param(
            "Plain",
            "The Vale Police choir, per cent, average.",
            4,
            EXCLUDE,
            id="a longer name cancels; then it is not of police",
        ),
        pytest.param("Plain", "Vale Police. A choir sang.", 2, EXCLUDE, id="but only where it stands whole"),
        pytest.param("Vale Police per cent", "", 12, INCLUDE, id="a headline alone counts three times"),
    ],
)
def test_points(title, text, score, choice):
    verdict = judged(title, *([text] if text else []))
    assert (verdict.score, verdict.choice) == (score, choice)
    assert verdict.score == sum(one.points for one in verdict.evidence)


def test_being_named_alone_is_no_news_of_policing():
    assert judged("Vale Police sing", "Vale Police.", unsunk=3).choice is BORDERLINE
    assert judged("Vale Police sing", "On average.", unsunk=3).choice is INCLUDE


def test_cues_must_raise_by_two_points():
    words = Cue(name="words", points=1, most=2, phrases=("crime", "victims"))

    def choice(text):
        return judged("Vale Police sing", text, unsunk=3, raises=(words,)).choice

    assert (choice("Crime is low."), choice("Crime is low, and victims are few.")) == (BORDERLINE, INCLUDE)


@pytest.mark.parametrize(
    "paragraphs, choice",
    [
        (["Vale Police figures, per cent."], INCLUDE),
        (["The council's figures, per cent.", "Vale Police add to it."], EXCLUDE),
    ],
)
def test_policing_is_spoken_of_up_front(paragraphs, choice):
    assert judged("Plain", *paragraphs).choice is choice


@pytest.mark.parametrize(
    "title, paragraphs, is_read_on",
    [
        pytest.param(
            "Fete opens", ["Cakes sell.", "Vale Police figures, per cent."], False, id="police below"
        ),
        pytest.param("Vale Police open fete", ["Cakes sell."], True, id="the title"),
        pytest.param("Fete opens", ["Vale Police sell cakes.", "More."], True, id="the first paragraph"),
        pytest.param("The Vale Police choir", ["Vale Police."], True, id="a name that may be cancelled"),
        pytest.param("Vale Police per cent", [], True, id="a headline alone"),
    ],
)
def test_a_brief_verdict_reads_on_where_policing_opens(title, paragraphs, is_read_on):
    subject = article(title, *paragraphs)
    judge = prepare(small_rules(unsunk=3), Gazetteer(area=("Vale",)))
    brief, full = judge.in_brief(subject), judge.verdict(subject)
    assert (brief.choice, brief.reason) == (full.choice, full.reason)
    assert (brief.score == full.score) is is_read_on


def test_a_brief_verdict_keeps_the_evidence_of_what_is_not_out():
    judge = prepare(small_rules(), Gazetteer(area=("Vale",)))
    kept, out = article("Vale Police per cent", "More."), article("Vale Police jailed", "More.")
    assert judge.in_brief(kept) == judge.verdict(kept)
    assert judge.in_brief(out).evidence == () != judge.verdict(out).evidence


@given(
    st.lists(
        st.lists(
            st.sampled_from(["Vale Police", "choir", "speeding", "up", "per cent.", "court", "The"]),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_brief_verdict_never_chooses_otherwise(words):
    title, *paragraphs = map(" ".join, words)
    judge = prepare(small_rules(), Gazetteer(area=("Vale",)))
    subject = article(title, *paragraphs)
    assert judge.in_brief(subject).choice is judge.verdict(subject).choice


@pytest.mark.parametrize(
    "paragraphs, score",
    [
        pytest.param(["Vale Police."], 2 + 3, id="nothing"),
        pytest.param(["Vale Police. Jailed."], 2 - 3, id="a case up front"),
        pytest.param(
            ["Vale Police.", "Jailed."], 2 + 3 - 3, id="a case further down, which may be an example"
        ),
        pytest.param(["Vale Police.", "A library."], 2 - 2, id="another matter, wherever it stands"),
    ],
)
def test_what_nothing_sinks_gets_its_points(paragraphs, score):
    assert judged("Plain", *paragraphs, unsunk=3).score == score


@pytest.mark.parametrize(
    "paragraphs, score",
    [
        pytest.param(["Vale Police: per cent.", "Jailed by a court."], 4 - 4, id="below, no more than that"),
        pytest.param(["Vale Police: per cent.", "Jailed."], 4 - 3, id="below, less than that"),
        pytest.param(["Vale Police: per cent. Jailed.", "By a court."], 4 - 6, id="one up front: all count"),
        pytest.param(
            ["Vale Police: per cent.", "Jailed by a court near the library."], 4 - 8, id="another matter too"
        ),
    ],
)
def test_what_sinks_only_below_takes_so_much_at_most(paragraphs, score):
    verdict = judged("Plain", *paragraphs, sunk_below=4)
    assert verdict.score == sum(one.points for one in verdict.evidence) == score


@pytest.mark.parametrize(
    "text, topics",
    [
        pytest.param("Speeding in the Vale.", ("roads",), id="a strong phrase"),
        pytest.param("The drivers of the Vale.", (), id="a weak one alone"),
        pytest.param("Vale Police stop drivers.", ("roads",), id="beside the force"),
        pytest.param("Some 1,200 drivers stopped.", ("roads",), id="beside a figure"),
        pytest.param("Vale Police act. Then drivers stop.", (), id="beside means in one sentence"),
        pytest.param("It is speeding up.", (), id="a longer phrase cancels"),
    ],
)
def test_topics(text, topics):
    assert judged("Plain", text).topics == topics


def test_where_no_topic_hits_the_title_says_what_it_is_about():
    assert judged("Drivers of the Vale", "Nothing.").topics == ("roads",)
    assert judged(
        "Drivers of the Vale",
        "A fraud.",
        topics=(
            Topic(id="roads", name="Roads", strong=("speeding",), weak=("drivers",)),
            Topic(id="fraud", name="Fraud", strong=("fraud",)),
        ),
    ).topics == ("fraud",)


def test_evidence_counts_characters_of_the_article():
    verdict = judged("Vale Police act", "First par.", "Jailed for “speeding” 5 per cent.")
    subject = article("Vale Police act", "First par.", "Jailed for “speeding” 5 per cent.")
    for one in verdict.evidence:
        text = subject.title if one.field is Field.TITLE else subject.text
        assert text[one.start : one.end].lower() == one.phrase.lower()
    assert {one.field for one in verdict.evidence} == {Field.TITLE, Field.BODY}


@pytest.mark.parametrize(
    "title, text, choice",
    [
        pytest.param(
            "Police budget up",
            "Sussex Police will spend £9m more, its commissioner told the panel in Crawley.",
            EXCLUDE,
            id="another force",
        ),
        pytest.param(
            "Forces fail victims, inspectors say",
            "HMICFRS inspected 12 forces in England and Wales. Charge rates must improve, it says.",
            INCLUDE,
            id="a national inspection",
        ),
        pytest.param(
            "Government promises more police officers",
            "The Prime Minister said 13,000 more officers would go to neighbourhood policing in every area.",
            INCLUDE,
            id="national policy",
        ),
        pytest.param(
            "Crime is up, says charity",
            "Shops in Britain report more thefts, figures show, up by 9 per cent on the year before.",
            EXCLUDE,
            id="a national story without a body of policing",
        ),
        pytest.param(
            "Council tax to rise",
            "Wokingham's budget rises by 4.9 per cent, with £2m of savings.",
            EXCLUDE,
            id="not of policing",
        ),
        pytest.param(
            "Man jailed",
            "Reading Crown Court heard that he stabbed a man in Caversham. Thames Valley Police praised witnesses.",
            EXCLUDE,
            id="one case",
        ),
    ],
)
def test_the_default_rules_decide(title, text, choice):
    assert default_judge().verdict(article(title, text)).choice is choice


def test_every_verdict_has_a_reason_of_one_sentence():
    for text in (
        "",
        "Thames Valley Police",
        "HMICFRS report",
        "Sussex Police",
        "jailed by Thames Valley Police",
    ):
        reason = default_judge().verdict(article("News", text)).reason
        assert reason.endswith(".") and "\n" not in reason


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_article_gets_a_verdict_and_an_explanation(title, paragraphs):
    subject = article(title, *paragraphs)
    assert explained(subject)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x" * 1_000_000,
        "Полиция в Рединге",
        "\u202eReading\u202c \u200fPolice",
        "Thames Valley Police " * 20_000,
    ],
)
def test_odd_texts_get_a_verdict(text):
    assert default_judge().verdict(article("News", text)).area in Area


def explained(subject):
    judge = default_judge()
    where = judge.whereabouts(subject)
    return explain(subject, judge.verdict(subject), where, default_rules(), "the Thames Valley")


def test_an_explanation_says_it_all():
    subject = article(
        "101 callers wait longer",
        "One in three callers of Thames Valley Police waited ten minutes, figures show.",
        "It rained. The chief constable said that waiting times must fall. Nobody was jailed.",
        outlet="Oxford Mail",
    )
    text = explained(subject)
    for part in (
        "In the draft. How policing is run or performs:",
        "Is it ours?         yes, the Thames Valley: ours weigh 4, elsewhere 0, the nation 0\n"
        "                      ours: Thames Valley Police (first paragraph)\n",
        "3 against: ",
        "What would turn it: no single phrase: it is ",
        "  -3  jailed",
        "One in three» callers of «Thames Valley Police» waited ten minutes, «figures show».",
        "Nobody was «jailed».",
        "Topics:   101, 999",
    ):
        assert part in text
    assert "It rained" not in text


@pytest.mark.parametrize(
    "title, text, turn",
    [
        (
            "Precept up",
            "Sussex Police asks for more in Crawley.",
            "a tie to the Thames Valley: with the force in the headline it would be of the Thames Valley",
        ),
        (
            "Sussex Police precept up",
            "Thames Valley Police rents a hall in Slough.",
            "a tie to the Thames Valley: without “Sussex Police” it would be of the Thames Valley",
        ),
        (
            "Police figures",
            "Burglary figures for Caversham and Luton fell, police said.",
            "by its area: without “Caversham” it would be elsewhere",
        ),
        (
            "Bins",
            "Wokingham's budget rises by 4.9 per cent, a review found.",
            "more in the headline or first paragraph that speaks of the police",
        ),
        (
            "Raid",
            "Thames Valley Police found 40 plants in Slough and arrested a man.",
            "points of raise cues more",
        ),
        (
            "Police speak",
            "Thames Valley Police figures show a rise of 9 per cent in Slough. A man appeared at court, a judge said.",
            "or without the sink cue",
        ),
        (
            "Police commissioner opens hall",
            "Matthew Barber cut a ribbon.",
            "one raise cue more: so far it hardly does more than name",
        ),
        (
            "Thames Valley Police precept",
            "A judge said no.",
            "without “Thames Valley Police” (+4) it would not be in",
        ),
        (
            "Police and Crime Commissioner speaks",
            "Thames Valley Police has a new strategy.",
            "without “strategy” (+2) it would not be in",
        ),
        (
            "Officers in Slough",
            "Thames Valley Police has a strategy. A man appeared at court, a judge said.",
            "or without the sink cues ‘",
        ),
    ],
)
def test_an_explanation_says_what_would_turn_it(title, text, turn):
    subject = article(title, text)
    assert turn in explained(subject)


@pytest.mark.parametrize(
    "day, is_guess, counts",
    [
        pytest.param(date(2012, 11, 14), False, False, id="before the office"),
        pytest.param(date(2012, 11, 15), False, True, id="the first day"),
        pytest.param(date(2022, 5, 12), False, True, id="a year after the last"),
        pytest.param(date(2022, 5, 13), False, False, id="a namesake of another time"),
        pytest.param(date(2026, 5, 13), True, True, id="a day that is a guess rules nobody out"),
    ],
)
def test_a_name_counts_in_its_time_of_office(day, is_guess, counts):
    holder = Person(
        names=("Jo Example",),
        office="commissioner",
        since=date(2012, 11, 15),
        until=date(2021, 5, 12),
        points=1,
    )
    judge = prepare(Rules(people=(holder,)), Gazetteer())
    published = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    told = article("A speech", "Jo Example spoke.", published=published, published_is_guess=is_guess)
    assert bool(judge.verdict(told).evidence) is counts
