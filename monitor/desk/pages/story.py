"""A story."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("story", __name__)


@page.get("/story/<id>")
def show(id: str) -> Answer:
    return render_template("story.html")
