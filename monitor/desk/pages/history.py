"""History: who said what, when and from where; each of it can be taken back, and put again."""

from flask import Blueprint, render_template, request

from monitor.app.desk.report.review import history
from monitor.desk.say import Answer, the_desk

page = Blueprint("history", __name__)

A_PAGE = 50


@page.get("/history")
def show() -> Answer:
    given = request.args.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 12 else None
    rows = history(the_desk(), before=before, most=A_PAGE + 1)
    older = rows[A_PAGE - 1].id if len(rows) > A_PAGE else None
    return render_template("history.html", rows=rows[:A_PAGE], older=older, before=before)
