"""The boards, and the threads of each."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.views.blueprint import boards
from app.core import pagination
from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import Form, once
from app.core.privacy import public


@boards.get("/boards")
@public
def list_boards() -> Answer:
    sections = queries.sections_shown_to(current_actor())
    return render_template("boards/list_boards.html", sections=sections, form=_plain_form())


@boards.get("/boards/<slug:slug>")
@public
def show_board(slug: str) -> Answer:
    after, show = pagination.place_asked(), _show_asked()
    board = queries.board_page(slug, actor=current_actor(), show=show, after=after)
    return render_template(
        "boards/show_board.html", board=board, is_first=after is None, form=_plain_form()
    )


@boards.post("/boards/<slug:slug>/mute")
def mute_board(slug: str) -> Answer:
    """Mute a board, or hear of it again."""
    actor = current_actor()
    form = Form()
    if not form.validate_on_submit():
        return form.answer(render_template("boards/mute_board.html", form=form))
    with writing():
        board = queries.get_board(slug, actor=actor)
        is_muted = queries.is_board_muted(board.id, actor=actor)
        turn = partial(actions.unmute_board if is_muted else actions.mute_board, board, actor=actor)
        return redirect(once(form, actor.id, lambda: _list_after(turn)), 303)


@boards.post("/boards/fresh")
def start_fresh() -> Answer:
    """Count everything that was shown until now as read."""
    form = Form()
    if not form.validate_on_submit():
        return form.answer(render_template("boards/start_fresh.html", form=form))
    with writing():
        actions.start_fresh(actor=current_actor())
    return redirect(url_for(".list_boards"), 303)


def _list_after(turn: partial[None]) -> str:
    turn()
    return url_for(".list_boards")


def _show_asked() -> queries.Show:
    """Return how the list is narrowed; what is no way to narrow it shows everything."""
    asked = request.args.get("show", "")
    return queries.Show(asked) if asked in set(queries.Show) else queries.Show.ALL


def _plain_form() -> Form | None:
    """Return what a button needs to send, for who may press one."""
    return Form(formdata=None) if current_actor().is_authenticated else None
