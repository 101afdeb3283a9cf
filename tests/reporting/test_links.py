"""Where a link of an edited document leads, whatever a mail filter or a search engine made of it."""

import pytest
from conftest import NOW
from editions import edition, item
from officer import Officer, learned

from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.links import meant, with_meant
from monitor.reporting.edition.record import learned_record

WANTED = "https://www.echo.example/news/precept-rises-1"
QUOTED = "https%3A%2F%2Fwww.echo.example%2Fnews%2Fprecept-rises-1"
DATA = "&data=05%7C02%7Cofficer%40council.example%7C0a1b2c3d%7C0%7C0&sdata=AbC%3D&reserved=0"
WRAPPED = {
    "Outlook": f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}{DATA}",
    "Outlook, another region": f"https://gbr01.safelinks.protection.outlook.com/?url={QUOTED}{DATA}",
    "Outlook, with a mark for the app": f"https://nam12.safelinks.protection.outlook.com/ap/w-59584e83/?url={QUOTED}{DATA}",
    "Outlook, of a government": f"https://usg02.safelinks.protection.office365.us/?url={QUOTED}{DATA}",
    "Teams": f"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={QUOTED}&locale=en-gb&dest={QUOTED}",
    "Outlook twice": "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Feur02.safelinks.protection.outlook.com%2F%3Furl%3Dhttps%253A%252F%252Fwww.echo.example%252Fnews%252Fprecept-rises-1%26data%3Dofficer%2540council.example&data=x",
    "Google": f"https://www.google.com/url?sa=t&source=web&rct=j&url={QUOTED}&ved=2ahUKE&usg=AOv",
    "Google, as mail shows it": f"https://www.google.co.uk/url?q={QUOTED}&source=gmail&ust=1764&usg=AOv",
    "Bing": f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6745&url={QUOTED}&c=123&mkt=en-gb",
    "Bing's other": "https://www.bing.com/ck/a?!&&p=ab12&ptn=3&u=a1aHR0cHM6Ly93d3cuZWNoby5leGFtcGxlL25ld3MvcHJlY2VwdC1yaXNlcy0x&ntb=1",
    "DuckDuckGo": f"https://duckduckgo.com/l/?uddg={QUOTED}&rut=abc",
    "Yahoo": f"https://r.search.yahoo.com/_ylt=Awr/RV=2/RE=176/RO=10/RU={QUOTED}/RK=2/RS=x-",
    "Proofpoint": "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.echo.example_news_precept-2Drises-2D1&d=DwMF&c=x&r=y",
    "Proofpoint, today's": "https://urldefense.com/v3/__https://www.echo.example/news/precept-rises-1__;!!abc$",
    "Barracuda": f"https://linkprotect.cudasvc.com/url?a={QUOTED.lower()}&c=E,1,abc&typo=1",
    "Facebook": f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
    "LinkedIn": f"https://www.linkedin.com/redir/redirect?url={QUOTED}&urlhash=x",
    "a filter with the mailbox beside": f"https://clicktime.cloud.postoffice.example/clicktime.php?U={QUOTED}&E=officer%40council.example&X=1",
    "nothing": WANTED,
}  # fmt: skip


@pytest.mark.parametrize("name", WRAPPED)
def test_is_unwrapped(name):
    assert meant(WRAPPED[name]) == WANTED


LEFT = {
    "a front page in Outlook's": (f"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.pcc.example%2F{DATA}", "https://www.pcc.example/"),
    "what nobody can unwrap loses the mailbox": ("https://filter.example/x?id=https%3A%2F%2F&to=officer%40council.example&k=1", "https://filter.example/x?id=https%3A%2F%2F&k=1"),
    "a mailbox that is a part of an address stays": ("https://list.example/archive?of=panel@council.example", "https://list.example/archive?of=panel@council.example"),
    "no address": ("not an address", "not an address"),
    "an unclosed bracket": ("http://[oops", "http://[oops"),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_otherwise(name):
    given, expected = LEFT[name]
    assert meant(given) == expected


def test_addresses_in_text_are_as_they_are_meant():
    bare = WRAPPED["Outlook"].removeprefix("https://")
    assert with_meant(f"It is at {bare} now") == f"It is at {WANTED} now"
    assert (
        with_meant(f"See <{WRAPPED['Outlook']}>, and {WRAPPED['Google']}.")
        == f"See <{WANTED}>, and {WANTED}."
    )


@pytest.mark.parametrize("name", ["Outlook", "a filter with the mailbox beside"])
def test_the_mailbox_is_neither_stored_nor_said(name):
    """As a link, as its text, in a sentence, and struck through."""
    made = edition(item("aaaaaaaaaaaa"))
    officer = Officer(write_word(made)).add("Precept", WRAPPED[name], f"See {WRAPPED[name]} for it.")
    officer.document.add_paragraph().add_run(f"Not {WRAPPED[name]}").font.strike = True
    given = learned(made, officer.saved(), NOW)
    own = given.decisions[-1]
    assert [link.url for link in own.links] == [WANTED] and own.excerpt == (f"See {WANTED} for it.",)
    assert "officer" not in learned_record(given).casefold()
