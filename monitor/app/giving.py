"""archive give: drafts, decisions and e-mails of one key become a panel's: those of before there were several panels, or
of a panel that was renamed."""

from dataclasses import dataclass
from pathlib import Path

from monitor.app.installed import Installed, installed_to_change
from monitor.app.locks import quite_alone
from monitor.app.workspace import Clock, utc_now
from monitor.errors import InputError
from monitor.model import Run
from monitor.reporting.wording import say_count
from monitor.store.owner import NOBODY

GIVE = "give"  # the job's name in the record of runs


@dataclass(frozen=True, slots=True)
class Given:
    name: str
    old: str
    rows: int

    @property
    def line(self) -> str:
        whose = f"of {self.old}" if self.old else "of before there were several panels"
        if not self.rows:
            return f"The archive holds nothing {whose}; nothing was changed."
        return f"{say_count(self.rows, 'draft, decision or e-mail', 'drafts, decisions and e-mails')} {whose}: {self.name} has them now."


def give(config_folder: Path, data: Path, name: str, old: str = NOBODY, clock: Clock = utc_now) -> Given:
    """Raises InputError where there is no such panel, or both have drafts of the same number; Busy where a run is at
    work."""
    with installed_to_change(config_folder, data, None, clock) as installed, quite_alone(data):
        started, panels = clock(), installed.store.panels
        _refuse(installed, name, old)
        done = Given(name, old, panels.give(old, name))
        installed.store.runs.record(Run(job=GIVE, started=started, ended=clock(), ok=True, summary=done.line))
    return done


def _refuse(installed: Installed, name: str, old: str) -> None:
    known = [*installed.configs, *(fault.folder.name for fault in installed.faults)]
    if name not in known:
        raise InputError(f"There is no panel {name}. There are: {', '.join(sorted(known))}.")
    if old == name:
        raise InputError(f"{name} has them already.")
    panels = installed.store.panels
    if old and old not in panels.all():
        held = ", ".join(filter(None, panels.all())) or "nobody’s"
        raise InputError(f"The archive holds nothing of {old}. It holds: {held}.")
    if not panels.may_be_given(old, name):
        raise InputError(
            f"{name} has drafts of the same numbers already, and those stand in documents that people have. Give them to "
            "another panel, or leave them: they harm nobody."
        )
