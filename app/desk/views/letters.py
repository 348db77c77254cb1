"""Letters that could not be delivered: organisers try them again, or let them go."""

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import Form
from app.desk.views.blueprint import desk
from app.outbox import actions, queries
from app.permissions import Permission, require


@desk.get("/letters")
def list_letters() -> Answer:
    require(current_actor(), Permission.LETTER_TEND)
    return _page(Form())


@desk.post("/letters/<id:letter_id>/try-again")
def try_letter_again(letter_id: int) -> Answer:
    return _tend(letter_id, actions.try_again)


@desk.post("/letters/<id:letter_id>/let-go")
def let_letter_go(letter_id: int) -> Answer:
    return _tend(letter_id, actions.let_go)


def _tend(letter_id: int, act: Callable[[int], bool]) -> Answer:
    """Do it to a letter. One that somebody else tended meanwhile is tended: the list shows so."""
    require(current_actor(), Permission.LETTER_TEND)
    form = Form()
    if not form.validate_on_submit():
        return form.answer(_page(form))
    with writing():
        act(letter_id)
    return redirect(url_for(".list_letters"), 303)


def _page(form: Form) -> str:
    letters, waiting = queries.newest_given_up(), queries.count_waiting()
    return render_template("desk/list_letters.html", letters=letters, waiting=waiting, form=form)
