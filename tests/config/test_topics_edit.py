"""A phrase or a figure of topics.yaml is changed, and not a byte besides."""

import difflib

import pytest

from monitor.config.swallowed import swallowed
from monitor.config.topics_edit import Change, changed, phrases_at, senses
from monitor.config.yamlfile import Document, document_of
from monitor.errors import InputError

FILE = """\
# What counts.
thresholds: {include: 5, national: 7}   # points
named: {force: 2}
unsunk: 3
topics:
  - id: roads
    name: Speeding
    strong: [
        # Cameras.
        speed camera*, "average: speed", lollipop people, zebra crossing patrols, school street wardens,
        # Courses.
        speed awareness course*,
      ]
    weak: [limit]
  - id: rural
    name: Rural
    strong:
      - hare coursing   # a case
      - tractor thefts
    never: []
cues:
  raise:
    figures:
      points: 1
      phrases: [figures]
never: [one, two]
"""
STRONG, WEAK, NEVER = ("topics", 0, "strong"), ("topics", 0, "weak"), ("topics", 0, "never")
BLOCK = ("topics", 1, "strong")


def document(text=FILE) -> Document:
    found = document_of("topics.yaml", text.encode())
    assert isinstance(found, Document)
    return found


def lines(change: Change, text=FILE) -> list[str]:
    """The lines that went and came."""
    after = changed(document(text), change)
    found = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line for line in found if line[0] in "+-"]


LONG = "a phrase that is so long that it will not fit into the line in which the other one was ~4 told"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("at the end of a list", Change(where=STRONG, new="humps"), [
            "-         speed awareness course*,", "+         speed awareness course*, humps,"]),
        ("under the comment of its sense", Change(where=STRONG, new="gatsos", sense="Cameras."), [
            '+         gatsos,']),
        ("what YAML would read otherwise is quoted", Change(where=WEAK, new="a: [b], #c"), [
            "-     weak: [limit]", '+     weak: [limit, "a: [b], #c"]']),
        ("a word that is no text without quotes", Change(where=WEAK, new="true"), [
            "-     weak: [limit]", '+     weak: [limit, "true"]']),
        ("into a list that is not there", Change(where=NEVER, new="speed dating"), [
            "+     never: [speed dating]"]),
        ("into an empty list", Change(where=("topics", 1, "never"), new="hare and hounds"), [
            "-     never: []", "+     never: [hare and hounds]"]),
        ("into a list of lines", Change(where=BLOCK, new="sheep worrying"), ["+       - sheep worrying"]),
        ("out of the middle of a line", Change(where=STRONG, old="lollipop people"), [
            '-         speed camera*, "average: speed", lollipop people, zebra crossing patrols, school street wardens,',
            '+         speed camera*, "average: speed", zebra crossing patrols, school street wardens,']),
        ("out of the end of a line", Change(where=STRONG, old="school street wardens"), [
            '-         speed camera*, "average: speed", lollipop people, zebra crossing patrols, school street wardens,',
            '+         speed camera*, "average: speed", lollipop people, zebra crossing patrols,']),
        ("the only one of a line", Change(where=STRONG, old="speed awareness course*"), [
            "-         speed awareness course*,"]),
        ("the last one of all", Change(where=("never",), old="two"), ["- never: [one, two]", "+ never: [one]"]),
        ("the only one of a list", Change(where=WEAK, old="limit"), ["-     weak: [limit]", "+     weak: []"]),
        ("out of a list of lines", Change(where=BLOCK, old="hare coursing"), ["-       - hare coursing   # a case"]),
        ("one for another", Change(where=BLOCK, old="tractor thefts", new="quad thefts"), [
            "-       - tractor thefts", "+       - quad thefts"]),
        ("one for a longer one", Change(where=STRONG, old="lollipop people", new=LONG), [
            '-         speed camera*, "average: speed", lollipop people, zebra crossing patrols, school street wardens,',
            '+         speed camera*, "average: speed",', f"+         {LONG},",
            "+         zebra crossing patrols, school street wardens,"]),
        ("a figure", Change(where=("thresholds", "include"), value=6), [
            "- thresholds: {include: 5, national: 7}   # points", "+ thresholds: {include: 6, national: 7}   # points"]),
        ("a figure that is not there, in braces", Change(where=("named", "police"), value=1), [
            "- named: {force: 2}", "+ named: {force: 2, police: 1}"]),
        ("a figure that is not there", Change(where=("cues", "raise", "figures", "most"), value=4), [
            "+       most: 4"]),
    ],
)  # fmt: skip
def test_only_what_must_changes(name, change, said):
    found = [line for line in lines(change) if not line.startswith("?")]
    assert found == said, name
    windows = FILE.replace("\n", "\r\n")
    assert changed(document(windows), change) == changed(document(), change).replace("\n", "\r\n"), name


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change(where=STRONG, new="Speed Camera*"), "is in this list already"),
        (Change(where=STRONG, old="speed humps"), "is not in this list any more"),
        (Change(where=STRONG, old="speed humps", new="humps"), "is not in this list any more"),
        (Change(where=("topics", 9, "strong"), new="humps"), "edit it as a text"),
        (Change(where=("thresholds", "include", "more"), value=1), "edit it as a text"),
        (Change(where=("topics", 0, "name"), new="humps"), "edit it as a text"),
    ],
)
def test_what_cannot_be_done_is_said(change, why):
    with pytest.raises(InputError, match=why):
        changed(document(), change)


def test_a_list_says_its_phrases_and_their_senses():
    assert senses(document(), STRONG) == ("Cameras.", "Courses.")
    assert senses(document(), ("topics", 1, "never")) == senses(document(), NEVER) == ()
    assert phrases_at(document(), WEAK) == ("limit",) and phrases_at(document(), ("nothing",)) == ()


@pytest.mark.parametrize(
    ("listed", "new", "said"),
    [
        ("speed camera*", "speed camera vans", "speed camera vans changes nothing: speed camera* hits"),
        ("speed camera vans", "speed camera*", "speed camera vans changes nothing: speed camera* hits"),
        ("crime", "crime ~5 rose", "crime ~5 rose changes nothing: crime hits"),
        ("crime", "crimes", ""),
        ("crime*", "crimewave", "crimewave changes nothing: crime* hits"),
        ("PCC", "pcc budget", ""),
        ("PCC", "PCC budget", "PCC budget changes nothing: PCC hits"),
        ("<large> officers", "100 officers", ""),
        ("crime ~5 rose", "crime", "crime ~5 rose changes nothing: crime hits"),
        ("stop and search", "stop", "stop and search changes nothing: stop hits"),
    ],
)
def test_a_phrase_that_a_wider_one_finds_anyway_is_told(listed, new, said):
    text = f"topics:\n  - id: a\n    strong: [other words, '{listed}', '{new}']\n    weak: ['{new}']\n"
    found = [one.message for one in swallowed(document(text), {new})]
    assert [one.startswith(said) for one in found] == ([True] if said else [])
