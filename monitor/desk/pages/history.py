"""History."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("history", __name__)


@page.get("/history")
def show() -> Answer:
    return render_template("history.html")
