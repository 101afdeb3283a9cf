"""The addresses of the desk, a file a page."""

from flask import Flask

from monitor.desk.pages import edition, feed_forms, history, login, overview, rule_drafts, search, story

# In the order of the line above every page.
NAVIGATION = (
    ("edition.show", "This edition"),
    ("search.show", "Search"),
    ("rules.show", "Rules"),
    ("feeds.show", "Feeds"),
    ("overview.show", "Overview"),
    ("history.show", "History"),
)


def register(app: Flask) -> None:
    for page in (
        edition,
        story,
        search,
        rule_drafts,
        feed_forms,
        overview,
        history,
        login,
    ):  # feed_forms: and feeds; rule_drafts: and rules
        app.register_blueprint(page.page)

    @app.context_processor
    def around() -> dict[str, object]:
        return {"navigation": NAVIGATION}
