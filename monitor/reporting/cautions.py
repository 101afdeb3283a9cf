"""What to check before a story is published. The lists below decide; they are short on purpose and easily read.

1. *Identification.* A victim of a sexual offence has anonymity for life (Sexual Offences (Amendment) Act 1992, s 1),
   and a child in court proceedings may have it. What one outlet may print can name a person together with what another
   prints, so a story on either that gathers several outlets is marked.
2. *Live proceedings.* Somebody is arrested, charged or on trial and no outcome is told: what is published may
   prejudice the case (Contempt of Court Act 1981, s 2; sch 1 says when proceedings are active).
3. *Half read.* The excerpt is the feed's own summary because the page could not be read.

A caution is said too often rather than too seldom: it stands in a comment and costs a glance.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.model import Article, TextFrom

# Whole words in any case; a final * is a stem.
SEXUAL = (
    "rape*",
    "rapist*",
    "sexual*",
    "sex offence*",
    "sex offender*",
    "indecent*",
    "grooming",
    "voyeurism",
)
CHILD = (
    "child",
    "children",
    "boy",
    "girl",
    "teenager*",
    "schoolboy*",
    "schoolgirl*",
    "pupil*",
    "baby",
    "toddler*",
)
LIVE = (
    "arrested",
    "on bail",
    "charged with",
    "been charged",
    "was charged",
    "were charged",
    "due to appear",
    "appeared in court",
    "appeared before magistrates",
    "on trial",
    "trial continues",
    "will stand trial",
    "pleaded not guilty",
    "denies",
    "remanded",
)
OUTCOME = (
    "sentenced",
    "jailed",
    "convicted",
    "found guilty",
    "pleaded guilty",
    "admitted",
    "acquitted",
    "not guilty verdict",
    "cleared of",
    "found not guilty",
    "no further action",
    "released without charge",
)


def _words(phrases: Sequence[str]) -> re.Pattern[str]:
    forms = (re.escape(phrase.removesuffix("*")) + r"\w*" * phrase.endswith("*") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


_SEXUAL, _CHILD, _LIVE, _OUTCOME = map(_words, (SEXUAL, CHILD, LIVE, OUTCOME))


def cautions(articles: Sequence[Article], quoted: Article) -> tuple[str, ...]:
    """A sentence each; `articles` are the whole story's, `quoted` is the one that the excerpt is of."""
    return tuple(_cautions(articles, quoted))


def _cautions(articles: Sequence[Article], quoted: Article) -> Iterator[str]:
    text = "\n".join(f"{article.title}\n{article.text}" for article in articles)
    outlets = {article.outlet for article in articles}
    for subject, words in (("a sexual offence", _SEXUAL), ("a child", _CHILD)):
        if len(outlets) > 1 and (found := words.search(text)):
            yield (
                f"It may be about {subject} (“{found[0]}”) and gathers {len(outlets)} outlets: "
                "see that together they do not identify anybody who must not be named."
            )
    live = _LIVE.search(text)
    if live and not _OUTCOME.search(text):
        yield f"Proceedings may be live (“{live[0]}”, and no outcome is told): publish nothing that may prejudice them."
    if quoted.text_from is TextFrom.SUMMARY:
        why = f" ({quoted.text_reason})" if quoted.text_reason else ""
        yield f"Only the feed’s summary could be read{why}: open the page of {quoted.outlet} before you rely on it."
