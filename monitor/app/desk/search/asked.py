"""What is asked for in an address, and as it is understood: words, filters and days, or what is wrong with them."""

from dataclasses import dataclass
from datetime import date

from monitor.model import Dated, Facet, Narrowed, Only, Order, Term, Words
from monitor.reporting.searching.facets import Option, Options, meant, unknown
from monitor.reporting.searching.read import Read, Typed, day_of, read
from monitor.reporting.searching.said import say_days, say_term


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As the address has it."""

    q: str = ""
    outlet: str = ""
    topic: str = ""
    area: str = ""
    council: str = ""
    verdict: str = ""
    since: str = ""
    until: str = ""
    dated: Dated = Dated.PUBLISHED
    order: Order = Order.NEWEST
    after: str = ""

    def of(self, facet: Facet) -> str:
        return str(getattr(self, facet.value))

    @property
    def arguments(self) -> dict[str, str]:
        """For an address; what is as it is anyway is left out."""
        plain = Asked()
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: str(value) for name, value in values.items() if value != getattr(plain, name)}

    @property
    def first(self) -> dict[str, str]:
        """Likewise, from the first page on."""
        return {name: value for name, value in self.arguments.items() if name != "after"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    read: Read
    narrowed: Narrowed
    how: str
    mistakes: tuple[tuple[str, str], ...]

    @property
    def term(self) -> Term:
        return self.read.term

    @property
    def is_empty(self) -> bool:
        return self.read.is_empty and self.narrowed == Narrowed(dated=self.narrowed.dated)

    @property
    def words(self) -> str:
        """As they may stand in topics.yaml; only plain words may."""
        return say_term(self.term).replace("the phrase ", "").strip("“”") if _is_plain(self.term) else ""


def _is_plain(term: Term) -> bool:
    return isinstance(term, Words) and not term.is_stem


def understood(asked: Asked, options: Options) -> Wanted:
    found = read(asked.q)
    mistakes = [("q", one) for one in found.mistakes]
    chosen = [(facet.value, Typed(facet, asked.of(facet))) for facet in Facet if asked.of(facet)]
    only: list[Only] = []
    says: list[str] = []
    for name, typed in [*(("q", one) for one in found.only), *chosen]:
        values = meant(typed.value, options[typed.facet])
        if not values:
            mistakes.append((name, unknown(typed.facet, typed.value, options[typed.facet])))
            continue
        only.append(Only(typed.facet, tuple(one.value for one in values), typed.is_not))
        says.append(_say_facet(typed, values))
    since, until, wrong = _days(asked, found)
    narrowed = Narrowed(only=tuple(only), since=since, until=until, dated=asked.dated)
    parts = [say_term(found.term), *says, say_days(since, until, asked.dated)]
    how = ", ".join(filter(None, parts))
    return Wanted(read=found, narrowed=narrowed, how=how, mistakes=(*mistakes, *wrong))


def _say_facet(typed: Typed, values: tuple[Option, ...]) -> str:
    names = " or ".join(one.name for one in values)
    return f"{'not ' if typed.is_not else ''}{typed.facet} {names}"


def _days(asked: Asked, found: Read) -> tuple[date | None, date | None, list[tuple[str, str]]]:
    """The narrower of what was typed and what was chosen."""
    wrong = []
    days: dict[str, date | None] = {"since": found.since, "until": found.until}
    for name, narrower in (("since", max), ("until", min)):
        written = getattr(asked, name)
        if not written:
            continue
        day = day_of(written, is_last=name == "until")
        if day is None:
            wrong.append((name, f"“{written[:40]}” is no day. Write it as 2026-11-28 or 28/11/2026."))
        else:
            days[name] = narrower(filter(None, (day, days[name])))
    since, until = days["since"], days["until"]
    if since and until and since > until and not wrong and not found.mistakes:
        wrong.append(("since", "The first day is after the last, so nothing can be found."))
    return since, until, wrong
