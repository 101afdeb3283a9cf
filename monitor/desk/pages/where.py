"""Where is this story? Seen when, by which feed, and stopped by what."""

from flask import Blueprint, render_template, request

from monitor.app.desk.report.where import where
from monitor.desk.say import Answer, the_desk

page = Blueprint("where", __name__)

LONGEST = 2_000  # signs of an address or a headline


@page.get("/where")
def show() -> Answer:
    asked = request.args.get("q", "").strip()[:LONGEST]
    return render_template("where.html", asked=asked, trace=where(the_desk(), asked) if asked else None)
