"""How a member wants the place to be for them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.accounts import actions
from app.accounts.forms import LookForm, ReadingForm
from app.accounts.views.blueprint import accounts
from app.core.actor import current_actor
from app.core.database import writing


@accounts.get("/settings")
def show_settings() -> Answer:
    return render_template("accounts/show_settings.html")


@accounts.route("/settings/appearance", methods=["GET", "POST"])
def set_look() -> Answer:
    actor = current_actor()
    form = LookForm()

    if form.validate_on_submit():
        with writing():
            actions.set_look(form.chosen, actor=actor)
        return redirect(url_for(".set_look", done="saved"), 303)

    form.show(actor.look)
    return form.answer(render_template("accounts/set_look.html", form=form))


@accounts.route("/settings/reading", methods=["GET", "POST"])
def set_reading() -> Answer:
    actor = current_actor()
    form = ReadingForm(obj=actor)

    if form.validate_on_submit():
        chosen = {"sees_counts": form.sees_counts.data, "wants_nudges": form.wants_nudges.data}
        with writing():
            actions.set_reading(actor=actor, **chosen)
        return redirect(url_for(".set_reading", done="saved"), 303)

    return form.answer(render_template("accounts/set_reading.html", form=form))
