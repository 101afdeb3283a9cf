"""What is erased because somebody asked: found wherever it stands in the archive, shown, and then gone in one step.

    articles by id, address or name | erased.without: editions, decisions | every other text | messages composed anew |
    store.forgetting.erase

An e-mail that nobody has yet and that holds it is composed anew from the edition as it is then, under the same
Message-ID; where no mail is sent any more, its content goes.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from monitor.errors import InputError
from monitor.forgetting.erased import MARK, Erasure, without, without_in_decisions
from monitor.forgetting.inside import inside
from monitor.forgetting.names import Name, Sought, address_inside, last_word_alone, name_of, quotes_of
from monitor.forgetting.retention import trace_of_article
from monitor.model import Article, Edition, Erased, Message, MessageState, TextPlace
from monitor.pipeline.documents import notes_documents, notes_on
from monitor.pipeline.draft import stem_of
from monitor.pipeline.prune import known_by
from monitor.reading.urls import article_id, normalise
from monitor.reporting.delivery.message import compose
from monitor.reporting.documents.write import document
from monitor.reporting.edition.record import edition_record, learned_record, read_edition, read_learned
from monitor.settings import Config
from monitor.store import Store

Place = tuple[str, int]  # of an edition: its panel's key, and its number there

MOST_PERHAPS = 20  # articles that may be about the same person, and are named
_BY_RULE = ("articles", "messages", "entries")  # every column of them
_RECORDS = (
    ("editions", "record"),
    ("decisions", "record"),
)  # these columns; who decided or issued is a text as others
_WITH_QUOTES = ("runs",)  # what is said there in the words of an article is said of that article


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asks to be erased."""

    targets: tuple[str, ...] = ()  # ids and addresses
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where it stands in the archive, and what it would be written as."""

    erasure: Erasure
    articles: tuple[Article, ...]  # that go whole
    perhaps: tuple[Article, ...]  # that hold a name's last word alone, and stay
    editions: Mapping[Place, Edition]  # as they would be then
    decisions: Mapping[int, str]
    texts: tuple[TextPlace, ...]
    messages: tuple[tuple[str, Message], ...]  # that hold it, each with its panel's key

    @property
    def counts(self) -> dict[str, int]:
        return {
            "articles": len(self.articles),
            "editions": len(self.editions),
            "decisions": len(self.decisions),
            "messages": len(self.messages),
            "other texts": len(self.texts),
        }


def find(store: Store, wanted: Wanted, today: date) -> Found:
    """Everything that would be erased. Raises InputError where a target is neither an id nor an address, or a name
    none."""
    names = tuple(map(_name, wanted.names))
    keys = [normalise(target) for target in wanted.targets if "://" in target]
    sought = Sought(names=names, addresses=tuple(map(address_inside, keys)))
    ids = frozenset(_ids(store, wanted.targets)) | {
        article for article, name in store.forgetting.all_names() if sought.is_named_in(name)
    }
    articles, perhaps = _articles(store, ids, sought)
    ids |= {article.id for article in articles}
    erasure = Erasure(
        _with_what_they_say(store, sought, articles), {id: secrets.token_hex(6) for id in sorted(ids)}
    )
    editions = dict(_editions(store, erasure, today))
    return Found(
        erasure=erasure,
        articles=articles,
        perhaps=perhaps,
        editions=editions,
        decisions=dict(_decisions(store, erasure)),
        texts=tuple(_texts(store, erasure)),
        messages=tuple(_messages(store, erasure, editions)),
    )


def _with_what_they_say(store: Store, sought: Sought, articles: Sequence[Article]) -> Sought:
    """By their addresses, where these are their own, and their titles and paragraphs they are found elsewhere."""
    own = [normalise(one.url) for one in articles if store.forgetting.beside(one.url) == 1]
    return replace(
        sought,
        addresses=tuple(dict.fromkeys((*sought.addresses, *map(address_inside, own)))),
        quotes=quotes_of(text for one in articles for text in (one.title, *one.paragraphs)),
    )


def erase(store: Store, configs: Mapping[str, Config], found: Found, note: Erased) -> None:
    """All of it, in one step, with the record that it was done. `configs`: each panel's, by its key."""
    records = {place: edition_record(edition) for place, edition in found.editions.items()}
    traces = {
        **{id: (trace_of_article(id),) for id in found.erasure.articles},
        **known_by(store, (article.id for article in found.articles)),
    }

    def messages() -> tuple[Message, ...]:
        return tuple(
            _anew(store.of(panel), configs.get(panel), found, message) for panel, message in found.messages
        )

    store.forgetting.erase(traces, records, found.decisions, found.texts, messages, note)


def _name(written: str) -> Name:
    if name := name_of(written):
        return name
    raise InputError(f"“{written}” is no name that can be looked for: write it in full, as in “Ann Hale”.")


def _ids(store: Store, targets: Iterable[str]) -> Iterator[str]:
    for target in targets:
        article = store.articles.get(target)
        if article:
            yield article.id
        elif "://" in target:
            yield article_id(normalise(target))
        else:
            raise InputError(
                f"No stored article has the id {target}; nothing was changed. Write its address in full "
                "(https://…), or --name for somebody's name."
            )


def _articles(
    store: Store, ids: frozenset[str], sought: Sought
) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Those that go, and of those that hold a name's last word alone the first few."""
    goes: list[Article] = []
    perhaps: list[Article] = []
    for article in store.forgetting.all_articles():
        if article.id in ids or sought.is_named_in(_words(article)):
            goes.append(article)
        elif sought.names and len(perhaps) < MOST_PERHAPS:
            perhaps += [article] if last_word_alone(sought.names, _words(article)) else []
    return tuple(goes), tuple(perhaps)


def _words(article: Article) -> str:
    """Its address too is looked at: many hold the headline."""
    fields = (article.title, article.page_title, article.text_reason, article.url)
    return "\n".join((*(field for field in fields if field), *article.paragraphs))


def _editions(store: Store, erasure: Erasure, today: date) -> Iterator[tuple[Place, Edition]]:
    """Of every panel that ever had one, configured or not."""
    for panel in store.panels.all():
        own = store.of(panel)
        for kept in own.editions.all():
            if record := own.editions.record(kept.number):
                edition = read_edition(record)
                if (cleaned := without(edition, erasure, today)) != edition:
                    yield (panel, kept.number), cleaned


def _decisions(store: Store, erasure: Erasure) -> Iterator[tuple[int, str]]:
    for row, record in store.decisions.all().items():
        learned = read_learned(record)
        if (cleaned := without_in_decisions(learned, erasure)) != learned:
            yield row, learned_record(cleaned)


# ── every other text, whatever its table ────────────────────────────────────────────────────────────────────────


def _texts(store: Store, erasure: Erasure) -> Iterator[TextPlace]:
    for place in store.forgetting.all_texts(_BY_RULE, _RECORDS):
        is_told = erasure.sought.is_in if place.table in _WITH_QUOTES else erasure.sought.is_named_in
        if (cleaned := _cleaned(place.text, is_told)) != place.text:
            yield replace(place, text=cleaned)


def _cleaned(text: str, is_told: Callable[[str], bool]) -> str:
    """A text, or what a list or an object of JSON holds, without what names it."""
    if not is_told(text):
        return text
    if text[:1] in "[{":
        try:
            return json.dumps(_each(json.loads(text), is_told), ensure_ascii=False)
        except ValueError:
            pass  # it only looks like one
    return MARK


def _each(value: Any, is_told: Callable[[str], bool]) -> Any:
    if isinstance(value, str):
        return MARK if is_told(value) else value
    if isinstance(value, list):
        return [_each(one, is_told) for one in value]
    if isinstance(value, dict):
        return {key: _each(one, is_told) for key, one in value.items()}
    return value


# ── e-mails ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _messages(
    store: Store, erasure: Erasure, editions: Mapping[Place, Edition]
) -> Iterator[tuple[str, Message]]:
    for panel in store.panels.all():
        for message in store.of(panel).editions.messages():
            is_of_one = (panel, message.edition) in editions and message.content
            told = (message.detail, *(one.said for one in message.receipts))
            if is_of_one or any(map(erasure.sought.is_in, (*told, *inside(message.content).texts))):
                yield panel, message


def _anew(own: Store, config: Config | None, found: Found, message: Message) -> Message:
    """The message as it is to be kept, and sent where somebody waits for it. `own`: the archive as its panel sees it;
    a panel that is configured no more has no mail."""
    is_told = found.erasure.sought.is_in
    receipts = tuple(replace(one, said=_cleaned(one.said, is_told)) for one in message.receipts)
    message = replace(message, detail=_cleaned(message.detail, is_told), receipts=receipts)
    record = own.editions.record(message.edition)
    if not message.content or record is None:
        return replace(message, content=b"")
    mail = config.panel.mail if config else None
    if config is None or mail is None:
        over = MessageState.PARTLY_REFUSED
        return replace(message, content=b"", state=over, detail="its content was erased before it was sent")
    edition = found.editions.get((own.owner.key, message.edition)) or read_edition(record)
    notes = notes_on(edition, own, config)
    documents = [document(edition, "docx", config), *notes_documents(notes, ("docx",))]
    stem = f"{stem_of(edition.header.meeting)}-draft-{edition.number}"
    return replace(message, content=compose(edition, notes, documents, stem, mail).content)
