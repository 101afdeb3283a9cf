"""Where somebody goes back to after logging in: a page of this desk, and nowhere else. A link to our log-in page that
leads on to a page that looks like it is how passwords are asked for by others."""

import re

LONGEST = 2_000
# One slash and no other behind it; no backslash, which browsers take for one; nothing unseen, which they leave out.
_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f]*")


def own_path(written: str | None) -> str:
    """The path as written, below the prefix; that of the first page where it is not one of ours."""
    fits = written is not None and len(written) <= LONGEST and _OWN.fullmatch(written)
    return written if fits and written is not None else "/"
