"""How things stand, in the text form that Prometheus reads from a file (node_exporter's textfile collector). Pure.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format. A moment is given as such, in seconds
since 1970, and never as an age, which would stand still when nobody writes the file any more: an alert asks for
`time() - topical_issues_last_success_timestamp_seconds`. What is not known has no line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from monitor.model import QueueState, Run

PREFIX = "topical_issues_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted where the archive can be read."""

    last_success: Mapping[str, datetime]  # by job: when its last run that went well began
    last_runs: tuple[Run, ...]  # the last of each job
    runs: Mapping[tuple[str, bool], int]  # by job, and whether it went well: those that the archive keeps
    articles: int
    feeds: Mapping[str, int]  # on, failing, silent, paused
    undelivered: int
    archive_bytes: int
    edition: datetime | None  # when the newest draft was made
    newest_article: datetime | None  # when it was first seen
    addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of the feeds, by state
    queue: QueueState | None = None  # what workers have in hand, where many share the archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    version: str
    written: datetime
    needs: Mapping[str, int]  # by kind, those of which there are none too
    counted: Counted | None  # None: the archive cannot be read


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    help: str
    samples: Iterable[tuple[Mapping[str, str], float]] = field(default_factory=tuple)

    def lines(self) -> Iterator[str]:
        """Nothing without a sample: a heading alone would be read as a figure that is never there."""
        samples = list(self.samples)
        if samples:
            yield f"# HELP {PREFIX}{self.name} {_help(self.help)}"
            yield f"# TYPE {PREFIX}{self.name} gauge"
        for labels, value in samples:
            yield f"{PREFIX}{self.name}{_labels(labels)} {_number(value)}"


def write_figures(figures: Figures) -> str:
    families = (*_always(figures), *(_counted(figures.counted) if figures.counted else ()))
    return "".join(f"{line}\n" for family in families for line in family.lines())


def _always(figures: Figures) -> Iterator[_Family]:
    yield _Family("info", "The version that wrote this.", [({"version": figures.version}, 1)])
    yield _one("written_timestamp_seconds", "When this was written.", figures.written.timestamp())
    yield _one(
        "archive_readable", "Whether the archive could be read; 0 wants a person.", bool(figures.counted)
    )
    needs = [({"kind": kind}, float(count)) for kind, count in sorted(figures.needs.items())]
    yield _Family("needs", "Things that need a person, by kind, as `monitor status` names them.", needs)


def _counted(counted: Counted) -> Iterator[_Family]:
    yield _Family(
        "last_success_timestamp_seconds",
        "When the last run of the job that went well began.",
        [({"job": job}, moment.timestamp()) for job, moment in sorted(counted.last_success.items())],
    )
    yield _Family(
        "last_run_timestamp_seconds",
        "When the last run of the job ended.",
        [({"job": run.job}, run.ended.timestamp()) for run in counted.last_runs],
    )
    yield _Family(
        "last_run_ok",
        "Whether the last run of the job went well.",
        [({"job": run.job}, run.ok) for run in counted.last_runs],
    )
    yield _Family(
        "last_run_duration_seconds",
        "How long the last run of the job took.",
        [({"job": run.job}, (run.ended - run.started).total_seconds()) for run in counted.last_runs],
    )
    yield _Family(
        "runs",
        "Runs that the archive keeps a record of, by job and outcome.",
        [
            ({"job": job, "outcome": "ok" if ok else "failed"}, float(count))
            for (job, ok), count in sorted(counted.runs.items())
        ],
    )
    yield _one("articles", "Articles in the archive.", counted.articles)
    feeds = [({"state": state}, float(count)) for state, count in counted.feeds.items()]
    yield _Family("feeds", "Feeds by state; one that fails or is silent is also counted as on.", feeds)
    yield _one("messages_undelivered", "E-mails of drafts that not everybody has.", counted.undelivered)
    yield _one(
        "archive_bytes", "Size of the archive, with what was not yet folded into it.", counted.archive_bytes
    )
    yield _moment("last_edition_timestamp_seconds", "When the newest draft was made.", counted.edition)
    yield _moment(
        "newest_article_timestamp_seconds",
        "When the newest article was first seen.",
        counted.newest_article,
    )
    if counted.queue:
        yield from _queue(counted.queue)


def _queue(queue: QueueState) -> Iterator[_Family]:
    yield _one("workers", "Workers of the queue that were heard of within a minute.", queue.workers)
    jobs = [
        ({"task": task.task, "state": state}, float(count))
        for task in queue.tasks
        for state, count in (("waiting", task.waiting), ("running", task.running))
    ]
    yield _Family("jobs", "Jobs in the queue, by what is done and whether it waits or runs.", jobs)
    waiting = [task.since.timestamp() for task in queue.tasks if task.since]
    oldest = datetime.fromtimestamp(min(waiting), UTC) if waiting else None
    yield _moment("job_waiting_since_timestamp_seconds", "Since when the oldest waiting job waits.", oldest)
    yield _one(
        "jobs_given_up", "Jobs of the last three days that failed or were given up.", len(queue.failed)
    )


def _one(name: str, help: str, value: float) -> _Family:
    return _Family(name, help, [({}, value)])


def _moment(name: str, help: str, moment: datetime | None) -> _Family:
    return _Family(name, help, [({}, moment.timestamp())] if moment else ())


def _help(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_quoted(value)}"' for name, value in labels.items()) + "}"


def _quoted(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    """Without an exponent, so that a person can read it too."""
    return str(int(value)) if value == int(value) else f"{value:.3f}"
