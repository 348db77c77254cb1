"""Boards, threads and posts on the web."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import EditForm, PreviewForm, ReplyForm, ThreadForm
from app.boards.kinds import post_address, thread_address
from app.boards.models import Post, Thread
from app.core import pagination, text
from app.core.actor import current_actor
from app.core.addresses import own_path
from app.core.database import writing
from app.core.footprints import leave_footprint
from app.core.forms import Form, once
from app.core.privacy import any_standing, public
from app.core.words_typed import fields_typed
from app.moderation.queries import current_source
from app.permissions import Permission, require

boards = Blueprint("boards", __name__)
boards.add_app_template_global(thread_address)


@boards.get("/boards")
@public
def list_boards() -> Answer:
    sections = queries.sections_shown_to(current_actor())
    return render_template("boards/list_boards.html", sections=sections)


@boards.get("/boards/<slug:slug>")
@public
def show_board(slug: str) -> Answer:
    after = pagination.key_asked()
    board = queries.board_page(slug, actor=current_actor(), after=after)
    return render_template("boards/show_board.html", board=board, is_first=after is None)


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


@boards.get("/threads/<id:thread_id>")
@boards.get("/threads/<id:thread_id>-<slug:slug>")
@public
def show_thread(thread_id: int, slug: str = "") -> Answer:
    page = pagination.page_asked()
    thread = queries.thread_page(thread_id, actor=current_actor(), page=page)
    address = thread_address(thread.id, thread.title, page=page)
    if request.path != address.partition("?")[0]:
        return redirect(address)
    _leave_reading_position(thread)
    return render_template("boards/show_thread.html", thread=thread, form=ReplyForm())


@boards.route("/threads/<id:thread_id>/reply", methods=["GET", "POST"])
def reply(thread_id: int) -> Answer:
    actor = current_actor()
    form = ReplyForm()

    if form.validate_on_submit():
        with form.keeping_words():
            body = text.render(form.body.data or "")
            with writing():
                thread = queries.get_thread(thread_id, actor=actor, for_update=True)
                add = partial(actions.reply, thread, actor=actor, body=body)
                return redirect(once(form, actor.id, lambda: post_address(add())), 303)

    thread = queries.get_thread(thread_id, actor=actor)
    require(actor, Permission.THREAD_REPLY, thread)
    return form.answer(render_template("boards/reply.html", thread=thread, form=form))


@boards.post("/threads/<id:thread_id>/read")
def mark_read(thread_id: int) -> Answer:
    actor = current_actor()
    form = Form()
    if not form.validate_on_submit():
        return form.answer(render_template("boards/mark_read.html", form=form))
    with writing():
        thread = queries.get_thread(thread_id, actor=actor)
        actions.mark_read(thread.id, thread.last_number, actor=actor)
        return redirect(thread_address(thread.id, thread.title), 303)


@boards.get("/posts/<id:post_id>")
@public
def show_post(post_id: int) -> Answer:
    return redirect(post_address(queries.get_post(post_id, actor=current_actor())))


@boards.route("/posts/<id:post_id>/edit", methods=["GET", "POST"])
def edit_post(post_id: int) -> Answer:
    actor = current_actor()
    form = EditForm()

    if form.validate_on_submit():
        with form.keeping_words():
            body, seen = text.render(form.body.data or ""), form.version.data or 0
            with writing():
                post = queries.get_post(post_id, actor=actor, for_update=True)
                edit = partial(actions.edit_post, post, actor=actor, body=body, version=seen)
                return redirect(once(form, actor.id, lambda: post_address(edit())), 303)

    post = queries.get_post(post_id, actor=actor)
    require(actor, Permission.POST_EDIT, post)
    form.show(current_source(post.subject_id), post.version)
    return form.answer(render_template("boards/edit_post.html", post=post, form=form))


@boards.route("/posts/<id:post_id>/withdraw", methods=["GET", "POST"])
@any_standing
def withdraw_post(post_id: int) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with writing():
            post = queries.get_own_post(post_id, actor=actor, for_update=True)
            actions.withdraw_post(post, actor=actor)
            return redirect(_address_after_withdrawing(post), 303)

    post = queries.get_own_post(post_id, actor=actor)
    return form.answer(render_template("boards/withdraw_post.html", post=post, form=form))


@boards.post("/posts/<id:post_id>/let-through")
def let_through(post_id: int) -> Answer:
    actor = current_actor()
    form = Form()
    if not form.validate_on_submit():
        return form.answer(render_template("boards/let_through.html", form=form))
    with writing():
        post = queries.get_post(post_id, actor=actor, for_update=True)
        actions.let_through(post, actor=actor)
        return redirect(post_address(post), 303)


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


def _address_after_withdrawing(post: Post) -> str:
    """Return the thread, unless it went out of sight with the post."""
    if post.thread.is_in_sight and current_actor().is_admitted:
        return post_address(post)
    return url_for(".list_boards")


def _leave_reading_position(thread: queries.ThreadPage) -> None:
    actor = current_actor()
    read = max((post.number or 0 for post in thread.posts), default=0)
    if actor.is_authenticated and read > thread.last_read:
        leave_footprint(partial(actions.mark_read, thread.id, read, actor=actor))
