"""Overview."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("overview", __name__)


@page.get("/overview")
def show() -> Answer:
    return render_template("overview.html")
