"""`backups` in panel.yaml: where copies of the archive are put, and how many are kept."""

from pydantic import Field

from monitor.config.values import Section, Text
from monitor.settings import Backups

_USUAL = Backups()


class BackupsSection(Section):
    folder: Text = Field(
        default=_USUAL.folder, description="Below the data folder, or a full path: best on another disk."
    )
    daily: int = Field(default=_USUAL.daily, ge=1, le=366, description="Of so many days the last is kept.")
    weekly: int = Field(default=_USUAL.weekly, ge=0, le=520, description="Likewise of so many weeks.")
    monthly: int = Field(default=_USUAL.monthly, ge=0, le=120, description="Likewise of so many months.")


def backups_of(section: BackupsSection) -> Backups:
    return Backups(folder=section.folder, daily=section.daily, weekly=section.weekly, monthly=section.monthly)
