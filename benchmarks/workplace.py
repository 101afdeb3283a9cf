"""A configuration folder for a benchmark: the default rules, and feeds on this machine."""

from collections.abc import Sequence
from pathlib import Path

from monitor.config.defaults import write_defaults


def write_config(folder: Path, urls: Sequence[str], *, workers: int) -> None:
    lines = [
        "network:",
        '  user_agent: "TopicalIssuesMonitor/1.0 (benchmark; +mailto:bench@topical-issues.example)"',
        "  allow_private_addresses: true",
        f"  workers: {workers}",
        "defaults: {article: feed}",
        "feeds:",
    ]
    for number, url in enumerate(urls):
        lines += [f"  - name: Outlet {number}", f"    url: {url}"]
    (folder / "feeds.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    write_defaults(folder)
