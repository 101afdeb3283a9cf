"""Which of the feeds a panel wants: `feeds` in panel.yaml, held against feeds.yaml.

Left out, the panel wants every feed. Beyond the shape, these are mistakes: an area that no feed has, a name that no
feed has, and neither of both.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from pydantic import Field, model_validator

from monitor.config.values import Section, Text
from monitor.config.yamlfile import Document
from monitor.errors import Mistake
from monitor.settings import Feed, FeedsWanted

MOST_NAMED = 12  # in one line


class WantedSection(Section):
    areas: list[Text] = Field(
        default_factory=list, description="Feeds that have one of these as `area`.", examples=["[Wessex]"]
    )
    names: list[Text] = Field(
        default_factory=list, description="Feeds that are called so.", examples=["[Wessex Courier]"]
    )

    @model_validator(mode="after")
    def _of_some(self) -> Self:
        if not (self.areas or self.names):
            raise ValueError("names no feed: list `areas` or `names`, or delete it, for every feed")
        return self


def wanted_of(section: WantedSection | None) -> FeedsWanted | None:
    return FeedsWanted(areas=tuple(section.areas), names=tuple(section.names)) if section else None


def narrowed(feeds: Sequence[Feed], wanted: FeedsWanted | None) -> tuple[Feed, ...]:
    if wanted is None:
        return tuple(feeds)
    areas, names = set(map(_plain, wanted.areas)), set(map(_plain, wanted.names))
    return tuple(feed for feed in feeds if _plain(feed.area or "") in areas or _plain(feed.name) in names)


def unknown_in(document: Document, feeds: Sequence[Feed]) -> Iterator[Mistake]:
    known = {"areas": [feed.area for feed in feeds if feed.area], "names": [feed.name for feed in feeds]}
    for key, all_of_them in known.items():
        written = {_plain(one) for one in all_of_them}
        for where, one in document.each("feeds", key, "*"):
            if isinstance(one, str) and _plain(one) and _plain(one) not in written:
                what = "has the area" if key == "areas" else "is called"
                yield document.mistake(
                    where, f"no feed in feeds.yaml {what} {one}: {_meant(one, all_of_them)}"
                )


def _meant(written: str, known: Iterable[str]) -> str:
    names = sorted(set(known))
    if close := difflib.get_close_matches(written, names, n=1):
        return f"did you mean `{close[0]}`?"
    if not names:
        return "no feed has one yet"
    more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"there are {', '.join(f'`{name}`' for name in names[:MOST_NAMED])}{more}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
