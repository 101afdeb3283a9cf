"""What stands in an entry and is not its own: captions, pictures, films, related items."""

import pytest
from feedtext import only, read

from monitor.reading.feeds.own import only_own

TEXT = "The desk closes in April, saving £1.2m."
CAPTION = "Cricketers walk off at tea"
SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:m="http://search.yahoo.com/mrss" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="https://x.example/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
PICTURE = (
    f"<media:content url='a.jpg' medium='image'><media:title>Stock</media:title>"
    f"<media:description>{CAPTION}</media:description><media:credit>Desk</media:credit></media:content>"
)
FOREIGN = {
    "media:content": PICTURE,
    "media:group": f"<media:group>{PICTURE}{PICTURE}</media:group>",
    "media:title and media:description of their own": (
        f"<media:title>Stock</media:title><media:description>{CAPTION}</media:description>"
    ),
    "another prefix": f"<m:group><m:title>Stock</m:title><m:description>{CAPTION}</m:description></m:group>",
    "a default namespace": (
        f"<group xmlns='http://search.yahoo.com/mrss/'><title>Stock</title><description>{CAPTION}</description></group>"
    ),
    "an undeclared prefix": "<googleplay:description>No</googleplay:description>".replace("No", CAPTION),
    "media:description with markup": f"<media:description><![CDATA[<p>{CAPTION}</p>]]></media:description>",
    "image": f"<image><url>a.jpg</url><title>Stock</title><link>/a</link><description>{CAPTION}</description></image>",
    "a thumbnail with a title": f"<thumbnail><url>a.jpg</url><title>Stock</title><caption>{CAPTION}</caption></thumbnail>",
    "a gallery": f"<gallery><photo><title>Stock</title><description>{CAPTION}</description></photo></gallery>",
    "related stories": f"<related><story><title>Stock</title><link>/b</link><description>{CAPTION}</description></story></related>",
    "another namespace's": f"<x:advert><title>Stock</title><description>{CAPTION}</description></x:advert>",
    "itunes": f"<itunes:title>Stock</itunes:title><itunes:subtitle>{CAPTION}</itunes:subtitle><itunes:summary>{CAPTION}</itunes:summary>",
    "media:text": f"<media:text type='plain'>{CAPTION}</media:text><media:keywords>a, b</media:keywords>",
}
OWN = {
    "RSS": (
        "item",
        f"<title>Desk to close</title><link>https://example.org/1</link><description>{TEXT}</description>",
    ),
    "Atom": (
        "entry",
        f"<title>Desk to close</title><link href='https://example.org/1'/><summary>{TEXT}</summary>",
    ),
}


def feed(form: str, inside: str) -> str:
    name = OWN[form][0]
    if name == "entry":
        return f"<feed xmlns='http://www.w3.org/2005/Atom' {SPACES}><title>F</title><entry>{inside}</entry></feed>"
    return f"<rss version='2.0' {SPACES}><channel><title>F</title><item>{inside}</item></channel></rss>"


@pytest.mark.parametrize("form", OWN)
@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("broken", [False, True], ids=["well formed", "badly formed"])
def test_an_entry_speaks_for_itself(name, form, broken):
    own = OWN[form][1] + ("<b>" if broken else "")
    for inside in (own + FOREIGN[name], FOREIGN[name] + own):
        entry = only(feed(form, inside))
        assert (entry.title, entry.url, entry.summary, entry.paragraphs) == (
            "Desk to close",
            "https://example.org/1",
            TEXT,
            (),
        )


@pytest.mark.parametrize("name", FOREIGN)
def test_a_caption_never_stands_in_for_a_text_that_is_not_there(name):
    if name != "itunes":
        without = OWN["RSS"][1].partition("<description>")[0]
        entry = only(feed("RSS", without + FOREIGN[name]))
        assert (entry.title, entry.summary, entry.paragraphs) == ("Desk to close", "", ())


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(f"<itunes:summary>{TEXT}</itunes:summary>", id="a podcast's summary"),
        pytest.param(
            "<media:group><media:title>Film</media:title><media:content url='https://f.example/1' type='video/mp4'/>"
            f"<media:thumbnail url='a.jpg'/><media:description>{TEXT}</media:description></media:group>",
            id="a film's description",
        ),
    ],
)
def test_what_an_entry_is_about_is_its_text_where_it_has_no_other(told):
    without = OWN["RSS"][1].partition("<description>")[0]
    assert only(feed("RSS", without + told)).summary == TEXT


def test_a_channels_pictures_title_is_not_the_feeds():
    picture = "<image><url>a.gif</url><title>Logo</title><link>https://l.example/</link></image>"
    for channel in (f"{picture}<title>Nowhere News</title>", f"<title>Nowhere News</title>{picture}"):
        assert read(
            f"<rss version='2.0'><channel>{channel}<item>{OWN['RSS'][1]}</item></channel></rss>"
        ).title == ("Nowhere News")


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><item><title>A</title><description>x <media:title>y</description></item></rss>",
        b"<rss><item><title>A</title><source url='u'><b>S</b></source></item></rss>",
        b"<rss><item><data><title>A</title><link>https://a.example</link></data></item></rss>",
        b"<rss><channel><image><title>A</title></image></channel></rss>",
        b"<rss><item><title>A</title><!-- <media:title>B</media:title> --></item></rss>",
        b"<rss><item><title><![CDATA[<media:title>B</media:title>]]></title></item></rss>",
        b"</item></media:group><item/>",
    ],
)
def test_what_is_an_entrys_own_stays(body):
    assert only_own(body) == body


def test_an_element_without_an_end_loses_its_tag_only():
    body = b"<rss><item><title>A</title><media:group><description>B</description></item></rss>"
    assert only_own(body) == body.replace(b"<media:group>", b"")
