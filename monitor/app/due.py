"""Which panels' weekly work is to be done now, as the archive has it: a row that is missing there is what is due.

A timer alone never says so. What was tried and did not come off is tried again once an hour, as by the timetable of one
machine.
"""

from datetime import datetime, timedelta

from monitor.app.deliveries import DELIVERY, is_mailed
from monitor.app.installed import Installed
from monitor.app.weekly import WEEKLY
from monitor.app.workspace import Workspace
from monitor.pipeline.documents import unwritten
from monitor.reporting.delivery.state import to_try
from monitor.reporting.edition.cycle import edition_of_week, weekly_moment

AGAIN = timedelta(minutes=55)
SETTLED = timedelta(
    minutes=30
)  # after the first article: until then a draft would rest on the first feeds alone


def panels_due(installed: Installed, now: datetime) -> tuple[str, ...]:
    """By their names, which `--panel` takes where there are several."""
    return tuple(one.config.panel.area.id for one in installed.panels if is_weekly_due(one, now))


def is_weekly_due(workspace: Workspace, now: datetime) -> bool:
    """Whether the panel's draft of this week is missing, or a message or a document of an earlier one."""
    store, weekly = workspace.store, workspace.config.panel.weekly
    began = store.articles.beginning()
    if began is None or now - began < SETTLED:
        return False
    tried = max(
        filter(None, (store.runs.last_before(job, now, tried=True) for job in (WEEKLY, DELIVERY))),
        default=None,
    )
    if tried is not None and now - tried < AGAIN and tried >= weekly_moment(weekly, now):
        return False
    if edition_of_week(store.editions.all(), weekly, now) is None:
        return True
    is_to_mail = is_mailed(workspace) and bool(to_try(store.editions.messages(), now))
    return is_to_mail or any(unwritten(store, now))
