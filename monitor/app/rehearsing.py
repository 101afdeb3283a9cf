"""backtest, and check --usage: rules over the stored weeks. Both read the archive and change nothing."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor.app.workspace import Workspace, workspace_to_read
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded
from monitor.errors import ConfigError, InputError
from monitor.judging.backtest import Backtest
from monitor.judging.backtest import backtest as compare
from monitor.judging.classify import prepare
from monitor.judging.usage import usage as used
from monitor.model import Article, Window
from monitor.settings import Rules


def backtest(config_folder: Path, data: Path, rules: Path, weeks: int, now: datetime) -> Backtest:
    """What the topics.yaml at `rules` would have gained and lost. Raises ConfigError with its mistakes."""
    tried = _rules(rules)
    with workspace_to_read(config_folder, data) as workspace:
        articles, gazetteer = _stored(workspace, weeks, now), workspace.config.gazetteer
        before = prepare(workspace.config.rules, gazetteer)
        return compare(articles, gazetteer, before=before, after=prepare(tried, gazetteer))


def usage(config_folder: Path, data: Path, weeks: int, now: datetime) -> Iterator[str]:
    """What each phrase did in the stored weeks, for a person."""
    with workspace_to_read(config_folder, data) as workspace:
        articles = _stored(workspace, weeks, now)
        yield from used(articles, workspace.config.rules, workspace.config.gazetteer).lines()


def _rules(path: Path) -> Rules:
    if not os.path.isfile(path):  # no, too, where its folder may not be looked into
        raise InputError(f"{path} is no file that can be read: name a topics.yaml.")
    loaded = read_topics(path)
    if not isinstance(loaded, Loaded):
        raise ConfigError([replace(mistake, file=str(path)) for mistake in loaded])
    return loaded.value


def _stored(workspace: Workspace, weeks: int, now: datetime) -> tuple[Article, ...]:
    return workspace.store.articles.of(Window(since=now - timedelta(weeks=weeks), until=now))
