"""What of one report stands in another, and a text in pieces: tables."""

import pytest
from conftest import article

from monitor.judging.copied import copied
from monitor.judging.marked import Piece, marked_paragraphs, marked_title
from monitor.model import Evidence, Field

FORCE = "The force answered nine in ten of its calls within a minute, the panel heard on Friday."
COST = "It cost £1.9m a year, and forty people were taken on to do it."
OWN = "Our reporter rang four times on a Saturday night and waited eleven minutes each time."


@pytest.mark.parametrize(
    ("text", "other", "share", "own", "taken"),
    [
        ((FORCE, COST), (FORCE, COST), 1.0, (), (FORCE, COST)),
        ((FORCE, OWN), (COST, FORCE), 0.5, (OWN,), (FORCE,)),
        ((OWN,), (FORCE,), 0.0, (OWN,), ()),
        # other quotation marks, hyphens and capitals are the same words
        (("the Force answered “nine in ten” of its calls within a minute",), (FORCE,), 1.0, (), 1),
        # too short for a run: where its very words stand
        (("nine in ten",), (FORCE,), 0.0, (), ("nine in ten",)),
        (("ten in nine",), (FORCE,), 0.0, ("ten in nine",), ()),
        (("***",), (FORCE,), 0.0, ("***",), ()),  # no words: nobody's, so shown
        ((), (FORCE,), 0.0, (), ()),
        ((FORCE,), (), 0.0, (FORCE,), ()),
        # a run does not go from one paragraph into the next
        (
            ("the panel heard on Friday it cost",),
            (FORCE, COST),
            0.5,
            ("the panel heard on Friday it cost",),
            (),
        ),
    ],
)
def test_paragraphs_are_copied_or_their_own(text, other, share, own, taken):
    found = copied(text, other)
    assert found.share == pytest.approx(share, abs=0.04)
    assert found.own == own
    assert found.copied == (text if taken == 1 else taken)


def hit(start: int, end: int, points: int = 0, field: Field = Field.BODY) -> Evidence:
    return Evidence("cue raise figures", "words", field, start, end, points)


def test_a_text_comes_in_pieces_that_make_it_up_again():
    one = article(
        title="Calls up by half", paragraphs=("Calls rose by half.", "", "The force was asked why.")
    )
    evidence = [
        hit(0, 5, 1, Field.TITLE),
        hit(0, 5, field=Field.LEAD),
        hit(6, 10, 2, Field.LEAD),  # parted from the one before by a space
        hit(8, 18, field=Field.LEAD),  # overlaps it
        hit(23 + 4, 23 + 9),
    ]
    assert marked_title(one, evidence) == (Piece("Calls", True, True), Piece(" up by half"))
    first, empty, last = marked_paragraphs(one, evidence)
    assert first == (Piece("Calls", True), Piece(" "), Piece("rose by half", True, True), Piece("."))
    assert empty == ()
    assert last == (Piece("The "), Piece("force", True), Piece(" was asked why."))
    assert "".join(piece.text for piece in (*first, *last)) == "".join(one.paragraphs)
