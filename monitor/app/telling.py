"""Tells the operator of a run: pings when it begins and ends, figures for Prometheus, an e-mail where a person must
act.

    with watched(Job.POLL, …) as watch:
        polled = runs.poll(…, announce=watch.begun)      once the run holds its lock: the ping that it began
        watch.ended(True, polled.counts)              when the block ends: all the rest

A run that finds another at work, and one that is stopped by a signal, tells nothing more: the other one will, and a
service that hears no end of a run tells by itself. Nothing here fails a run or keeps it waiting: pings have seconds,
the relay less patience than for a draft, and what goes wrong is logged. No lock is held.

Where the archive or the YAML cannot be read, that is what is told, by whatever ways are left. What was told is then
remembered beside the archive (`beside.py`).
"""

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from monitor import __version__
from monitor.app.archives import is_there
from monitor.app.beside import Beside
from monitor.app.channels import Job, written
from monitor.app.home import home_of
from monitor.app.housekeeping import OF_KEEPING
from monitor.app.metrics import counted, of_panels, write_metrics
from monitor.app.needs import told_by_panels
from monitor.app.network import proxy_in
from monitor.app.operator_mail import USUAL, OperatorMail, operator_mail
from monitor.app.secrets import without_secrets
from monitor.app.state import standing
from monitor.app.workspace import Clock, Workspace, opened, utc_now
from monitor.config.folder import read_config
from monitor.config.panel_file import read_panel
from monitor.config.panels import name_of, panels_in
from monitor.errors import Busy, ConfigError, InputError, MonitorError, OutputError, StoreError
from monitor.model import Need, NeedKind
from monitor.reporting.delivery.mail import Patience
from monitor.reporting.telling.address import Signal
from monitor.reporting.telling.decide import BLIND
from monitor.reporting.telling.figures import Counted
from monitor.reporting.telling.ping import SECONDS, Bell, Way
from monitor.reporting.wording import one_line
from monitor.settings import Config, Panel
from monitor.striking import without_mailboxes

log = logging.getLogger(__name__)

USER_AGENT = f"TopicalIssuesMonitor/{__version__}"

# What makes a run that went well a bad one for whoever is pinged: nobody else tells of it in time.
CONCERNS: dict[Job, tuple[NeedKind, ...]] = {
    Job.POLL: (NeedKind.NOTHING_READ, NeedKind.NOTHING_NEW, NeedKind.POLL_UNRECORDED),
    Job.WEEKLY: (NeedKind.WEEKLY_OVERDUE, NeedKind.WEEKLY_NEVER, NeedKind.MAIL, NeedKind.POLLER_STOPPED),
    Job.HOUSEKEEPING: (NeedKind.ARCHIVE_DAMAGED, NeedKind.NO_BACKUP),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    ok: bool
    said: str  # the run's last line, or what went wrong


@dataclass(slots=True, kw_only=True)
class Watch:
    """One run, as far as it is known yet."""

    job: Job | None  # None: nobody is told
    config_folder: Path
    data: Path
    metrics: Path | None
    run: str  # its id, in logs and pings
    clock: Clock = utc_now
    patience: Patience = USUAL
    ping_seconds: float = SECONDS
    config: Config | None = None
    outcome: Outcome | None = None
    bell: Bell | None = field(default=None)

    def begun(self, config: Config) -> None:
        """The run holds its lock and has begun."""
        self.config = config
        if self.job:
            log.info("%s has begun.", self.job)
            self.ring(Signal.START)

    def ended(self, ok: bool, said: str) -> None:
        self.outcome = Outcome(ok, said)

    @property
    def address(self) -> str | None:
        return written(os.environ).pings.get(self.job) if self.job else None

    def ring(self, signal: Signal, said: str = "") -> None:
        address = self.address
        if address:
            self.bell = self.bell or Bell(address, _way(self.config))
            said = without_mailboxes(without_secrets(one_line(said)))
            self.bell.ring(signal, f"{self.job}: {said}\nRun {self.run}.\n")


@contextmanager
def watched(
    job: Job | None,
    config_folder: Path,
    data: Path,
    metrics: Path | None = None,
    run: str = "",
    *,
    clock: Clock = utc_now,
    patience: Patience = USUAL,
    ping_seconds: float = SECONDS,
) -> Iterator[Watch]:
    """Inside, one run of the job is at work; None where nobody is to hear of it."""
    watch = Watch(
        job=job,
        config_folder=config_folder,
        data=data,
        metrics=metrics,
        run=run,
        clock=clock,
        patience=patience,
        ping_seconds=ping_seconds,
    )
    try:
        yield watch
    finally:
        error = sys.exception()
        if job and not isinstance(error, Busy | KeyboardInterrupt | GeneratorExit):
            _tell(watch, job, watch.outcome or _outcome_of(error), error)


def _outcome_of(error: BaseException | None) -> Outcome:
    if error is None:
        return Outcome(True, "")
    if isinstance(error, MonitorError):
        return Outcome(False, str(error))
    return Outcome(False, f"a bug ({type(error).__name__}); the details are in monitor.log")


def _tell(watch: Watch, job: Job, outcome: Outcome, error: BaseException | None) -> None:
    log.info("%s ended %s: %s", job, "well" if outcome.ok else "badly", one_line(outcome.said))
    for mistake in written(os.environ).mistakes:
        log.warning("%s", mistake)
    if not outcome.ok:
        watch.ring(Signal.FAILURE, outcome.said)
    needs: tuple[Need, ...] | None = None
    try:
        needs = _told_by_archive(watch, error)
    finally:
        if outcome.ok:
            watch.ring(*_signal(job, outcome, needs))
        _hear(watch)


def _signal(job: Job, outcome: Outcome, needs: tuple[Need, ...] | None) -> tuple[Signal, str]:
    """`needs` is None where working them out failed, which is a bug."""
    if needs is None:
        return Signal.FAILURE, f"{outcome.said} What needs a person could not be worked out."
    concerning = [need.sentence for need in needs if need.kind in (*CONCERNS[job], *BLIND)]
    if concerning:
        return Signal.FAILURE, f"{outcome.said} Needs a person: {' '.join(concerning)}"
    return Signal.SUCCESS, outcome.said


def _hear(watch: Watch) -> None:
    for trouble in watch.bell.troubles(watch.ping_seconds) if watch.bell else ():
        level = logging.WARNING if trouble.lasting else logging.INFO
        log.log(level, "The ping of %s was not taken: %s.", watch.job, trouble.what)


def _way(config: Config | None) -> Way:
    network = config.network if config else None
    try:
        proxy = proxy_in(os.environ)
    except InputError:  # which is what the ping tells of
        proxy = None
    return Way(
        user_agent=network.user_agent if network else USER_AGENT,
        proxy=proxy or (network.proxy if network else None),
        ca_bundle=network.ca_bundle if network else None,
    )


# ── what needs a person ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Told:
    """What was found of one panel; `counted` is None where the archive could not be read."""

    needs: tuple[Need, ...]
    counted: Counted | None = None


def _told_by_archive(watch: Watch, error: BaseException | None) -> tuple[Need, ...]:
    """Figures and e-mail, as far as they are asked for: to each panel's operator what concerns it, into the figures what
    concerns any. Returns what needs a person."""
    found: list[tuple[str, _Told]] = []
    for folder in panels_in(watch.config_folder) or (watch.config_folder,):
        if (told := _told_of(watch, folder, error, found)) is not None:
            found.append((name_of(folder), told))
    if not found:
        return ()
    needs = told_by_panels([(name, told.needs) for name, told in found])
    write_metrics(watch.metrics, needs, of_panels([told.counted for _, told in found]), watch.clock())
    return needs


def _told_of(
    watch: Watch, folder: Path, error: BaseException | None, found: Sequence[tuple[str, _Told]]
) -> _Told | None:
    """None where nobody asks, or where there is nothing to tell of yet."""
    home = home_of(folder, watch.data)
    try:
        known = watch.config if watch.config and not name_of(folder) else None
        config = known or read_config(folder)
    except ConfigError as trouble:
        what = "so no draft of this panel is made" if name_of(folder) else "so no job runs"
        need = Need(
            kind=NeedKind.CONFIG_UNREADABLE,
            sentence=f"the YAML files cannot be read, {what}. `monitor check` names each mistake; the first: "
            f"{trouble.mistakes[0]}.",
        )
        return _told_blind(watch, _panel_alone(folder), home, None, need)
    if not (watch.address or watch.metrics or config.panel.operator):
        return None
    try:
        # It was never made, or it is gone, empty, or may not be looked at; and that is what the run said. It is not made
        # here: an archive that was lost would be taken for a new one by the next run.
        if not is_there(watch.data):
            if isinstance(error, StoreError | OutputError):
                raise error
            return None
        with opened(config, watch.data) as store:
            return _told_seeing(watch, Workspace(config, store, watch.data, folder), found)
    except (StoreError, OutputError) as trouble:
        need = Need(
            kind=NeedKind.ARCHIVE_UNREADABLE,
            sentence=f"the archive cannot be used, so no job runs: {one_line(str(trouble))}",
        )
        return _told_blind(watch, config.panel, home, config.network.ca_bundle, need)


def _told_seeing(watch: Watch, workspace: Workspace, found: Sequence[tuple[str, _Told]]) -> _Told:
    """The archive is looked over once, whoever's rows are in it."""
    now = watch.clock()
    before = next((told.needs for _, told in found if told.counted), None)
    keeping = None if before is None else tuple(need for need in before if need.kind in OF_KEEPING)
    state = standing(workspace, now, keeping)
    if letter := _letter(watch, workspace.config.panel, workspace.home, workspace.config.network.ca_bundle):
        beside = Beside(workspace.home)
        letter.tell(workspace.store.told, state.needs, beside.all(), now)
        beside.clear()
    return _Told(state.needs, counted(workspace, state))


def _told_blind(watch: Watch, panel: Panel | None, home: Path, ca_bundle: str | None, need: Need) -> _Told:
    if panel and (letter := _letter(watch, panel, home, ca_bundle)):
        letter.tell(Beside(home), (need,), (), watch.clock())
    return _Told((need,))


def _letter(watch: Watch, panel: Panel, home: Path, ca_bundle: str | None) -> OperatorMail | None:
    return operator_mail(
        panel,
        home,
        name="" if home == watch.data else home.name,
        run=watch.run,
        ca_bundle=ca_bundle,
        patience=watch.patience,
        is_hourly=watch.job is Job.WEEKLY,
    )


def _panel_alone(folder: Path) -> Panel | None:
    """panel.yaml may be right where another file is not."""
    found = read_panel(folder / "panel.yaml")
    return None if isinstance(found, tuple) else found.value
