"""The stories that were found, as the results show them: the sentence that hits, the verdict of the index, and where the
story stands in the report under review."""

from dataclasses import dataclass
from datetime import datetime

from monitor.app.workspace import Workspace
from monitor.model import Article, Found, Results, Said, Term
from monitor.pipeline.reviewing import Stand
from monitor.reporting.searching.facets import VERDICTS
from monitor.reporting.searching.hits import Segment, hit_of, marked
from monitor.reporting.wording import one_line

_SAID = {Said.DROPPED: "Dropped", Said.LATER: "Put off to the next report"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story as the results show it."""

    id: str
    title: tuple[Segment, ...]
    heading: str
    sentence: tuple[Segment, ...]
    outlet: str
    url: str
    published: datetime
    published_is_guess: bool
    received: datetime
    verdict: str  # in a word; "" where it is not judged yet by the rules in force
    why: str
    stands: str  # where in the newest draft, in words; "" where it does not
    is_in: bool  # it is in the report, or was taken since the draft


def hits_of(workspace: Workspace, results: Results, term: Term, at: Stand) -> tuple[Hit, ...]:
    """A story that went from the archive meanwhile is not shown."""
    articles = {one.id: one for one in workspace.store.articles.named(one.article for one in results.found)}
    stands = _standing(at)
    return tuple(
        _hit(articles[one.article], one, term, *stands.get(one.article, ("", False)))
        for one in results.found
        if one.article in articles
    )


def _hit(article: Article, found: Found, term: Term, stands: str, is_in: bool) -> Hit:
    title = one_line(article.title)
    verdict = found.verdict
    return Hit(
        id=article.id,
        title=marked(title, term),
        heading=title,
        sentence=hit_of(article.text, term),
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        published_is_guess=article.published_is_guess,
        received=article.first_seen,
        verdict=VERDICTS[verdict.choice] if verdict else "",
        why=verdict.reason if verdict else "",
        stands=stands,
        is_in=is_in,
    )


def _standing(at: Stand) -> dict[str, tuple[str, bool]]:
    """Where each article stands in the newest draft, or what was said of it since."""
    found: dict[str, tuple[str, bool]] = {}
    if draft := at.edition:
        for number, item in enumerate(draft.items, 1):
            found |= dict.fromkeys(item.articles, (f"Item {number} of draft {draft.number}", True))
        for item in draft.further:
            found |= dict.fromkeys(
                item.articles, (f"Among the further stories of draft {draft.number}", False)
            )
        for miss in draft.near_misses:
            found |= dict.fromkeys(miss.articles, (f"A near miss of draft {draft.number}", False))
    for decision in at.past.decisions:
        if decision.said in _SAID:
            found |= dict.fromkeys(decision.articles, (_SAID[decision.said], False))
        elif decision.said is Said.TAKEN:
            found |= {
                one: ("Taken in; the next document has it", True)
                for one in decision.articles
                if not found.get(one, ("", False))[1]
            }
    return found
