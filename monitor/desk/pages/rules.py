"""Rules."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("rules", __name__)


@page.get("/rules")
def show() -> Answer:
    return render_template("rules.html")
