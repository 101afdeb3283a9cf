"""What a text must hold where a phrase hits it, as the search index is asked for it (`store/search`).

A superset: every text that the phrase hits holds this, and some more do, for the index knows no capitals, no ends of
sentences and no kinds of figure. So a changed phrase needs only these texts to be judged again.
"""

from collections.abc import Iterator
from itertools import groupby

from monitor.judging.forms import Form, Phrase, forms_of
from monitor.model import EVERYTHING, All, Term, Words
from monitor.text import NEAR, OPAQUE, plain_words

_STEMS = ("stem", "capital stem")


def may_hold(phrase: str) -> Term:
    """`EVERYTHING` where the phrase has no word of its own, as `<number>`."""
    near = NEAR.search(phrase)
    parts = (phrase[: near.start()], phrase[near.end() :]) if near else (phrase,)
    found = tuple(words for part in parts for words in _runs(part))
    if not found:
        return EVERYTHING
    return found[0] if len(found) == 1 else All(found)


def _runs(part: str) -> Iterator[Words]:
    """The words between kinds of figure and addresses, side by side; a stem ends them, for only a last word may be begun."""
    run: list[str] = []
    for is_any, forms in groupby(forms_of(Phrase(part)), key=_is_any):
        if is_any:
            continue
        for form in forms:
            run.append(_plain(form))
            if form[0] in _STEMS:
                yield from _whole(run, is_stem=True)
                run = []
        yield from _whole(run, is_stem=False)
        run = []


def _is_any(form: Form) -> bool:
    """A kind of figure, or an address, which is every other address to a phrase."""
    return form[0] == "kind" or form[1] == OPAQUE


def _plain(form: Form) -> str:
    return plain_words(form[1])


def _whole(run: list[str], *, is_stem: bool) -> Iterator[Words]:
    """None where nothing of it is a letter or a digit: the index has no such word."""
    if any(one.isalnum() for word in run for one in word):
        yield Words(tuple(run), is_stem and any(one.isalnum() for one in run[-1]))
