"""How a member wants to hear of things."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.accounts.actions import set_zone
from app.core.actor import current_actor
from app.core.database import writing
from app.notifications import actions, queries
from app.notifications.forms import WishesForm
from app.notifications.views.blueprint import notifications


@notifications.route("/settings/notifications", methods=["GET", "POST"])
def set_wishes() -> Answer:
    actor = current_actor()
    wishes = queries.wishes_of(actor.id)
    form = WishesForm(wishes)

    if form.validate_on_submit():
        with writing():
            set_zone(form.zone.data, actor=actor)
            actions.set_wishes(form.channels, _quiet_in(form), actor=actor)
        return redirect(url_for(".set_wishes", done="saved"), 303)

    page = render_template(
        "notifications/set_wishes.html", form=form, wishes=wishes, words=queries.WORDS
    )
    return form.answer(page)


def _quiet_in(form: WishesForm) -> actions.Quiet:
    hours = int(form.quiet_from.data), int(form.quiet_until.data)
    return actions.Quiet(*hours, form.snoozed_until, bool(form.shows_words.data))
