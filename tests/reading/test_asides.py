"""What stands beside an article is no paragraph of it, whatever its box is called."""

import pytest
from borders import LEAD, STORY, article, p, read
from lxml.html import fromstring

from monitor.reading.pages.borders.asides import take_out_asides

CAPTION = "The desk on its last day at the station, with a constable at the door."
ASIDES = {
    "a class": f'<div class="image"><img src="a.jpg"><div class="image-caption">{CAPTION}</div></div>',
    "a class in one word": f'<p class="imageCaption">{CAPTION}</p>',
    "no name": f'<div class="x1"><img src="a.jpg"><div class="x2">{CAPTION}</div><div>Ann Other</div></div>',
    "a span": f'<div><picture><img src="a.jpg"></picture><span>{CAPTION}</span></div>',
    "a blog's": f'<div class="wp-caption alignnone"><img src="a.jpg"><p class="wp-caption-text">{CAPTION}</p></div>',
    "a caption in paragraphs": f'<figure><img src="a.jpg"><figcaption><p>{CAPTION}</p></figcaption></figure>',
    "a figure without one": f'<figure><img src="a.jpg"><span>{CAPTION}</span></figure>',
    "a property": f'<div><img src="a.jpg"><p itemprop="caption">{CAPTION}</p></div>',
    "a credit": '<p class="photo-credit">Ann Other of the Gazette, at the station on its last day</p>',
    "a right": '<p id="copyright">The pictures are by Ann Other, who keeps all of her rights in them for good.</p>',
    "a dialog": f'<div role="dialog" aria-modal="true">{p("We use cookies to make this site work for you, and to count how many read it.")}</div>',
    "a dialog by name": f"<dialog open>{p('You can choose below what we may do with your data from now on, and why.')}</dialog>",
    "a cookie bar": f'<div class="cookie-banner">{p("Our site sets cookies so that it works as it should and so that we know what fits.")}</div>',
    "a consent box": f'<div id="onetrust-consent-sdk">{p("Some of what is here is kept on your device, so that it comes faster next time.")}</div>',
}


@pytest.mark.parametrize("aside", ASIDES.values(), ids=ASIDES)
def test_what_stands_beside_is_left_out(aside):
    assert read(article(p(LEAD) + aside + p(*STORY[1:]))).paragraphs == STORY


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(f'<div class="has-caption">{p(*STORY)}</div>', id="a name on all of the text"),
        pytest.param(
            f'<div class="cookie-consent-given"><article>{p(*STORY)}</article></div>', id="a name on the page"
        ),
        pytest.param(f'<p><img src="a.jpg">{LEAD}</p>{p(*STORY[1:])}', id="a picture in a paragraph"),
        pytest.param(
            f'<div><img src="a.jpg"><p>{LEAD}</p></div>{p(*STORY[1:])}', id="a picture beside a paragraph"
        ),
        pytest.param(f'<div><img src="a.jpg">{LEAD}</div>{p(*STORY[1:])}', id="a picture in a block of text"),
        pytest.param(
            f'<p class="accredited">{LEAD}</p>{p(*STORY[1:])}', id="a name that only holds the word"
        ),
    ],
)
def test_the_story_is_no_aside(inner):
    tree = fromstring(article(inner))
    take_out_asides(tree)
    assert all(line in tree.text_content() for line in STORY)
