"""Where an act leads back to: the page on which its button stood, with that page's filters, at the story to look at
next. The page is told by name in the form's address, so no address from outside is ever followed."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import redirect, request, url_for
from werkzeug import Response

AT = "at"  # the field of the address
PAGES = {
    "edition": "edition.show",
    "search": "search.show",
    "where": "where.show",
    "history": "history.show",
}
STORY = "story"
_OF_ADDRESSES = frozenset({"endpoint", "id", "ids", "what", "number", "name"})


def back_here(at: str, filters: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a form's address carries, so that its act leads back to this page."""
    return {AT: at, **{name: value for name, value in (filters or {}).items() if value}}


def back_from_here() -> dict[str, str]:
    """The same, of the form that was sent: for the address of an Undo. What `url_for` would take for its own is left out."""
    return {
        name: value
        for name, value in request.args.items()
        if not name.startswith("_") and name not in _OF_ADDRESSES
    }


def lead_back(story: str = "", next: str = "") -> Response:
    """To the page that the form's address names; `story` is the one that was acted on, `next` the one to look at now."""
    at = request.args.get(AT, "")
    if at == STORY and story:
        return redirect(url_for("story.show", id=story), 303)
    filters = [(name, value) for name, value in request.args.items(multi=True) if name != AT]
    asked = f"?{urlencode(filters)}" if filters and at in PAGES else ""
    anchor = f"#story-{next}" if next else ""
    return redirect(f"{url_for(PAGES.get(at, 'edition.show'))}{asked}{anchor}", 303)
