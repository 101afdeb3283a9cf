"""Which parts of an address say nothing of what it leads to, but where a reader came from or who is reading. Pure.

*Trackers* are known by their names, and names such as `ref` and `source` by values that name no thing: `rss`, `twitter`.
*Sessions* are known by names that nothing else bears (`jsessionid`, `PHPSESSID`), and other names that speak of a session
by a value that is a token: `session=2026` of a parliament and `sid=12345` of a story stay.
"""

import re

# Families of parameters by their beginning: Urchin and Google, the BBC's two, Mailchimp, HubSpot, Matomo, Piano, Webtrends.
TRACKING_PREFIXES = tuple(
    re.findall(
        r"\S+",
        "utm_ at_ ns_ mc_ _hs __hs hsa_ mtm_ pk_ piwik_ matomo_ itm_ wt.mc vero_ oly_ sc_c gad_ ga_source ga_medium "
        "ga_campaign amp_ _openstat",
    )
)

TRACKING = frozenset(
    re.findall(
        r"\S+",
        "fbclid gclid dclid wbraid gbraid msclkid yclid twclid ttclid igshid igsh _ga _gl gclsrc srsltid cmpid cmp icid ito "
        "ocid smid xtor __twitter_impression mkt_tok li_fat_id s_cid ncid ftag guccounter guce_referrer guce_referrer_sig "
        "epik spm dm_i __s smtyp tpcc traffic_source wpsrc fb_action_ids fb_action_types fb_source emc usqp "
        "replytocom",
    )
)

# `ref` may be a planning application's number as well as a tracker, so it is dropped only with these values.
REFERENCES = frozenset(
    re.findall(
        r"\S+",
        "ref source src from via service origin medium channel campaign referrer referer partner mod rel cid taid share shared "
        "feature",
    )
)
TRACKING_REFERENCES = frozenset(
    re.findall(
        r"\S+",
        "rss rss2 rssfeed rss-feed rss_feed feed feeds atom twitter facebook whatsapp linkedin email newsletter app "
        "social",
    )
)

OWN_SESSION = re.compile(
    r"jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|oscsid|zenid|sessid|sid_?hash", re.IGNORECASE
)
SESSION = re.compile(r"sid|s|\w*sess(?:ion)?[-_]?(?:id|key|token)?", re.IGNORECASE)
TOKEN = re.compile(r"(?=[a-z-]*\d)(?=[\d-]*[a-z])[\da-z-]{16,}", re.IGNORECASE)

IN_A_SEGMENT = re.compile(r";(?P<name>[\w.-]+)=(?P<value>[^;/]*)")
OF_A_SERVER = re.compile(
    r"/\((?:[A-Z]\([\w-]{12,}\))+\)(?=/)"
)  # ASP.NET without cookies: /(S(lit3py55t21z5v55vlm25s55))/


def is_tracking(parameter: str) -> bool:
    """Whether `name=value` only says where a reader came from."""
    name, _, value = parameter.partition("=")
    name = name.lower()
    return (
        name in TRACKING
        or name.startswith(TRACKING_PREFIXES)
        or (name in REFERENCES and value.lower() in TRACKING_REFERENCES)
    )


def is_session(parameter: str) -> bool:
    """Whether `name=value` only says who is reading."""
    name, _, value = parameter.partition("=")
    return OWN_SESSION.fullmatch(name) is not None or (
        SESSION.fullmatch(name) is not None and TOKEN.fullmatch(value) is not None
    )


def without_session(path: str) -> str:
    """A path without the session that some servers write into it."""
    path = IN_A_SEGMENT.sub(lambda found: "" if is_session(found[0][1:]) else found[0], path)
    return OF_A_SERVER.sub("", path)


def lasting(query: str) -> list[str]:
    """The parameters of a query that say something of what it leads to, in their order."""
    return [part for part in query.split("&") if part and not is_tracking(part) and not is_session(part)]
