"""Starting a thread, and seeing beforehand how words will look."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import WISHES, PreviewForm, ThreadForm
from app.boards.kinds import thread_address
from app.boards.models import Thread, Wish
from app.boards.views.blueprint import boards
from app.care.models import ContentNote
from app.core import text
from app.core.actor import current_actor
from app.core.addresses import own_path
from app.core.database import writing
from app.core.forms import once
from app.core.words_typed import fields_typed
from app.permissions import Permission, require
from app.tags.queries import tags_offered


@boards.route("/boards/<slug:slug>/new", methods=["GET", "POST"])
def start_thread(slug: str) -> Answer:
    actor = current_actor()
    form = ThreadForm()
    form.offer(tags_offered())

    if form.validate_on_submit():
        with form.keeping_words():
            opening = _opening(form)
            with writing():
                board = queries.get_board(slug, actor=actor, held_still=True)
                start = partial(actions.start_thread, board, opening, actor=actor)
                return redirect(once(form, actor.id, lambda: _address_of(start())), 303)

    board = queries.get_board(slug, actor=actor)
    require(actor, Permission.THREAD_START, board)
    page = render_template("boards/start_thread.html", board=board, form=form)
    return page if form.questions.data else form.answer(page)


@boards.get("/boards/<slug:slug>/similar")
def show_similar(slug: str) -> Answer:
    """Show threads like the one that is about to be started: a fragment, or a page."""
    actor = current_actor()
    board = queries.get_board(slug, actor=actor)
    title = request.args.get("title", "")
    threads = queries.similar_threads(title, actor=actor)
    if _is_fetched():
        return _similar(threads)
    return render_template("boards/show_similar.html", board=board, title=title, threads=threads)


@boards.post("/preview")
def preview() -> Answer:
    """Show what saving would show: by the same function, and nothing is saved."""
    form = PreviewForm()
    shown = None
    if form.validate_on_submit():
        with form.keeping_words():
            shown = text.render(form.body.data or "").html
    if shown is not None and _is_fetched():
        return shown
    page = render_template("boards/preview.html", form=form, shown=shown, **_beside(form))
    return page if shown is not None else form.answer(page)


def _similar(threads: tuple[queries.ThreadRow, ...]) -> str:
    return render_template("boards/_similar.html", threads=threads)


def _opening(form: ThreadForm) -> actions.Opening:
    return actions.Opening(
        title=text.render_title(form.title.data or ""),
        body=text.render(form.body.data or ""),
        wish=Wish(form.wish.data),
        notes=form.notes,
        tags=form.tags,
        may_be_asked=form.may_be_asked.data,
    )


def _address_of(thread: Thread) -> str:
    return thread_address(thread.id, thread.title)


def _is_fetched() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _beside(form: PreviewForm) -> dict[str, object]:
    """Return what a preview shows beside the words: all else that was chosen, to be sent along."""
    own = {"back_to", *form._fields}
    others = [(name, words) for name, words in fields_typed() if name not in own]
    chosen = {words for name, words in others if name == "content_notes"}
    title, asked = form.title.data or "", request.form.get("wish")
    return {
        "others": others,
        "back_to": own_path(request.form.get("back_to")) or url_for(".list_boards"),
        "wish": next((words for wish, words in WISHES.items() if wish and wish == asked), ""),
        "notes": [note for note in ContentNote if note in chosen],
        "similar": queries.similar_threads(title, actor=current_actor()) if title else (),
    }
