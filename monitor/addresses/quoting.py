"""An address as it comes in: with all in percents that may not stand in one, so that nothing a terminal obeys is in it."""

import re
from urllib.parse import quote

from monitor.lengths import LONGEST_ADDRESS

NO_LETTER_OF_AN_ADDRESS = re.compile(r'[^\x21-\x7e]|["<>\\^`{|}]')
NO_LETTER_OF_A_HOST = re.compile(r"[^\w.:\[\]@%~!$&'()*+,;=-]")


def quoted(url: str) -> str | None:
    """An address as it came in, with all in percents that may not stand in one (RFC 3986): blanks, control signs, marks
    of direction, letters beyond ASCII but in a host's name. What was in percents stays so. None where it is longer than
    any site's, or where its host's name holds what no name may."""
    url = url.strip()
    if len(url) > LONGEST_ADDRESS:
        return None
    scheme, mark, rest = url.partition("://")
    host = re.match(r"[^/?#]*", rest)
    name = host[0] if mark and host else ""
    if NO_LETTER_OF_A_HOST.search(name):
        return None
    start = len(url) - len(rest) + len(name) if mark else 0
    return url[:start] + NO_LETTER_OF_AN_ADDRESS.sub(
        lambda letter: quote(letter[0], safe="", errors="surrogatepass"), url[start:]
    )
