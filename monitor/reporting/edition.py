"""Stories with verdicts -> the edition: everything the report prints, before a document is made of it.

1. *Speaker.* One article speaks for its story: the one with the strongest verdict (include, then borderline, then
   exclude; then the score); among equals the one whose page was read, then the longest text, the earliest, the id.
2. *In, near, out.* An included story becomes an item; a borderline one a near miss, named beside the report with its
   reason; an excluded one is only counted. The counts add up: stories = in + near + out.
3. *Order.* Thames Valley before national, then by score, then the newest first: both reports that the panel's
   officer filed in 2021 and 2023 open with a critical or statistical story on the force. Stories with the same first
   topic stand together, in the place of the first of them, as funding and the commissioner's announcements do there.
   The officer's own order replaces this one.
4. *Heading.* The speaker's title on one line; where there is none, the outlet and the day.
5. *Quoted article.* The speaker, if its outlet's licence allows an excerpt and it has text; else the article of the
   story that does, with the fullest text; else the speaker, without an excerpt.
6. *Links.* One for each article: the quoted one's, then other reports, then copies, each by day; one outlet's
   address never twice. A copy of a copy of the quoted article is its copy.
7. *Excerpt.* Whole paragraphs from the top, as the licence says: `none` nothing, `full` everything, `lead` at least
   `least` and at most `most` of them, none begun beyond `words` words. A paragraph that only repeats the heading is
   left out. A list's introduction ("The money goes to:") does not end an excerpt that leaves its list out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.model import (
    Area,
    Article,
    Basis,
    Choice,
    Edition,
    Item,
    ItemLink,
    JudgedStory,
    Kinship,
    Link,
    NearMiss,
    ReadingHealth,
    ReportHeader,
    Story,
    TextFrom,
    Verdict,
    Window,
)
from monitor.reporting.wording import day_in_london, one_line, say_day
from monitor.settings import Excerpt, ExcerptLength, Feed

STRONGEST_FIRST = (Choice.INCLUDE, Choice.BORDERLINE, Choice.EXCLUDE)
NEAREST_FIRST = (Area.THAMES_VALLEY, Area.NATIONAL, Area.ELSEWHERE)
STRICTEST_FIRST = (Excerpt.NONE, Excerpt.LEAD, Excerpt.FULL)
QUOTED_FIRST = (None, Kinship.REPORT, Kinship.COPY)


def speaker(story: Story, verdicts: Mapping[str, Verdict]) -> JudgedStory:
    """The story with the verdict of the article that speaks for it; `verdicts` are by article id, one for each."""

    def strength(article: Article) -> tuple[object, ...]:
        verdict = verdicts[article.id]
        return (STRONGEST_FIRST.index(verdict.choice), -verdict.score, *_fullness(article))

    chosen = min(story.articles, key=strength)
    return JudgedStory(story=story, verdict=verdicts[chosen.id], speaker=chosen)


def _fullness(article: Article) -> tuple[object, ...]:
    return (article.text_from is not TextFrom.PAGE, -len(article.text), article.published, article.id)


def assemble(
    judged: Sequence[JudgedStory],
    *,
    header: ReportHeader,
    made: datetime,
    window: Window,
    health: ReadingHealth,
    feeds: Sequence[Feed],
    length: ExcerptLength,
    rules_digest: str,
) -> Edition:
    """The edition of a window's stories, not yet numbered. Blind to the order in which the stories come.

    `feeds` are all those configured: they hold the outlets' licences.
    """
    in_order = _in_reading_order(judged)
    included = [one for one in in_order if one.verdict.choice is Choice.INCLUDE]
    near = [one for one in in_order if one.verdict.choice is Choice.BORDERLINE]
    articles = sorted(article.id for one in judged for article in one.story.articles)
    return Edition(
        number=0,
        made=made,
        header=header,
        items=tuple(_item(one, feeds, length) for one in included),
        near_misses=tuple(_near_miss(one) for one in near),
        basis=Basis(
            window=window,
            articles=len(articles),
            stories=len(judged),
            included=len(included),
            near=len(near),
            out=sum(one.verdict.choice is Choice.EXCLUDE for one in judged),
            health=health,
        ),
        rules_digest=rules_digest,
        articles=tuple(articles),
    )


def _in_reading_order(judged: Sequence[JudgedStory]) -> list[JudgedStory]:
    by_weight = sorted(judged, key=_weight)
    places: dict[str, int] = {}
    for place, one in enumerate(by_weight):
        places.setdefault(_subject(one), place)
    return sorted(by_weight, key=lambda one: places[_subject(one)])


def _weight(one: JudgedStory) -> tuple[object, ...]:
    verdict = one.verdict
    return (
        NEAREST_FIRST.index(verdict.area),
        -verdict.score,
        -one.speaker.published.timestamp(),
        one.story.id,
    )


def _subject(one: JudgedStory) -> str:
    """The choice is part of it: a near miss does not draw an item to the front."""
    return f"{one.verdict.choice} {one.verdict.topics[0] if one.verdict.topics else one.story.id}"


def _heading(article: Article) -> str:
    return (
        one_line(article.title) or f"{one_line(article.outlet)}, {say_day(day_in_london(article.published))}"
    )


def _item(one: JudgedStory, feeds: Sequence[Feed], length: ExcerptLength) -> Item:
    heading = _heading(one.speaker)
    quoted = _quoted(one, feeds)
    return Item(
        story=one.story.id,
        heading=heading,
        links=_links(one.story, quoted),
        excerpt=_excerpt(quoted, heading, _licence(quoted, feeds), length),
        area=one.verdict.area,
        topics=one.verdict.topics,
        councils=one.verdict.councils,
        score=one.verdict.score,
        reason=one.verdict.reason,
    )


def _near_miss(one: JudgedStory) -> NearMiss:
    return NearMiss(
        title=_heading(one.speaker),
        outlet=one_line(one.speaker.outlet),
        url=one.speaker.url,
        published=day_in_london(one.speaker.published),
        reason=one.verdict.reason,
    )


def _licence(article: Article, feeds: Sequence[Feed]) -> Excerpt:
    """The outlet's, the strictest where its feeds differ; for a stranger in an aggregator's feed, that feed's."""
    own = [feed.excerpt for feed in feeds if feed.name == article.outlet]
    borrowed = [feed.excerpt for feed in feeds if feed.url == article.feed]
    return min(own or borrowed, key=STRICTEST_FIRST.index, default=Excerpt.LEAD)


def _quoted(one: JudgedStory, feeds: Sequence[Feed]) -> Article:
    able = [
        article
        for article in one.story.articles
        if article.paragraphs and _licence(article, feeds) is not Excerpt.NONE
    ]
    return one.speaker if one.speaker in able else min(able, key=_fullness, default=one.speaker)


def _links(story: Story, quoted: Article) -> tuple[ItemLink, ...]:
    copies = _copies(quoted.id, story.links)

    def kinship(article: Article) -> Kinship | None:
        if article.id == quoted.id:
            return None
        return Kinship.COPY if article.id in copies else Kinship.REPORT

    links = [
        ItemLink(
            outlet=one_line(article.outlet),
            url=article.url,
            published=day_in_london(article.published),
            published_is_guess=article.published_is_guess,
            kinship=kinship(article),
            article=article.id,
        )
        for article in story.articles
    ]
    links.sort(key=lambda link: (QUOTED_FIRST.index(link.kinship), link.published, link.outlet, link.article))
    first = {(link.outlet, link.url): link for link in reversed(links)}
    return tuple(link for link in links if first[link.outlet, link.url] is link)


def _copies(article: str, links: Sequence[Link]) -> set[str]:
    """The ids of all that share the article's text, straight or through another copy; its own among them."""
    pairs = [(link.one, link.two) for link in links if link.kinship is Kinship.COPY]
    reached = {article}
    while further := {end for pair in pairs if reached.intersection(pair) for end in pair} - reached:
        reached |= further
    return reached


def _excerpt(article: Article, heading: str, licence: Excerpt, length: ExcerptLength) -> tuple[str, ...]:
    if licence is Excerpt.NONE:
        return ()
    lines = (one_line(paragraph) for paragraph in article.paragraphs)
    paragraphs = tuple(line for line in lines if line and _letters(line) != _letters(heading))
    return paragraphs if licence is Excerpt.FULL else _lead(paragraphs, length)


def _letters(text: str) -> str:
    """What is left of a line when case, spaces and punctuation do not count."""
    return "".join(filter(str.isalnum, text.casefold())) or text


def _lead(paragraphs: tuple[str, ...], length: ExcerptLength) -> tuple[str, ...]:
    taken: list[str] = []
    words = 0
    for paragraph in paragraphs[: length.most]:
        if len(taken) >= length.least and words >= length.words:
            break
        taken.append(paragraph)
        words += len(paragraph.split())
    while 1 < len(taken) < len(paragraphs) and taken[-1].endswith(":"):
        taken.pop()
    return tuple(taken)
