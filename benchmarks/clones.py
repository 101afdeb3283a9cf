"""Clones of public repositories in a folder, each known by a file in it, whatever its own folder is called."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Clone:
    url: str  # where it is from
    mark: str  # a file or folder that it alone has

    def within(self, folder: Path) -> Path | None:
        """The clone's folder: this one, or one in it; None where it is not there."""
        for place in (folder, *sorted(folder.iterdir())):
            if (place / self.mark).exists():
                return place
        return None

    def is_missing(self, folder: Path) -> str:
        return f"left out, since {self.mark} is in no folder of {folder}: git clone {self.url}"


NEWS_PAGES = Clone("https://github.com/scrapinghub/article-extraction-benchmark", "ground-truth.json")
UK_PAGES = Clone("https://github.com/flairNLP/fundus", "tests/resources/parser/test_data/uk/meta.info")
DATED_PAGES = Clone("https://github.com/adbar/htmldate", "tests/eval_default.json")
FEEDS = Clone("https://github.com/kurtmckee/feedparser", "tests/wellformed")
QUICK_FEEDS = Clone("https://github.com/kagisearch/fastfeedparser", "tests/integration")
