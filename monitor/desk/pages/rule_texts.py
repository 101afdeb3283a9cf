"""topics.yaml as a text, and a text tried on the rules: the two pages of the rules on which much is typed."""

from flask import redirect, render_template, request, url_for

from monitor.app.desk.rules import saving
from monitor.app.desk.rules.drafts import Draft, digest_of, keep, said
from monitor.app.desk.rules.lists import PRECEDENCE
from monitor.app.desk.rules.testing import LONGEST, tested
from monitor.desk.pages.rules import base_of, page
from monitor.desk.safety.who import who
from monitor.desk.say import Answer, tell, the_desk
from monitor.reporting.wording import one_line

# ── the whole file ──────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/rules/text")
def text() -> Answer:
    base = base_of(request.args.get("on", ""))
    now = base.base if base else saving.body_of(the_desk())
    return _text_page((base.body if base else now).decode("utf-8", "replace"), now, base)


def _text_page(
    typed: str,
    now: bytes,
    base: Draft | None,
    *,
    error: str = "",
    theirs: tuple[str, ...] = (),
    code: int = 200,
) -> Answer:
    return render_template(
        "rules_text.html",
        text=typed.removeprefix("\ufeff"),
        on=base.id if base else "",
        was=digest_of(now),
        error=error,
        theirs=theirs,
    ), code


@page.post("/rules/text")
def whole_text() -> Answer:
    """Becomes a draft whatever is wrong in it: its page says so, by line."""
    desk, base = the_desk(), base_of(request.form.get("on", ""))
    now = base.base if base else saving.body_of(desk)
    typed = request.form.get("text", "").replace("\r\n", "\n").rstrip("\n") + "\n"
    if error := saving.too_much(typed):
        return _text_page(typed, now, base, error=error, code=422)
    if request.form.get("was", "") != digest_of(now):
        error = "topics.yaml was changed since you opened this page. Nothing was saved, and what you wrote is below."
        theirs = said(now, saving.body_with(now, typed))
        return _text_page(typed, now, base, error=error, theirs=theirs, code=409)
    if b"\r\n" in now:
        typed = typed.replace("\n", "\r\n")
    body = saving.body_with(now, typed)
    if body == now:
        tell("The text is as it was, so there is nothing to try.")
        return redirect(url_for("rules.text"), 303)
    draft = keep(desk.home, now, body, desk.clock(), who())
    return redirect(url_for("rules.draft", id=draft.id), 303)


# ── a text tried ────────────────────────────────────────────────────────────────────────────────────────────────


@page.get("/rules/try")
def ask_for_a_text() -> Answer:
    return _tried(request.args.get("text", ""), request.args.get("outlet", ""))


@page.post("/rules/try")
def try_a_text() -> Answer:
    """Nothing is stored; a text of some pages is too long for an address."""
    return _tried(request.form.get("text", ""), request.form.get("outlet", ""))


def _tried(text: str, outlet: str) -> Answer:
    found = tested(the_desk(), text, one_line(outlet)[:200])
    rules = the_desk().config().rules
    return render_template(
        "rules_try.html",
        text=text[:LONGEST],
        outlet=one_line(outlet)[:200],
        found=found,
        precedence=PRECEDENCE,
        thresholds=rules.thresholds,
    )
