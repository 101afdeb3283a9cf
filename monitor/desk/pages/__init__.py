"""The addresses of the desk, a file a page."""

from flask import Flask

from monitor.desk.pages import (
    acts,
    edition,
    feed_forms,
    history,
    login,
    overview,
    papers,
    rule_drafts,
    rule_texts,
    rules,
    search,
    story,
    where,
    words,
)

BESIDE = (rule_drafts, rule_texts)  # which add their addresses to the pages of rules

# In the order of the line above every page.
NAVIGATION = (
    ("edition.show", "This edition"),
    ("search.show", "Search"),
    ("where.show", "Where is this story?"),
    ("rules.show", "Rules"),
    ("feeds.show", "Feeds"),
    ("overview.show", "Overview"),
    ("history.show", "History"),
)


def register(app: Flask) -> None:
    for page in (
        edition,
        story,
        words,
        acts,
        papers,
        search,
        where,
        rules,
        feed_forms,  # and feeds
        overview,
        history,
        login,
    ):
        app.register_blueprint(page.page)

    @app.context_processor
    def around() -> dict[str, object]:
        return {"navigation": NAVIGATION}
