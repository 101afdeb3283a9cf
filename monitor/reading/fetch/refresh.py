"""`Refresh`: a header, or a `<meta>` of that name, with which a page hands its reader on to another address.

Browsers read "0;url=/there", "0; URL='/there'", "5, /there" and "0;/there" alike (HTML 4.2.5.3). It is a redirect where
it is due within `AT_ONCE`, as browsers and search engines take it. A page that names no address, or is to be read again
after minutes, is a page that keeps itself new (live reports, front pages), and leads nowhere.
"""

import re

AT_ONCE = 10.0  # seconds; a notice that says "you will be taken there" gives a reader five

REFRESH = re.compile(
    r"\s*+(?P<seconds>\d*+(?:\.\d*+)?)[.\d]*+(?:\s*+[;,]\s*+|\s++)(?:url\s*+=\s*+|(?!url\s*+=))(?P<address>\S.*+)",
    re.IGNORECASE | re.DOTALL,
)


def refreshed_to(value: str) -> str | None:
    """The address that a reader is handed on to, as written; None where it is none, or only later."""
    found = REFRESH.fullmatch(value)
    if found is None or not found["seconds"].strip(".") or float(found["seconds"]) > AT_ONCE:
        return None
    address = found["address"].strip()
    if address[0] in "\"'":
        address = address[1:].partition(address[0])[0].strip()
    return address or None
