"""Whether a text names somebody, or an address, that is to be erased."""

import pytest

from monitor.forgetting.names import (
    Sought,
    address_inside,
    folded,
    last_word_alone,
    name_of,
    quotes_of,
)
from monitor.reading.urls import normalise


@pytest.mark.parametrize(
    "name, text",
    [
        ("Ann Hale", "Ann Hale, 34, was jailed."),
        ("Ann Hale", "ANN HALE JAILED"),
        ("ann hale", "It was Ann Hale."),
        ("Ann Hale", "Ann Hale's appeal"),
        ("Ann Hale", "Ann Hale’s appeal"),
        ("Ann Hale", "Ann\u00a0Hale"),
        ("Ann Hale", "Ann\nHale"),
        ("Ann Hale", "An\u00adn Ha\u200ble"),
        ("Ann Hale", "Ann M. Hale"),
        ("Ann Hale", "Ann M Hale"),
        ("Ann Hale", "Ann M. J. Hale"),
        ("Ann Hale", "HALE, Ann"),
        ("Ann Hale", "/news/ann-hale-jailed-for-fraud"),
        ("Ann Hale", "ann_hale.jpg"),
        ("Zoë Łuczak", "Zoe Luczak"),
        ("Zoe Luczak", "Zoë Łuczak"),
        ("Zoë Brontë", "ZOE\u0308 BRONTE\u0308"),
        ("Søren Weiß", "Soren Weiss"),
        ("Mary-Anne O’Brien", "Mary Anne O'Brien"),
        ("Mary Anne O'Brien", "Mary-Anne O’Brien's"),
        ("Mary Anne O'Brien", "O’Brien, Mary-Anne"),
        ("Hale", "Mr Hale said"),
        ("Ann Hale", "Ｈale, Ａnn"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("Анна Хейл", "анна хейл"),
    ],
)
def test_it_is_found(name, text):
    assert name_of(name).is_in(folded(text))


@pytest.mark.parametrize(
    "name, text",
    [
        ("Ann Hale", "Annie Hale"),
        ("Ann Hale", "Joann Hale"),
        ("Ann Hale", "Ann Haley"),
        ("Ann Hale", "Ann Marie Hale"),
        ("Ann Hale", "A. Hale"),
        ("Ann Hale", "Mr Hale"),
        ("Ann Hale", "Ann met Hale"),
        ("Ann Hale", "Ann A. B. C. Hale"),
        ("Ann Hale", "Hale and Ann"),
        ("Hale", "Haleford"),
        ("Hale", "inhale"),
        ("Ann Hale", ""),
    ],
)
def test_another_is_not(name, text):
    assert not name_of(name).is_in(folded(text))


@pytest.mark.parametrize("written", ["", " ", "-", "’", "a", "A. B.", "…", "\u00ad"])
def test_what_would_be_found_everywhere_is_no_name(written):
    assert name_of(written) is None


@pytest.mark.parametrize(
    "text, alone",
    [
        ("Mr Hale said", True),
        ("A. Hale", True),
        ("Annie HALE’s", True),
        ("Ann Hale said. Mr Hale left.", False),
        ("Haleford", False),
    ],
)
def test_the_last_word_alone_is_told(text, alone):
    assert last_word_alone((name_of("Ann Hale"),), text) is alone


@pytest.mark.parametrize("text", ["Hale", "Mr Hale"])
def test_of_a_name_of_one_word_nothing_is_left_to_tell(text):
    assert not last_word_alone((name_of("Hale"),), text)


PAGE = "https://www.courier.example/news/Police-Desk-To-Close/?utm_source=x"


@pytest.mark.parametrize(
    "text, found",
    [
        ("https://www.courier.example/news/Police-Desk-To-Close/", True),
        ("http://courier.example/news/police-desk-to-close", True),
        ("See https://courier.example/news/police-desk-to-close.", True),
        ('"url": "https://courier.example/news/police-desk-to-close",', True),
        ("https://courier.example/news/police-desk-to-close?utm_medium=rss&at_x=1", True),
        ("https://courier.example/news/police-desk-to-close/?page=2", False),
        ("https://courier.example/news/police-desk-to-close#comments", True),
        ("https://courier.example/news/police-desk-to-close-early", False),
        ("https://courier.example/news/police-desk-to-close/2", False),
        ("https://other-courier.example/news/police-desk-to-close", False),
        ("https://sub.courier.example/news/police-desk-to-close", False),
    ],
)
def test_an_address_in_a_text(text, found):
    sought = Sought(addresses=(address_inside(normalise(PAGE)),))
    assert sought.is_in(text) is found


def test_whole_sentences_of_an_erased_article_are_found_elsewhere_and_short_ones_are_not():
    sought = Sought(quotes=quotes_of(["Fraud: “six years” for a treasurer", "She left."]))
    assert sought.is_in("…\nFRAUD - 'six years' for a treasurer\n…")
    assert not sought.is_in("She left.")
    assert not sought.is_named_in("Fraud: “six years” for a treasurer")
