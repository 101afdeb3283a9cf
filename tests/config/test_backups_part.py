"""`backups` in panel.yaml."""

import pytest

from monitor.config.panel_file import read_panel
from monitor.settings import Backups

PANEL = "panel: P\nforce: F\nreport: {to: To, title: T, author: A}\n"  # ends in line 3


@pytest.mark.parametrize(
    "written, wanted",
    [
        ("", Backups(folder="backups", daily=7, weekly=8, monthly=12)),
        ("backups: {folder: /mnt/nas/topical}\n", Backups(folder="/mnt/nas/topical")),
        ("backups: {daily: 1, weekly: 0, monthly: 0}\n", Backups(daily=1, weekly=0, monthly=0)),
    ],
)
def test_backups_are_read(tmp_path, written, wanted):
    (tmp_path / "panel.yaml").write_text(PANEL + written)
    assert read_panel(tmp_path / "panel.yaml").value.backups == wanted


@pytest.mark.parametrize(
    "written, said",
    [
        ("{daily: 0}", "4: backups.daily: "),
        ("{monthly: -1}", "4: backups.monthly: "),
        ("{folder: 3}", "4: backups.folder: "),
        ("{yearly: 5}", "4: backups.yearly: no such key"),
    ],
)
def test_mistakes_are_named(tmp_path, written, said):
    (tmp_path / "panel.yaml").write_text(f"{PANEL}backups: {written}\n")
    (mistake,) = read_panel(tmp_path / "panel.yaml")
    assert str(mistake).startswith(f"panel.yaml:{said}")
