"""A story."""

from flask import Blueprint, abort, render_template, request

from monitor.app.desk.report.review import review
from monitor.app.desk.report.story import story_shown
from monitor.desk.back import STORY, back_here
from monitor.desk.cards import Shown
from monitor.desk.say import Answer, the_desk

page = Blueprint("story", __name__)


@page.get("/story/<id>")
def show(id: str) -> Answer:
    desk = the_desk()
    seen = review(desk)
    shown = story_shown(desk, id, seen, request.args.get("text", ""))
    if shown is None:
        abort(404)
    return render_template(
        "story.html", shown=shown, review=seen, named=Shown(desk.config(), seen), back=back_here(STORY)
    )
