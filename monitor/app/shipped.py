"""init --diff, --update, --dismiss: what the shipped YAML files have that a folder's files lack, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from monitor.app.typed import as_typed, monitor_as_called
from monitor.config import updating
from monitor.config.parts import Part, Standing
from monitor.config.updating import Found
from monitor.reporting.wording import say_count

MOST_OWN = 6  # of one group in a line


@dataclass(frozen=True, slots=True)
class Differences:
    found: Found
    folder: Path
    everything: bool  # also what was left out before

    def record(self) -> dict[str, Any]:
        return {
            "missing": list(self.found.missing),
            "parts": [
                {
                    "name": part.name, "file": part.file, "standing": part.standing.value, "says": part.says,
                    "new": part.is_new, "all": part.is_taken_by_all,
                }
                for part in self.found.parts
            ],
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        lacking, otherwise = self._shown(Standing.LACKING), self._shown(Standing.OTHERWISE)
        for name in self.found.missing:
            yield f"{name} is missing: `{self._command}` writes it."
        if lacking:
            yield "The shipped files have this, and yours do not:"
            yield from map(_line, lacking)
        if otherwise:
            yield "The shipped files say this otherwise than yours:"
            yield from map(_line, otherwise)
        yield from _own([part for part in self.found.parts if part.standing is Standing.OWN])
        if self.found.elsewhere:
            yield "Your panel is another force's: our feeds, places, bodies, people and meetings are left out."
        if lacking or otherwise:
            yield (
                f"Take parts in: {self._command} --update NAME… (or all). "
                f"See them no more: {self._command} --dismiss NAME… (or all)."
            )
        yield self._counts(len(lacking), len(otherwise))

    def _shown(self, standing: Standing) -> list[Part]:
        parts = [part for part in self.found.parts if part.standing is standing]
        return [part for part in parts if self.everything or part.is_new]

    def _counts(self, lacking: int, otherwise: int) -> str:
        offered = [part for part in self.found.parts if part.standing is not Standing.OWN]
        hidden = len(offered) - lacking - otherwise
        own = len(self.found.parts) - len(offered)
        left = f" {say_count(hidden, 'part')} that you left out before: --all shows them." if hidden else ""
        return f"{say_count(lacking, 'part')} lacking, {otherwise} otherwise, {own} yours alone.{left}"

    @property
    def _command(self) -> str:
        config = "" if self.folder == Path() else f" --config {as_typed(self.folder)}"
        return f"{monitor_as_called()}{config} init"


def differences(folder: Path, *, everything: bool) -> Differences:
    return Differences(updating.find(folder), folder, everything)


def _line(part: Part) -> str:
    says = "" if part.name.endswith("/" + part.says) else f"   {part.says}"
    note = " (as it was shipped before)" if part.untouched else ""
    return f"  {as_typed(part.name)}{says}{note}"


def _own(parts: Sequence[Part]) -> Iterator[str]:
    """A line for all that stands in one group."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for part in parts:
        group, _, word = part.name.rpartition("/")
        groups.setdefault((group or part.file, part.known), []).append(word)
    if groups:
        yield "Yours have this, and the shipped files do not; it stays:"
    for (group, was_shipped), words in groups.items():
        more = f" and {len(words) - MOST_OWN} more" if len(words) > MOST_OWN else ""
        note = " (shipped once, and no longer)" if was_shipped else ""
        yield f"  {group}: {', '.join(words[:MOST_OWN])}{more}{note}"


def update(folder: Path, names: Sequence[str], today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was done, and what could not be, each in lines; the last line of the first counts."""
    done = updating.update(folder, names, today)
    counts = f"{say_count(len(done.taken), 'part')} taken in, {len(done.refused)} not."
    lines = (
        *(f"Taken in: {part.name}" for part in done.taken),
        *(f"Written: {path}" for path in done.written),
        *(f"As it was before: {path}" for path in done.copies),
        counts
        if done.taken or done.refused
        else "Nothing is new in the shipped files; yours were not touched.",
    )
    return lines, tuple(f"Not taken in: {one.part.name}: {one.why}" for one in done.refused)


def dismiss(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    parts = updating.dismiss(folder, names)
    return (f"{say_count(len(parts), 'part')} will not be proposed again.",)
