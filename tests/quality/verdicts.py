"""The verdict of the default rules on every story we keep, as `verdicts.tsv` holds it: a line a story.

    python -m tests.quality.verdicts            what is different from the file; exit 1 where anything is
    python -m tests.quality.verdicts --accept   takes today's verdicts into the file

The stories are the labelled ones (`*.jsonl`), the items of the two reports by their heading alone and with their text,
and those of the demo's week. `floors.json` lets a phrase win one story and lose another; here both are seen. A change
of rules that is wanted is accepted, and the diff of the file, story by story, is what a reviewer reads.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from monitor.demo.outlets import OUTLETS
from monitor.demo.stories import read_stories
from monitor.judging.classify import Judge
from monitor.judging.labelled import read_labelled
from monitor.model import Article
from tests.rules import NOW, THAMES_VALLEY, article, default_judge

HERE = Path(__file__).parent
FILE = HERE / "verdicts.tsv"
LABELLED = ("tuning", "everyday", "hard_cases")
ACCEPT = "make verdicts"
_HEAD = "story\tdecision\tscore\tarea\ttopics"


class Told(NamedTuple):
    """A story under its name: file and id."""

    name: str
    article: Article


def stories() -> Iterator[Told]:
    for file in LABELLED:
        lines = (HERE / f"{file}.jsonl").read_text("utf-8").split("\n")
        yield from (
            Told(f"{file}:{one.id}", one.article) for one in read_labelled(file, lines, THAMES_VALLEY)
        )
    yield from _items()
    for outlet in OUTLETS:
        for one in read_stories(outlet, NOW, "http://127.0.0.1/"):
            subject = article(one.headline, *one.paragraphs, outlet=one.outlet, published=one.published)
            yield Told(f"week:{outlet.slug}/{one.event}", subject)


def _items() -> Iterator[Told]:
    for line in (HERE / "report_items.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        for form, text in (("heading", []), ("text", [item["gist"]])):
            if item["gist"] if text else item["heading"]:
                yield Told(
                    f"report_items:{item['id']}:{form}",
                    article(item["heading"], *text, outlet=item["outlet"]),
                )


def verdicts(judge: Judge) -> dict[str, str]:
    """By story: decision, score, area and topics, parted by tabs."""
    found = {}
    for name, subject in stories():
        verdict = judge.verdict(subject)
        said = (
            verdict.choice,
            str(verdict.score),
            THAMES_VALLEY.id_of(verdict.area),
            " ".join(verdict.topics),
        )
        assert name not in found, f"{name} stands twice"
        found[name] = "\t".join(said)
    return found


def kept(text: str) -> dict[str, str]:
    lines = text.splitlines()[1:]
    return {name: said for name, _, said in (line.partition("\t") for line in lines)}


def written(found: dict[str, str]) -> str:
    return "\n".join([_HEAD, *(f"{name}\t{said}" for name, said in found.items()), ""])


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """A line for each story whose verdict is another, that is new, or that is gone."""
    names = dict.fromkeys((*before, *after))
    return [
        f"{name}: {_say(before.get(name))} -> {_say(after.get(name))}"
        for name in names
        if before.get(name) != after.get(name)
    ]


def _say(verdict: str | None) -> str:
    return "no such story" if verdict is None else " ".join(verdict.split("\t")).strip()


def main(arguments: Sequence[str]) -> int:
    before = kept(FILE.read_text("utf-8")) if FILE.exists() else {}
    after = verdicts(default_judge())
    changed = differences(before, after)
    print(
        "\n".join([*changed, f"{len(after)} stories, {len(changed)} of them judged otherwise than before."])
    )
    if "--accept" in arguments:
        FILE.write_text(written(after), "utf-8")
        return 0
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
