"""One story, as a person looks at it: its text with the hits, why it is in or out and what would turn that, what each
outlet copied and what is its own, what became of the pages, and the editions in which it stood.

    the review's card | its articles | judged in full | against one another

A story is asked for by its id or by that of one of its articles. What stands in no list of the review is a story of one
article: others of its event are found when a draft is made. Nothing is judged but the story's own articles, so this
takes milliseconds in an archive of any size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.report.stood import Stood, stood_in
from monitor.app.workspace import Workspace
from monitor.judging.classify import Judge, prepare
from monitor.judging.copied import Copied, copied
from monitor.judging.explain import FIELDS, Asked, answers
from monitor.judging.marked import Piece, marked_paragraphs, marked_title
from monitor.model import Article, Choice, Evidence, ItemLink, Kinship, Revision, Story, Verdict
from monitor.model.review import Card, Review, Stage
from monitor.pipeline.pages import readable_ones
from monitor.pipeline.places import with_places
from monitor.pipeline.reviewing import Reviewing
from monitor.reporting.edition.assemble import speaker
from monitor.reporting.edition.cycle import reports
from monitor.reporting.wording import day_in_london
from monitor.settings import Config
from monitor.store.forgetting import FORGOTTEN

CHOICES = {Choice.INCLUDE: "in", Choice.BORDERLINE: "a near miss", Choice.EXCLUDE: "out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A hit as a row: which rule, its words, where, and what it added."""

    rule: str  # for a person: "raises: figures"
    phrase: str
    where: str  # "headline"
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One article of the story, beside the one whose text is shown."""

    article: Article
    is_shown: bool
    is_lead: bool  # the report quotes it, or would
    kinship: Kinship | None  # as the report's link has it; None: the quoted one, or it stands alone
    against: Copied | None  # what of it stands in the text that is shown; None: it is that text, or has none
    revisions: tuple[Revision, ...] = ()  # what became of its page, first to last
    unread: str = ""  # why its page could not be read again, when it was last asked for
    choice: str = ""  # what the rules say of it alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the rules of this moment say of the text that is shown."""

    verdict: Verdict
    choice: str  # "in", "a near miss", "out"
    answers: tuple[Asked, ...]
    counted: tuple[Counted, ...]  # in the order of the text; they add up, with `unsunk`, to the score
    placed: tuple[Counted, ...]  # what only helped to say where and of what it is
    unsunk: int  # what is added because it does not open with one case
    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    topics: tuple[str, ...]  # names
    councils: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryShown:
    id: str  # that of the story, for the acts
    heading: str
    card: Card | None  # as the review has it; None: it stands in none of its lists
    article: Article | None  # whose text is shown; None where nothing of it is stored
    judged: Judged | None
    outlets: tuple[Outlet, ...] = ()
    editions: tuple[Stood, ...] = ()
    is_forgotten: bool = False  # of the article only the headline is left
    missing: tuple[ItemLink, ...] = ()  # links of the story whose article is not stored
    printed: Stood | None = None  # in the newest report that the panel has and that holds it


def story_shown(desk: OpenDesk, id: str, seen: Review, text: str = "") -> StoryShown | None:
    """None where neither a story nor an article has this id. `text`: the article whose text is wanted; where it is none
    of the story's, that which was asked for, or the one that the report quotes."""
    card = card_of(seen, id)
    with desk.reading() as workspace:
        links = card.links if card else ()
        ids = [link.article for link in links] or [card.story if card else id]
        articles = _articles(workspace, ids)
        if card is None and not articles:
            return None
        shown = _shown(workspace, id, text, card, links, articles)
        is_past = card is None or seen.stage is Stage.ISSUED
        return replace(shown, printed=_printed(desk, workspace, shown)) if is_past else shown


def _printed(desk: OpenDesk, workspace: Workspace, shown: StoryShown) -> Stood | None:
    """What the officer struck from a draft before it was issued was not printed, whatever the draft says."""
    store, panel, today = workspace.store, workspace.config.panel, day_in_london(desk.clock())
    past = Reviewing(store, workspace.config, desk.remembered).stand(today).past
    articles = (
        {one.article.id for one in shown.outlets} | {link.article for link in shown.missing} | {shown.id}
    )
    if all(articles.isdisjoint(one.articles) for one in past.reported):
        return None
    filed = {one.number for one in reports(store.editions.all(), panel.papers_days, today).values()}
    return next((one for one in shown.editions if one.number in filed and one.is_item), None)


def card_of(seen: Review, id: str) -> Card | None:
    """The card of a story, or of the one that has this article."""
    cards = (*seen.items, *seen.further, *seen.near, *seen.later, *seen.dropped, *seen.old)
    named = next((card for card in cards if card.story == id), None)
    return named or next((card for card in cards if any(link.article == id for link in card.links)), None)


def _articles(workspace: Workspace, ids: Sequence[str]) -> tuple[Article, ...]:
    """Those that are stored, in this order, without what recurs in their outlets' and with the addresses to print."""
    stored = {one.id: one for one in (workspace.store.articles.get(id) for id in dict.fromkeys(ids)) if one}
    found = (stored[id] for id in dict.fromkeys(ids) if id in stored)
    return with_places(readable_ones(workspace.store, found))


def _shown(
    workspace: Workspace,
    id: str,
    text: str,
    card: Card | None,
    links: Sequence[ItemLink],
    articles: tuple[Article, ...],
) -> StoryShown:
    config, store = workspace.config, workspace.store
    judge = prepare(config.rules, config.gazetteer)
    verdicts = {article.id: judge.in_brief(article) for article in articles}
    wanted = text or ("" if card and id == card.story else id)
    shown = _to_show(wanted, articles, links, verdicts)
    known = {article.id for article in articles}
    ids = known | {link.article for link in links}
    return StoryShown(
        id=card.story if card else id,
        heading=card.heading if card else (shown.title if shown else id),
        card=card,
        article=shown,
        judged=_judged(shown, judge, config) if shown else None,
        outlets=_outlets(workspace, shown, articles, links, verdicts) if shown else (),
        editions=stood_in(store, ids | {card.story if card else id}),
        is_forgotten=shown is not None and shown.text_reason == FORGOTTEN,
        missing=tuple(link for link in links if link.article not in known),
    )


def _to_show(
    id: str, articles: tuple[Article, ...], links: Sequence[ItemLink], verdicts: Mapping[str, Verdict]
) -> Article | None:
    """The article that was asked for; else the one that the report quotes; else the one that speaks for the story."""
    if not articles:
        return None
    quoted = [link.article for link in links if link.kinship is None]
    wanted = next((one for each in (id, *quoted) for one in articles if one.id == each), None)
    return wanted or speaker(Story(id=articles[0].id, articles=articles), verdicts).speaker


def _judged(article: Article, judge: Judge, config: Config) -> Judged:
    verdict, rules = judge.verdict(article), config.rules
    counted = tuple(_row(one, config) for one in verdict.evidence if one.points)
    placed = dict.fromkeys(_row(one, config) for one in verdict.evidence if not one.points)
    names = {topic.id: topic.name for topic in rules.topics}
    councils = {council.id: council.name for council in config.gazetteer.councils}
    return Judged(
        verdict=verdict,
        choice=CHOICES[verdict.choice],
        answers=answers(verdict, judge.whereabouts(article), rules, config.panel.area.name),
        counted=counted,
        placed=tuple(placed),
        unsunk=verdict.score - sum(one.points for one in counted),
        title=marked_title(article, verdict.evidence),
        paragraphs=marked_paragraphs(article, verdict.evidence),
        topics=tuple(names.get(topic, topic) for topic in verdict.topics),
        councils=tuple(councils.get(council, council) for council in verdict.councils),
    )


def _row(one: Evidence, config: Config) -> Counted:
    return Counted(
        rule=said_rule(one.rule, config), phrase=one.phrase, where=FIELDS[one.field], points=one.points
    )


def said_rule(rule: str, config: Config) -> str:
    """ "cue raise figures" -> "raises: figures"; "topic roads" -> "topic: Roads policing"."""
    kind, _, name = rule.partition(" ")
    if kind == "topic":
        names = {topic.id: topic.name for topic in config.rules.topics}
        return f"topic: {names.get(name, name)}"
    if kind == "cue":
        way, _, name = name.partition(" ")
        return f"{way}s: {name.replace('_', ' ')}"
    if kind == "place":
        councils = {council.id: council.name for council in config.gazetteer.councils}
        name = councils.get(name, name)
    return f"{kind}: {name.replace('_', ' ')}"


def _outlets(
    workspace: Workspace,
    shown: Article,
    articles: Iterable[Article],
    links: Sequence[ItemLink],
    verdicts: Mapping[str, Verdict],
) -> tuple[Outlet, ...]:
    kinships = {link.article: link.kinship for link in links}
    lead = next((link.article for link in links if link.kinship is None), shown.id)
    checks = workspace.store.articles.last_checks()
    articles = tuple(articles)
    revisions = workspace.store.articles.revisions(one.id for one in articles)
    return tuple(
        Outlet(
            article=one,
            is_shown=one.id == shown.id,
            is_lead=one.id == lead,
            kinship=kinships.get(one.id),
            against=copied(one.paragraphs, shown.paragraphs)
            if one.id != shown.id and one.paragraphs and shown.paragraphs
            else None,
            revisions=tuple(each for each in revisions if each.article == one.id),
            unread=(checks[one.id].unread or "") if one.id in checks else "",
            choice=CHOICES[verdicts[one.id].choice],
        )
        for one in articles
    )
