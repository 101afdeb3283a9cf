"""Two small papers on a fake network, and whole runs over them: what tests of more than one room begin with."""

from dataclasses import replace
from datetime import date, timedelta

from conftest import NOW
from web import Web, html_page, rss

from monitor import pipeline
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.model import Window
from monitor.settings import Config, Feed

COURIER = Feed(name="Thames Courier", url="https://courier.example/rss")
GAZETTE = Feed(name="Kennet Gazette", url="https://gazette.example/rss")

PRECEPT = (
    "The police precept will rise by £14 a year, the Thames Valley Police and Crime Commissioner has decided.",
    "The commissioner said that the money would pay for 40 more neighbourhood officers in Berkshire, Buckinghamshire "
    "and Oxfordshire, and that the force still had to find savings of £11m.",
    "The Police and Crime Panel approved the budget of Thames Valley Police by nine votes to four.",
)
FETE = (
    "The village fete at Hook Norton raised £412 for the church roof on Saturday afternoon.",
    "The cake stall was the busiest anybody could remember, and the tombola ran out of prizes by three o’clock.",
    "Next year’s fete will be held a week later, so that it does not clash with the flower show in the next village.",
)
EVERYTHING = Window(since=None, until=NOW + timedelta(minutes=1))


def papers_config() -> Config:
    """The default rules over the two papers."""
    default = read_config(defaults_folder())
    return replace(
        default, feeds=(COURIER, GAZETTE), network=replace(default.network, spacing=timedelta(0), workers=2)
    )


def local_web() -> Web:
    return Web(
        {
            COURIER.url: rss(
                (
                    "https://courier.example/news/precept",
                    "Police precept to rise by £14",
                    NOW - timedelta(hours=5),
                ),
                ("https://courier.example/news/fete", "Fete raises £412", NOW - timedelta(hours=9)),
            ),
            GAZETTE.url: rss(
                ("https://gazette.example/fete", "Sunny day for fete", NOW - timedelta(hours=8))
            ),
            "https://courier.example/news/precept": html_page("Police precept to rise by £14", *PRECEPT),
            "https://courier.example/news/fete": html_page("Fete raises £412", *FETE),
            "https://gazette.example/fete": html_page("Sunny day for fete", *FETE[::-1]),
        }
    )


def quietly(what, done, of):
    """No progress is shown."""


def poll(store, web, config, *, now=NOW, feeds=None, **named):
    feeds = config.feeds if feeds is None else feeds
    outcomes = pipeline.poll(store, web, config.network, feeds, now, quietly, **named)
    return {outcome.feed: (outcome.result, outcome.new, outcome.reason) for outcome in outcomes}


def draft(
    store, config, folder, *, window=EVERYTHING, now=NOW + timedelta(minutes=1), formats=("docx", "json")
):
    return pipeline.draft(store, config, window, date(2026, 11, 27), folder, formats, now, quietly)
