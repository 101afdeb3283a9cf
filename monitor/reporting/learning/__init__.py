"""An edited document -> what the officer said by editing it.

lines.py       the document as lines, whoever saved it
segments.py    lines -> pieces that are one item each
match.py       which item of the edition a piece is
compare.py     the edition and the pieces -> decisions
offered.py     what an edition offers besides its items
ticks.py       the working notes as they came back -> decisions
say.py         decisions -> a line an item, for the officer
card.py        what is taken and struck again and again -> a change of the priority card, with what it would do
suggest.py     repeated drops -> a suggestion, with what it would gain and lose
"""
