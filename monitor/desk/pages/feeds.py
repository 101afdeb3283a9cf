"""Feeds."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("feeds", __name__)


@page.get("/feeds")
def show() -> Answer:
    return render_template("feeds.html")
