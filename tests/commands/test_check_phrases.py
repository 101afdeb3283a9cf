"""`monitor check` of an editor's topics.yaml: each phrase that tells nothing is named by its own line."""

import pytest
from where import ROOT

from monitor.cli import main
from monitor.config.defaults import write_defaults

TOPICS = (ROOT / "topics.yaml").read_text("utf-8")
OWN = """\
topics:
  - id: bikes
    name: Bikes
    strong: [
        # Each of these passed once.
        tandem squad*, e-bike ~3,
        ~3 bike, bike ~x lane,

        <number>,
        p*, cycle lane*, the,
      ]
    never: [tandem squad goals, unicycle]
"""
FIRST = TOPICS[: TOPICS.index("\ntopics:\n")].count("\n") + 2  # the line of `topics:`
PATH = "topics.0.strong"
MISTAKES = (
    f"{FIRST + 5}: {PATH}.1: e-bike ~3 can match nothing: the gap needs a word on either side: "
    "write `e-bike ~3 other`, or delete ~3",
    f"{FIRST + 6}: {PATH}.2: ~3 bike can match nothing: the gap needs a word on either side: "
    "write `one ~3 bike`, or delete ~3",
    f"{FIRST + 6}: {PATH}.3: bike ~x lane can match nothing: ~x is no gap: "
    "write how many words may stand between, as in `bike ~3 lane`",
    f"{FIRST + 8}: {PATH}.4: <number> hits stories of every kind: figures stand everywhere: "
    "write what is counted too, as in `<number> officers`",
    f"{FIRST + 9}: {PATH}.5: p* hits stories of every kind: p* is the beginning of countless words: "
    "write 3 letters and more",
    f"{FIRST + 9}: {PATH}.7: the hits stories of every kind: any sentence may have such words: "
    "add the word that it is about",
)


@pytest.fixture
def check(tmp_path, capsys):
    def run(own):
        (tmp_path / "topics.yaml").write_text(TOPICS.replace("\ntopics:\n", f"\n{own}", 1), "utf-8")
        write_defaults(tmp_path)
        capsys.readouterr()
        code = main(["--config", str(tmp_path), "check"])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_every_phrase_that_tells_nothing_is_named_at_once(check):
    code, _, said = check(OWN)
    assert code == 1
    assert said.splitlines() == [f"topics.yaml:{mistake}" for mistake in MISTAKES]


def test_what_does_nothing_needs_a_look_and_stops_nobody(check):
    good = OWN
    for phrase in ("e-bike ~3,", "~3 bike, bike ~x lane,", "<number>,", "p*,", "the,"):
        good = good.replace(phrase, "", 1)
    code, said, _ = check(good)
    assert code == 0
    (look,) = [line for line in said.splitlines() if "topics.yaml" in line]
    assert look == (
        f"Needs a look: topics.yaml:{FIRST + 11}: topics.0.never.1: unicycle cancels nothing: no strong or weak phrase of "
        "the topic lies inside it; write the longer phrase that holds the hit, or delete it"
    )
