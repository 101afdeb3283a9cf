import pytest

from monitor.model import Area
from tests.rules import article, default_judge

OURS, NATIONAL, ELSEWHERE = Area.OWN, Area.NATIONAL, Area.ELSEWHERE


@pytest.mark.parametrize(
    "text, outlet, area, councils",
    [
        pytest.param(
            "A shop in Aylesbury closed.", "", OURS, ["buckinghamshire"], id="a name that nobody shares"
        ),
        pytest.param("Children love reading in Surrey.", "", ELSEWHERE, [], id="reading, the verb"),
        pytest.param("Reading is good for children.", "", NATIONAL, [], id="Reading, unanchored"),
        pytest.param(
            "Reading and Bracknell grow.",
            "",
            OURS,
            ["reading", "bracknell-forest"],
            id="Reading, anchored by a place",
        ),
        pytest.param(
            "Thames Valley Police came to Reading.",
            "",
            OURS,
            ["reading"],
            id="Reading, anchored by the force",
        ),
        pytest.param(
            "A shop in Reading closed.",
            "Reading Chronicle",
            OURS,
            ["reading"],
            id="Reading, anchored by the outlet",
        ),
        pytest.param(
            "Whitley in Reading grows.", "", OURS, ["reading"], id="two shared names of one council"
        ),
        pytest.param(
            "The Reading Police Department in Pennsylvania hired.",
            "",
            ELSEWHERE,
            [],
            id="Reading, Pennsylvania",
        ),
        pytest.param(
            "The Windsor Police Service in Ontario hired.", "", ELSEWHERE, [], id="Windsor, Ontario"
        ),
        pytest.param("The House of Windsor met in Britain.", "", NATIONAL, [], id="the House of Windsor"),
        pytest.param("Old Windsor flooded.", "", OURS, ["windsor-maidenhead"], id="the longest wins"),
        pytest.param("Stony Stratford has a fair.", "", OURS, ["milton-keynes"], id="a two-word name"),
        pytest.param("He told the Reading Chronicle in Kent.", "", ELSEWHERE, [], id="an outlet is no place"),
        pytest.param("Andy Burnham spoke in Manchester.", "", ELSEWHERE, [], id="a surname"),
        pytest.param(
            "Sussex Police hired 40 officers in Crawley.",
            "Banbury Guardian",
            ELSEWHERE,
            [],
            id="another force in our outlet",
        ),
        pytest.param("Forces in England and Wales fail.", "", NATIONAL, [], id="the nation"),
        pytest.param("Roads were icy.", "MKFM", OURS, [], id="no place, a listed outlet"),
        pytest.param(
            "Roads were icy.", "Rotherham Advertiser", ELSEWHERE, [], id="no place, an outlet from elsewhere"
        ),
        pytest.param(
            "The police and crime commissioner spoke.", "", OURS, [], id="a commissioner without a place"
        ),
        pytest.param(
            "Thames Valley Police beat Essex Police and Kent Police.",
            "",
            ELSEWHERE,
            [],
            id="ours among others needs its weight",
        ),
        pytest.param(
            "Thames Valley Police beat Essex Police and Kent Police.",
            "MKFM",
            OURS,
            [],
            id="an outlet of ours gives it",
        ),
        pytest.param(
            "Reading set a budget.",
            "The Reading Bugle (Massachusetts)",
            ELSEWHERE,
            [],
            id="a Reading elsewhere",
        ),
        pytest.param(
            "Roads were icy.", "Radio Berkshire and Hampshire", OURS, [], id="an outlet of ours and elsewhere"
        ),
        pytest.param(
            "The sheriff said that Reading would pay $3 million for patrols.",
            "Berks Beacon",
            ELSEWHERE,
            [],
            id="another country's police and money, whatever its outlet is called",
        ),
        pytest.param(
            "Towns in the Thames Valley see the crime severity index climb, the police services board heard.",
            "Thames Valley Star",
            ELSEWHERE,
            [],
            id="another Thames",
        ),
        pytest.param(
            "A sheriff of Massachusetts showed Thames Valley Police how $3 million was spent in Reading.",
            "",
            OURS,
            ["reading"],
            id="our force looks abroad",
        ),
        pytest.param(
            "Fraudsters took $3 million from a sheriff in Caversham and Tilehurst.",
            "",
            OURS,
            ["reading"],
            id="a place that nobody shares",
        ),
        pytest.param(
            "A firm in Oxford paid $3 million.", "Oxford Mail", OURS, ["oxford"], id="one price in dollars"
        ),
        pytest.param(
            "The High Sheriff of Berkshire gave $20 in Slough.", "", OURS, ["slough"], id="a sheriff of ours"
        ),
        pytest.param(
            "Hampshire, Kent and Thames Valley Police tried it in Southampton.",
            "Solent Voice",
            OURS,
            [],
            id="in one breath with others",
        ),
        pytest.param(
            "Kent Police tried it in Kent. Thames Valley Police did not.",
            "Weald Weekly",
            ELSEWHERE,
            [],
            id="not in one breath",
        ),
        pytest.param(
            "The Home Office gives the Met £8m, West Midlands £5m and the Thames Valley £2m.",
            "",
            NATIONAL,
            [],
            id="a list that the nation opens",
        ),
        pytest.param("", "", NATIONAL, [], id="nothing"),
    ],
)
def test_where(text, outlet, area, councils):
    verdict = default_judge().verdict(article("News", text, outlet=outlet))
    assert (verdict.area, list(verdict.councils)) == (area, councils)


def test_the_force_in_the_title_outweighs_a_league_table():
    title = "Thames Valley Police among slowest forces"
    text = "Only Kent Police, Essex Police and Surrey Police took longer."
    assert default_judge().verdict(article(title, text)).area is OURS


@pytest.mark.parametrize(
    "title, paragraphs, area",
    [
        pytest.param(
            "Force is short of money",
            ["The Home Office and Parliament know of it, a commissioner in Surrey said."],
            ELSEWHERE,
            id="it opens with another county",
        ),
        pytest.param(
            "Bedfordshire post opens",
            [
                "It is in Leighton Buzzard.",
                "Wing and Cheddington in Buckinghamshire are near, and Aylesbury.",
            ],
            ELSEWHERE,
            id="ours only further down",
        ),
        pytest.param(
            "Home Office names Kent Police",
            ["The Home Secretary told Parliament of it."],
            ELSEWHERE,
            id="another force in the title",
        ),
        pytest.param(
            "Britain's forces share vans",
            ["London is one of the places, the Home Office said."],
            NATIONAL,
            id="the title speaks of the nation",
        ),
        pytest.param(
            "Forces share vans",
            ["The Home Office has ten.", "They go to Thames Valley, Kent, Surrey, Sussex and Essex."],
            NATIONAL,
            id="a list of many, ours among them",
        ),
        pytest.param(
            "Forces share vans",
            ["The Home Office has ten.", "They go to Kent Police and Surrey Police first, and to Essex."],
            NATIONAL,
            id="a few others, only further down",
        ),
        pytest.param(
            "Forces share vans",
            ["They go to Kent Police first.", "Surrey and Essex have none yet, the Home Office said."],
            ELSEWHERE,
            id="another force up front",
        ),
        pytest.param(
            "PCC presses Home Office",
            ["The Surrey commissioner wants its money from Parliament."],
            ELSEWHERE,
            id="a commissioner and another place up front",
        ),
        pytest.param(
            "Powers are reviewed",
            ["What police and crime commissioners may do is to be looked at again."],
            NATIONAL,
            id="the commissioners are all of them",
        ),
    ],
)
def test_whose_it_is(title, paragraphs, area):
    assert default_judge().verdict(article(title, *paragraphs)).area is area


def test_places_are_evidence_with_their_council():
    verdict = default_judge().verdict(article("News", "A shop in Aylesbury closed."))
    assert [(one.rule, one.phrase, one.start, one.end) for one in verdict.evidence] == [
        ("place buckinghamshire", "Aylesbury", 10, 19)
    ]
