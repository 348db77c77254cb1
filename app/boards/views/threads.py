"""Starting a thread, and what its author and moderators do to it."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import PreviewForm, ThreadForm
from app.boards.kinds import thread_address
from app.boards.models import Thread
from app.boards.views.blueprint import boards
from app.core import text
from app.core.actor import current_actor
from app.core.addresses import own_path
from app.core.database import writing
from app.core.forms import once
from app.core.words_typed import fields_typed
from app.permissions import Permission, require


@boards.route("/boards/<slug:slug>/new", methods=["GET", "POST"])
def start_thread(slug: str) -> Answer:
    actor = current_actor()
    form = ThreadForm()

    if form.validate_on_submit():
        with form.keeping_words():
            title, body = (
                text.render_title(form.title.data or ""),
                text.render(form.body.data or ""),
            )
            with writing():
                board = queries.get_board(slug, actor=actor, held_still=True)
                start = partial(actions.start_thread, board, actor=actor, title=title, body=body)
                return redirect(once(form, actor.id, lambda: _address_of(start())), 303)

    board = queries.get_board(slug, actor=actor)
    require(actor, Permission.THREAD_START, board)
    return form.answer(render_template("boards/start_thread.html", board=board, form=form))


@boards.post("/preview")
def preview() -> Answer:
    """Show what saving would show: by the same function, and nothing is saved."""
    form = PreviewForm()
    shown = None
    if form.validate_on_submit():
        with form.keeping_words():
            shown = text.render(form.body.data or "").html
    if shown is not None and request.headers.get("X-Requested-With") == "fetch":
        return shown
    own = {"back_to", *form._fields}
    others = [(name, words) for name, words in fields_typed() if name not in own]
    back_to = own_path(request.form.get("back_to")) or url_for(".list_boards")
    page = render_template(
        "boards/preview.html", form=form, shown=shown, back_to=back_to, others=others
    )
    return page if shown is not None else form.answer(page)


def _address_of(thread: Thread) -> str:
    return thread_address(thread.id, thread.title)
