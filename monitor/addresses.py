"""An address as a person is shown it, and which of its parameters only say where a reader came from. Pure.

1. What says where the reader came from goes: parameters of trackers, and the fragment. A fragment that names a page of
   its own (`#!/news/5`, `#/news/5`) stays: without it the link would lead elsewhere.
2. User name, password and default port go: they are nobody's to print.
3. All else stays letter by letter, so that the link leads where it led: scheme, `www.`, the path, the order of what is
   left. `reading/urls.py` says when two addresses are the same article; this one is always the same as that it was
   made of.
"""

from urllib.parse import urlsplit, urlunsplit

DEFAULT_PORTS = (80, 443)

# Families of parameters by their beginning: Urchin and Google, the BBC's two, Mailchimp, HubSpot, Matomo.
TRACKING_PREFIXES = ("utm_", "at_", "ns_", "mc_", "_hs", "hsa_", "mtm_", "pk_")

TRACKING = frozenset(
    ("fbclid", "gclid", "dclid", "wbraid", "gbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh")
    + ("_ga", "_gl", "cmpid", "cmp", "icid", "ito", "ocid", "smid", "xtor", "__twitter_impression")
)

# `ref` may be a planning application's number as well as a tracker, so it is dropped only with these values.
TRACKING_REFERENCES = frozenset(("rss", "feed", "twitter", "facebook", "email", "newsletter", "app"))


def is_tracking(parameter: str) -> bool:
    """Whether `name=value` only says where a reader came from."""
    name, _, value = parameter.partition("=")
    name = name.lower()
    return (
        name in TRACKING
        or name.startswith(TRACKING_PREFIXES)
        or (name == "ref" and value.lower() in TRACKING_REFERENCES)
    )


def canonical(url: str) -> str:
    """The address without what only says where a reader came from; what is no http(s) address stays as it is."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an unclosed bracket, or a port that is no number
        return url
    if not usable:
        return url
    query = "&".join(part for part in parts.query.split("&") if part and not is_tracking(part))
    host = parts.netloc.rpartition("@")[2]
    if parts.port in DEFAULT_PORTS or host.endswith(":"):
        host = host.rpartition(":")[0]
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((parts.scheme, host, parts.path, query, fragment))
