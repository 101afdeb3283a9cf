"""The ways by which the operator is told, as the environment and panel.yaml name them, and what is wrong with them.

    MONITOR_PING_POLL, MONITOR_PING_WEEKLY, MONITOR_PING_HOUSEKEEPING
                         an address for each job; it is a secret, so a file may hold it (MONITOR_PING_POLL_FILE)
    MONITOR_METRICS      a file for Prometheus (`--metrics`)
    delivery.operator    in panel.yaml: who is mailed where a person must act

Light to import: `check` looks at them too.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from monitor.app.secrets import PING, secret
from monitor.errors import InputError
from monitor.paths import is_folder
from monitor.reporting.telling.address import mistake_in


class Job(StrEnum):
    """The jobs whose runs are told of."""

    POLL = "poll"
    WEEKLY = "weekly"
    HOUSEKEEPING = "housekeeping"


@dataclass(frozen=True, slots=True)
class Written:
    """What the environment names, as far as it can be used."""

    pings: Mapping[Job, str]
    mistakes: tuple[str, ...]  # a sentence each; none repeats a secret


def variable(job: Job) -> str:
    return f"{PING}{job.upper()}"


def written(environment: Mapping[str, str]) -> Written:
    pings: dict[Job, str] = {}
    mistakes = []
    for job in Job:
        try:
            address = secret(variable(job), environment)
        except InputError as error:
            mistakes.append(str(error))
            continue
        if address and (what := mistake_in(address)):
            mistakes.append(
                f"The environment variable {variable(job)} {what}: write an address to ping, as in "
                "https://hc-ping.com/ and the check's UUID."
            )
        elif address:
            pings[job] = address
    unknown = sorted(_unknown(environment))
    names = ", ".join(map(variable, Job))
    mistakes += [f"The environment variable {name} is of no job: write one of {names}." for name in unknown]
    return Written(pings, tuple(mistakes))


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    known = {variable(job) for job in Job}
    for name in environment:
        if name.startswith(PING) and name.removesuffix("_FILE") not in known:
            yield name


def understood(metrics: Path | None, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What `check` says of the channels. Raises InputError with every mistake in them."""
    found = written(os.environ if environment is None else environment)
    mistakes = (*found.mistakes, *_mistakes_of(metrics))
    if mistakes:
        raise InputError("\n".join(mistakes))
    pinged = [f"Pinged when it begins and ends: {', '.join(found.pings)}"] if found.pings else []
    return (*pinged, *([f"Figures for Prometheus go to: {metrics}"] if metrics else []))


def _mistakes_of(metrics: Path | None) -> Iterator[str]:
    if metrics is None:
        return
    if is_folder(metrics):
        yield f"--metrics (MONITOR_METRICS) names {metrics}, which is a folder: name a file in it that ends in .prom."
        return
    if metrics.suffix != ".prom":
        yield f"--metrics (MONITOR_METRICS) names {metrics}, and node_exporter reads files that end in .prom alone."
    if not is_folder(metrics.parent):
        yield f"--metrics (MONITOR_METRICS) names {metrics}, and there is no folder {metrics.parent}: make it."
    elif not os.access(metrics.parent, os.W_OK | os.X_OK):
        yield f"--metrics (MONITOR_METRICS) names {metrics}, and {metrics.parent} cannot be written."
