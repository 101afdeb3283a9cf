"""Stories that a person ticked right or wrong in a preview, kept as a labelled set; and the sets there are.

`labels.jsonl` in the data folder has the form of every labelled set (`judging/labelled.py`), so `monitor evaluate` reads
it. A tick says whether the story is wanted; ticked again it says the other; taken back, it is gone.
"""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules.drafts import written
from monitor.app.locks import writable
from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.judging.labelled import LabelledStory, read_labelled
from monitor.model import Article, Choice, Verdict
from monitor.paths import is_file
from monitor.reporting.wording import day_in_london
from monitor.settings import PanelArea

FILE = "labels.jsonl"
TICKS = "your ticks"  # what people call its set
QUALITY = Path("tests") / "quality"  # in a checkout, beside the four files
SETS = ("tuning", "hard_cases", "report_items", "everyday")

_alone = threading.Lock()


def labelled_sets(
    config_folder: Path, data: Path, area: PanelArea
) -> Iterator[tuple[str, tuple[LabelledStory, ...]]]:
    """Those that there are, by name. A set of another panel is none."""
    paths = [data / FILE, *(config_folder / QUALITY / f"{name}.jsonl" for name in SETS)]
    for path in paths:
        if not is_file(path):
            continue
        try:
            told = read_labelled(path.name, path.read_text("utf-8").splitlines(), area)
        except (OSError, UnicodeDecodeError, InputError):
            continue
        if told:
            yield (TICKS if path.name == FILE else path.stem.replace("_", " ")), told


def ticked(data: Path) -> dict[str, Choice]:
    """What was ticked, by the ids of articles."""
    return {id: Choice(str(record["decision"])) for id, record in _records(data).items()}


def tick(desk: OpenDesk, id: str, decision: Choice | None, story: str, why: str) -> Article | None:
    """Says of a stored article whether it is wanted, of which event it tells and why it was looked at; None takes that
    back. The article; None, and nothing is kept, where none has the id. Raises OutputError."""
    config = desk.config()
    with desk.reading() as workspace:
        article = next(iter(workspace.store.articles.named([id])), None)
    if article:
        verdict = prepare(config.rules, config.gazetteer).verdict(article)
        _tick(desk.home, article, verdict, decision, config.panel.area, story, desk.clock(), why)
    return article


def _tick(
    data: Path,
    article: Article,
    verdict: Verdict,
    decision: Choice | None,
    area: PanelArea,
    story: str,
    now: datetime,
    why: str,
) -> None:
    with _alone, writable(data):
        records = _records(data)
        records.pop(article.id, None)
        if decision is not None:
            records[article.id] = {
                "id": article.id,
                "url": article.url,
                "outlet": article.outlet,
                "published": None
                if article.published_is_guess
                else day_in_london(article.published).isoformat(),
                "title": article.title,
                "text": "\n\n".join(article.paragraphs),
                "area": area.id_of(verdict.area),
                "decision": str(decision),
                "topics": list(verdict.topics),
                "story": story,
                "why": f"ticked in the desk on {day_in_london(now).isoformat()}: {why}",
            }
        lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records.values()]
        written(data / FILE, "".join(lines).encode("utf-8", "replace"))


def _records(data: Path) -> dict[str, dict[str, object]]:
    """As they stand; a line that is none of ours stays with its number for a name."""
    try:
        lines = (data / FILE).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise InputError(f"{FILE} is not UTF-8 text: mend it, or move it away.") from error
    records = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = json.loads(line)
                records[str(record["id"])] = record
                Choice(str(record["decision"]))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"{FILE}:{number}: this is no labelled story: mend it, or delete the line."
                ) from error
    return records
