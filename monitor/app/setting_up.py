"""init and check: what comes before the first run. Imports nothing that reads the web, so both answer at once."""

import os
from datetime import datetime
from pathlib import Path

from monitor.app.network import proxy_in
from monitor.app.typed import as_typed, monitor_as_called
from monitor.config.defaults import write_defaults
from monitor.config.folder import read_with_looks
from monitor.config.understood import summary
from monitor.errors import ConfigError
from monitor.reporting.wording import LONDON


def init(folder: Path) -> tuple[str, ...]:
    """Writes the default files where there are none, and says which."""
    written = write_defaults(folder)
    if not written:
        return (f"{folder} has all the files already; none was touched.",)
    config = "" if folder == Path() else f" --config {as_typed(folder)}"
    return (*(f"Written: {path}" for path in written), f"Next: {monitor_as_called()}{config} check")


def check(folder: Path, now: datetime) -> tuple[str, ...]:
    """What was understood of the configuration. Raises ConfigError with every mistake, also of what does not fit, and
    InputError where the environment holds one."""
    config, looks = read_with_looks(folder)
    if config.misfits:
        raise ConfigError(config.misfits)
    understood = summary(config, now.astimezone(LONDON).date(), looks)
    proxy_in(os.environ)
    return understood
