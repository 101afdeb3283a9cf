"""This edition."""

from flask import Blueprint, render_template

from monitor.desk.say import Answer

page = Blueprint("edition", __name__)


@page.get("/")
def show() -> Answer:
    return render_template("edition.html")
