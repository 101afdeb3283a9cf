"""Which stored article an entry is, if any. Pure.

1. *By its own id*, in the same feed: the guid, or the place on its page (`#2`) that its link names. Links may change under
   it. Where its link is another one, title and text must resemble what is stored, since some feeds number their entries
   from one each day; an id that names one thing (a long number, an address with a number) needs less of that.
2. *By its address*, whatever feed it came by; marked (`Entry.mark`) where entries of its feed share it. It is another
   story where its feed knows the stored one by another id, or where the address is no article's (a page of alerts, the
   front page), and what it says is something else. Then it has its mark from now on.
3. *By its link as it was given*: an archive may know it under a key that was made by older rules.

In doubt it is the stored one, unless that would lose a story.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from monitor.addresses import OWN_PAGE
from monitor.model import Entry, KnownArticle, KnownArticles, TextFrom
from monitor.reading.alike import Likeness, Telling, likeness, same_words
from monitor.reading.feeds.shape import shape
from monitor.reading.urls import article_id, host, normalise

NAMES_ONE = re.compile(r"\d{5,}|[?&]p=\d{3,}|[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
LONGEST_ID = 300


def own_id(entry: Entry) -> str:
    """What an entry is called in its feed, whatever its link is; "" where it has no name but its link."""
    own = entry.id
    if host(entry.id):
        own = normalise(entry.id) if normalise(entry.id) != normalise(entry.url) else _place(entry.url)
    return own if len(own) <= LONGEST_ID else article_id(own)


def _place(url: str) -> str:
    _, sign, fragment = url.partition("#")
    return f"{normalise(url)}#{fragment}" if sign and fragment and not fragment.startswith(OWN_PAGE) else ""


def id_of(entry: Entry) -> str:
    """The id that the entry's article has or will have."""
    return _id(normalise(entry.url), entry.mark)


def ids_of(entry: Entry) -> tuple[str, ...]:
    """Every id that `recognise` may look for."""
    link = normalise(entry.url)
    marks = (entry.mark, "", own_id(entry), entry.title, longer_mark(entry))
    return tuple(_id(link, mark) for mark in dict.fromkeys(marks))


def _id(link: str, mark: str) -> str:
    return article_id(f"{link} {mark}" if mark else link)


def telling_of(entry: Entry) -> Telling:
    return Telling(title=entry.title, text=" ".join(entry.paragraphs) or entry.summary)


def recognise(entry: Entry, memory: KnownArticles) -> tuple[KnownArticle | None, Entry]:
    """The stored article that the entry is, and the entry as it is to be known from now on."""
    own = own_id(entry)
    named = memory.by_name.get(own) or memory.by_name.get(entry.id)
    if named and _is_named(entry, named):
        return named, entry
    known = memory.by_id.get(id_of(entry)) or _by_link(entry, memory)
    is_taken = (known == named) if entry.mark else (known is not None and _is_another(entry, known, memory))
    return _marked(entry, memory, is_own=not named) if known and is_taken else (known, entry)


def _marked(entry: Entry, memory: KnownArticles, *, is_own: bool) -> tuple[KnownArticle | None, Entry]:
    """The entry as another story on the page of a stored one; `is_own`: its own id is nobody else's."""
    own = own_id(entry) if is_own else ""
    marked = [replace(entry, mark=mark) for mark in (own, entry.title, longer_mark(entry)) if mark]
    for one in marked:
        if known := memory.by_id.get(id_of(one)):
            return known, one
    return None, marked[0]


def longer_mark(entry: Entry) -> str:
    """What tells an entry apart where its own id or its title is another's too."""
    return " ".join((own_id(entry), entry.title, entry.summary))


def _by_link(entry: Entry, memory: KnownArticles) -> KnownArticle | None:
    """By the link as given; one of many on its page by its words too, since some feeds change their ids at each poll."""
    if entry.mark and (known := memory.by_id.get(id_of(replace(entry, mark=entry.title)))):
        return known  # older rules told them apart by their titles
    linked = memory.by_link.get(entry.url, ())
    if not entry.mark or _place(entry.url):
        return linked[0] if linked else None
    return next((known for known in linked if same_words(telling_of(entry), _telling(known))), None)


def _is_named(entry: Entry, known: KnownArticle) -> bool:
    """Whether an entry with the own id of a stored article is it."""
    is_there = normalise(entry.url) == normalise(known.url)
    if is_there and not entry.mark and _is_surely_one(entry.url):
        return True
    if host(entry.id) and normalise(entry.id) == normalise(entry.url):
        return True  # its link led to the article; the id is that link
    alike = _likeness(entry, known)
    if is_there:
        return not alike.is_strange
    return alike.is_retold or (NAMES_ONE.search(entry.id) is not None and alike.is_kin)


def _is_another(entry: Entry, known: KnownArticle, memory: KnownArticles) -> bool:
    """Whether an entry with the address of a stored article is another story."""
    own, is_page_of_many = own_id(entry), not _is_surely_one(entry.url)
    if not own or own in memory.by_name or known.id not in memory.named:
        return is_page_of_many and _likeness(entry, known).is_strange
    alike = _likeness(entry, known)
    if alike.titles is None:
        return False
    if alike.titles < 1.0 or not is_page_of_many or known.text_from is TextFrom.PAGE:
        return alike.titles < 0.75
    return alike.texts is not None and alike.texts < 0.7


def _is_surely_one(url: str) -> bool:
    """Whether an address is an article's for certain; words alone may be the name of a page that goes on for ever."""
    form = shape(url)
    return form.number or form.day is not None


def _likeness(entry: Entry, known: KnownArticle) -> Likeness:
    return likeness(telling_of(entry), _telling(known))


def _telling(known: KnownArticle) -> Telling:
    return Telling(title=known.title, text=known.text)


def looked_for(entries: Iterable[Entry]) -> tuple[set[str], set[str], set[str]]:
    """The own ids, article ids and links that `recognise` needs to be told of."""
    entries = tuple(entries)
    names = {name for entry in entries for name in (own_id(entry), entry.id) if name}
    return names, {id for entry in entries for id in ids_of(entry)}, {entry.url for entry in entries}
