"""A tree of words as FTS5 wants it. Every word is quoted, so no word is ever taken for an operator or a column.

FTS5 has no "all but these": every story has the word `EVERY` in it, which nobody can type (a character of the private
use area, which `plain_words` takes away), and all but these is that without them.
"""

from monitor.model import AnyOf, Near, Term, Words

EVERY = "\ue000every"


def match_of(term: Term) -> str:
    """What stands after MATCH."""
    if isinstance(term, Words):
        return ("title : " if term.in_title else "") + _words(term)
    if isinstance(term, Near):
        return (
            "title : " if term.one.in_title else ""
        ) + f"NEAR({_words(term.one)} {_words(term.other)}, {term.within})"
    if isinstance(term, AnyOf):
        return (
            f"({' OR '.join(map(match_of, term.parts))})"
            if term.parts
            else f"({EVERYTHING} NOT {EVERYTHING})"
        )
    every = " AND ".join(map(match_of, term.parts)) or EVERYTHING
    if not term.without:
        return f"({every})"
    return f"(({every}) NOT ({' OR '.join(map(match_of, term.without))}))"


def _words(words: Words) -> str:
    return quoted(" ".join(words.words)) + ("*" if words.is_stem else "")


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'


EVERYTHING = quoted(EVERY)
