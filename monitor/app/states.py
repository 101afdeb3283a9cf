"""status of several panels: what they share, told once; then each by its name; then what needs a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.app.clocks import agree_to_read
from monitor.app.housekeeping import OF_KEEPING
from monitor.app.installed import Fault, Installed, installed_to_read
from monitor.app.needs import UNREAD, of_others, told_by_panels
from monitor.app.state import State, left_in, standing, status
from monitor.app.workspace import workspace_to_read
from monitor.config.panels import is_several, name_of, panels_in
from monitor.errors import ArchiveLost
from monitor.model import Need, NeedKind, Window
from monitor.pipeline.rhythms import feed_health
from monitor.store.runs import SHARED


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    shared: State  # what is no panel's; what needs a person is of all
    panels: Mapping[str, State]

    @property
    def needs(self) -> tuple[Need, ...]:
        return self.shared.needs

    def record(self) -> dict[str, Any]:
        """As of one panel, and each panel's by its name."""
        return {**self.shared.record(), "panels": {name: one.record() for name, one in self.panels.items()}}

    def lines(self) -> Iterator[str]:
        yield from self.shared.reading_lines()
        yield from self.shared.runs_lines()
        for name, one in self.panels.items():
            own = replace(one, runs=tuple(run for run in one.runs if run.job not in SHARED), queue=None)
            yield from (f"{name}: {line}" for line in (*own.runs_lines(), *own.draft_lines()))
        yield from self.shared.versions_lines()
        yield from self.shared.needs_lines()


def status_of_all(config_folder: Path, data: Path, now: datetime) -> State | States:
    """Of the one panel, or the named one, or of each."""
    if name_of(config_folder) or not is_several(config_folder) or len(panels_in(config_folder)) == 1:
        return status(config_folder, data, now)
    try:
        return _of_several(config_folder, data, now)
    except ArchiveLost:
        return status(
            panels_in(config_folder)[0], data, now
        )  # which says so; there is nothing to say of a panel


def _of_several(config_folder: Path, data: Path, now: datetime) -> States:
    with installed_to_read(config_folder, data) as installed:
        panels: dict[str, State] = {}
        for one in installed.panels:
            keeping = next((_of_keeping(state.needs) for state in panels.values()), None)
            with workspace_to_read(one.config_folder, data, one.config) as workspace:
                panels[one.config_folder.name] = standing(workspace, now, keeping)
        needs = told_by_panels([(name, state.needs) for name, state in panels.items()])
        needs = (*needs, *(_need_of(fault) for fault in installed.faults), *_of_nobody(installed))
        return States(shared=_shared(installed, next(iter(panels.values())), needs, now), panels=panels)


def _shared(installed: Installed, one: State, needs: tuple[Need, ...], now: datetime) -> State:
    store = installed.store
    agree_to_read(store, now)
    states = {state.url: state for state in store.feeds.states()}
    return replace(
        one,
        health=feed_health(store, installed.feeds, Window(since=now - UNREAD, until=now), now),
        left=tuple(left_in(installed.feeds, states)),
        runs=tuple(run for run in one.runs if run.job in SHARED),
        edition=None,
        meeting=None,
        towards="",
        waiting=(),
        needs=needs,
    )


def _of_keeping(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    return tuple(need for need in needs if need.kind in OF_KEEPING)


def _need_of(fault: Fault) -> Need:
    return Need(
        kind=NeedKind.CONFIG_UNREADABLE,
        subject=fault.folder.name,
        sentence=f"{fault.folder.name}: its files cannot be read, so no draft of this panel is made. `monitor check` "
        f"names each mistake; the first: {fault.error.mistakes[0]}.",
    )


def _of_nobody(installed: Installed) -> Iterator[Need]:
    return of_others(
        installed.store, {*installed.configs, *(fault.folder.name for fault in installed.faults)}
    )
