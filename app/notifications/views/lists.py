"""What a member is told, and putting it behind oneself."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.core import pagination
from app.core.actor import current_actor
from app.core.database import writing
from app.notifications import actions, queries
from app.notifications.forms import ReadForm
from app.notifications.views.blueprint import notifications


@notifications.get("/notifications")
def list_notifications() -> Answer:
    after, show = pagination.key_asked(), _show_asked()
    told = queries.notifications_of(current_actor(), only_new=show == "new", after=after)
    return render_template(
        "notifications/list_notifications.html",
        told=told, show=show, is_first=after is None, form=ReadForm(formdata=None),
    )  # fmt: skip


@notifications.post("/notifications/read")
def mark_read() -> Answer:
    actor, form = current_actor(), ReadForm()
    if not form.validate_on_submit():
        return form.answer(render_template("notifications/mark_read.html", form=form))
    with writing():
        if form.chosen:
            actions.mark_read(form.chosen, actor=actor)
        else:
            actions.mark_all_read(actor=actor, until=form.newest)
    return redirect(url_for(".list_notifications"), 303)


def _show_asked() -> str:
    """Return how the list is narrowed: to what is new, unless all was asked for."""
    return "all" if request.args.get("show") == "all" else "new"
