"""Search."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("search", __name__)


@page.get("/search")
def show() -> Answer:
    return render_template("search.html")
