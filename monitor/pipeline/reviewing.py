"""The report that is being drafted, with what was decided since its newest draft; and an act on it.

stand    which editions, what was said | past | overlay (`reporting/reviewing`)
do       stand | decide | is it as the person saw it | store.decisions.add
withdraw, put_again   is it filed | store.decisions

- All that is said of a story goes through `decide`, whoever says it and by which way.
- An act that was made from an older state of the story, or of the order, is a conflict, unless it says what holds anyway.
- Nothing here judges: what is read are editions, words, and the few articles of the stories that were decided on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from monitor.judging.classify import prepare
from monitor.judging.priority import Circumstances, Scales, reliked
from monitor.model import (
    Article,
    Decision,
    Edition,
    Item,
    JudgedStory,
    KeptEdition,
    KeptWord,
    Learned,
    Source,
    Weight,
)
from monitor.model.acts import Act, Check, Move, Uncheck, Write
from monitor.model.review import Conflict, Done, Refused, Warning
from monitor.pipeline.choose import circumstances_of, liked_topics
from monitor.pipeline.places import with_places
from monitor.pipeline.remembered import Remembered, words_of
from monitor.pipeline.take import find_in, stored_name
from monitor.pipeline.unlearn import filed_since, say_filed
from monitor.reading.urls import article_id, host, normalise
from monitor.reporting.edition.arrange import weight_of
from monitor.reporting.edition.assemble import weighed
from monitor.reporting.edition.cycle import Before, before, next_meeting
from monitor.reporting.edition.item import excerpt_of
from monitor.reporting.edition.past import Past, look_back
from monitor.reporting.edition.record import learned_record
from monitor.reporting.reviewing.deciding import decide
from monitor.reporting.reviewing.deeds import Deed, Named, No, Table
from monitor.reporting.reviewing.overlay import Overlaid, Remade, everyone, overlay
from monitor.reporting.reviewing.parts import Workbench, claimed_by
from monitor.reporting.reviewing.standing import (
    is_same_order,
    listed,
    next_of,
    stands,
    version_for,
)
from monitor.reporting.reviewing.telling import last_of, said_in, side_of
from monitor.reporting.reviewing.versions import holding, states
from monitor.reporting.reviewing.warnings import warnings_of
from monitor.reporting.wording import day_in_london, say_moment
from monitor.settings import Config, Gazetteer, Rules
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How the report stands."""

    editions: tuple[KeptEdition, ...]
    meeting: date | None  # that is drafted for
    of: Before
    edition: Edition | None  # the newest draft towards it; None: there is none yet
    words: tuple[KeptWord, ...]
    past: Past
    now: Overlaid | None = None  # where it was worked out
    warnings: tuple[Warning, ...] = ()

    @property
    def number(self) -> int:
        return self.edition.number if self.edition else 0


@dataclass(frozen=True, slots=True)
class Reviewing:
    """One archive under review, for the length of a request."""

    store: Store
    config: Config
    remembered: Remembered

    def so_far(self, today: date) -> Stand:
        """What the next document is made from, beside the articles; not worked out."""
        panel, editions = self.config.panel, self.store.editions.all()
        meeting = next_meeting(panel.meetings, panel.papers_days, today, editions)
        of = before(editions, meeting, panel.papers_days, today)
        edition = self.remembered.whole(self.store, of.stood[-1]) if of.stood else None
        words = words_of(self.store)
        past = self.past(of, editions, holding([one for one in words if one.withdrawn is None]))
        return Stand(editions=editions, meeting=meeting, of=of, edition=edition, words=words, past=past)

    def stand(self, today: date) -> Stand:
        far = self.so_far(today)
        now = self.overlay(far.edition, far.past, far.words) if far.edition else None
        warnings = warnings_of(far.edition, now, far.words) if far.edition and now else ()
        return replace(far, now=now, warnings=warnings)

    def past(self, of: Before, editions: Sequence[KeptEdition], learned: Sequence[Learned]) -> Past:
        return look_back(self._light(of.stood, editions), self._light(of.issued, editions), learned)

    def _light(self, numbers: Sequence[int], editions: Sequence[KeptEdition]) -> tuple[Edition, ...]:
        made = {one.number: one.made for one in editions}
        found = self.remembered.light(self.store, numbers)
        return tuple(replace(one, made=made.get(one.number, one.made)) for one in found)

    # ── what the next document has ──────────────────────────────────────────────────────────────────────────────

    def overlay(self, edition: Edition, past: Past, words: Sequence[KeptWord]) -> Overlaid:
        learned = holding([one for one in words if one.withdrawn is None])
        liked = self._liked(learned)
        circumstances = circumstances_of(self.config, edition.header.meeting, edition.basis.window, liked)

        def remake(bases: Sequence[Item], decisions: Sequence[Decision]) -> Remade:
            return Workbench(
                past=past,
                feeds=self.config.feeds,
                length=self.config.panel.excerpt,
                area=self.config.panel.area,
                articles=self._articles(claimed_by(bases, decisions)),
                weigh=self._weigh(circumstances),
                judge=lambda one: prepare(self.config.rules, self.config.gazetteer).verdict(one),
            ).remake(bases, decisions)

        return overlay(edition, past, self.config.panel.size, remake, self._reweigh(liked))

    def _liked(self, learned: Sequence[Learned]) -> frozenset[str]:
        numbers = dict.fromkeys(one.edition for one in learned)
        return liked_topics(self.remembered.light(self.store, numbers), learned, self.config)

    def _weigh(self, circumstances: Circumstances) -> Callable[[JudgedStory], Weight]:
        """Its phrases are compiled when a story is weighed: only joined and parted ones are."""
        rules, gazetteer = self.config.rules, self.config.gazetteer
        return lambda one: scales_of(rules, gazetteer, circumstances).weigh(one)

    def _reweigh(self, liked: frozenset[str]) -> Callable[[Item], Item]:
        rules = self.config.rules

        def right(item: Item) -> Item:
            weight = reliked(weight_of(item), item.topics, liked, rules)
            return weighed(item, weight) if weight is not None else item

        return right

    def _articles(self, ids: frozenset[str]) -> dict[str, Article]:
        return {one.id: one for one in with_places(self.remembered.readable(self.store, ids))}

    # ── an act ──────────────────────────────────────────────────────────────────────────────────────────────────

    def do(self, act: Act, now: datetime, *, by: str, seen: str | None) -> Done | Conflict | Refused:
        at = self.stand(day_in_london(now))
        table = self.table(at, now)
        deed = decide(act, table)
        if isinstance(deed, No):
            return Refused(words=deed.words, is_unknown=deed.is_unknown)
        if deed.holds:
            return Done(words=deed.words, undo=None, next=next_of(act, deed, at.now), story=deed.story)
        learned = learned_of(deed, at.number, now, by=by)
        conflict = self._conflict(act, at, learned, seen) if seen is not None else None
        if conflict:
            return conflict
        id = self.store.decisions.add(learned, learned_record(learned))
        return Done(words=deed.words, undo=id, next=next_of(act, deed, at.now), story=deed.story)

    def table(self, at: Stand, now: datetime) -> Table:
        names = {_site(feed.url): feed.name for feed in reversed(self.config.feeds)}

        def find(written: str) -> Named | None:
            return (listed(at.now, written) if at.now else None) or find_in(
                written, self.store, at.past, at.edition
            )

        def excerpt(article: Article) -> tuple[str, ...]:
            (own,) = self.remembered.readable(self.store, frozenset({article.id})) or (article,)
            return excerpt_of(own, own.title, self.config.feeds, self.config.panel.excerpt)

        return Table(
            past=at.past,
            number=at.number,
            day=day_in_london(now),
            find=find,
            report=at.now,
            article=self.store.articles.get,
            identify=lambda address: article_id(normalise(stored_name(address))),
            outlet=lambda address: names.get(_site(address)) or _site(address),
            excerpt=excerpt,
            warnings=at.warnings,
            most=self.config.panel.size.items,
        )

    def _conflict(self, act: Act, at: Stand, learned: Learned, seen: str) -> Conflict | None:
        """None where it is as it was seen, or only the order of other stories differs."""
        if isinstance(act, Write | Check | Uncheck) or at.edition is None or at.now is None:
            return None
        if seen == version_for(act, at.past, at.now.bases):
            return None
        story = act.story
        before = self._as_seen(act, at, seen)
        if isinstance(act, Move) and before and is_same_order(before[1], at.now, story):
            return None
        yours = self._after(at, learned)
        about = next((one.item.articles for one in everyone(at.now) if one.item.story == story), (story,))
        last = last_of(at.words, about, story)
        return Conflict(
            words=_who(last),
            before=side_of(*stands(before[1] if before else None, story)),
            theirs=side_of(*stands(at.now, story)),
            yours=side_of(*stands(yours, story)),
            story=story,
            version=version_for(act, at.past, at.now.bases),
        )

    def _as_seen(self, act: Act, at: Stand, seen: str) -> tuple[Past, Overlaid] | None:
        """How the report stood when the form was made; None where nobody remembers such a state."""
        for learned in states(at.words):
            past = self.past(at.of, at.editions, learned)
            if at.edition and at.now and version_for(act, past, at.now.bases) == seen:
                return past, self.overlay(at.edition, past, at.words)
        return None

    def _after(self, at: Stand, learned: Learned) -> Overlaid | None:
        said = KeptWord(id=max((one.id for one in at.words), default=0) + 1, learned=learned)
        words = (*at.words, said)
        past = self.past(at.of, at.editions, holding([one for one in words if one.withdrawn is None]))
        return self.overlay(at.edition, past, words) if at.edition else None

    # ── taken back, and put again ───────────────────────────────────────────────────────────────────────────────

    def fixed(self, word: KeptWord, editions: Sequence[KeptEdition], today: date) -> str:
        """Why it can neither be taken back nor put again; "" where it can."""
        days = self.config.panel.papers_days
        if filed := filed_since(editions, word.learned.learned, days, today):
            return (
                f"Draft {filed.number}, which was made after it, {say_filed(filed, days)}: "
                "it is what the panel has, so this stays as it is."
            )
        return ""

    def withdraw(self, id: int, now: datetime, *, by: str, again: bool = False) -> Done | Refused:
        word = next((one for one in words_of(self.store) if one.id == id), None)
        if word is None:
            return Refused(words="There is nothing of that number to take back.", is_unknown=True)
        if fixed := self.fixed(word, self.store.editions.all(), day_in_london(now)):
            return Refused(words=fixed)
        what = _what(word)
        story = word.learned.decisions[0].story if len(word.learned.decisions) == 1 else ""
        if (word.withdrawn is None) == again:
            already = "It holds" if again else "It was taken back"
            return Done(words=f"{already} already: {what}", undo=None, story=story)
        if again:
            self.store.decisions.put_again([id])
        else:
            self.store.decisions.withdraw([id], now, by)
        return Done(
            words=f"{'Put again' if again else 'Taken back'}: {what}", undo=id, story=story, next=story
        )


@lru_cache(maxsize=2)
def scales_of(rules: Rules, gazetteer: Gazetteer, now: Circumstances) -> Scales:
    """Compiling takes some hundredths of a second; a page may ask again and again."""
    return Scales(rules, gazetteer, now)


def learned_of(deed: Deed, number: int, now: datetime, *, by: str) -> Learned:
    said = (deed.deed, by, now.isoformat(), *(f"{one.said} {one.story}" for one in deed.decisions))
    return Learned(
        edition=number,
        learned=now,
        digest=sha256("\n".join(said).encode()).hexdigest(),
        decisions=deed.decisions,
        source=Source.DESK,
        newest=number,
        in_order=deed.in_order,
        by=by,
        deed=deed.deed,
        about=deed.story,
        checked=deed.checked,
    )


def _who(last: KeptWord | None) -> str:
    if last is None:
        return "It was changed meanwhile. Nothing was kept."
    by = (last.withdrawn_by if last.withdrawn else last.learned.by) or "Somebody"
    did = "took something back" if last.withdrawn else "changed it"
    return (
        f"{by} {did} on {say_moment(last.withdrawn or last.learned.learned)}. Nothing of yours was kept yet."
    )


def _what(word: KeptWord) -> str:
    told = said_in(word.learned)
    return told[0] if len(told) == 1 else f"{told[0]} (and {len(told) - 1} more)"


def _site(url: str) -> str:
    return host(url).removeprefix("www.")
