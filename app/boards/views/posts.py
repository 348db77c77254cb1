"""Answering, and what authors and moderators do to a post."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import EditForm, ReplyForm
from app.boards.kinds import post_address
from app.boards.models import Post, Thread
from app.boards.views.blueprint import boards
from app.care.queries import notes_on
from app.core import text
from app.core.actor import current_actor
from app.core.database import writing
from app.core.errors import RuleBroken
from app.core.forms import Form, once
from app.core.privacy import any_standing, public
from app.moderation.queries import current_source
from app.permissions import Permission, require


@boards.route("/threads/<id:thread_id>/reply", methods=["GET", "POST"])
def reply(thread_id: int) -> Answer:
    actor = current_actor()
    form = ReplyForm()

    if form.validate_on_submit():
        with form.keeping_words():
            body, beside = text.render(form.body.data or ""), _beside(form)
            with writing():
                thread = queries.get_thread(thread_id, actor=actor, for_update=True)
                add = partial(actions.reply, thread, actor=actor, body=body, beside=beside)
                return redirect(once(form, actor.id, lambda: post_address(add())), 303)

    thread = queries.get_thread(thread_id, actor=actor)
    require(actor, Permission.THREAD_REPLY, thread)
    return _show_reply_form(form, thread)


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
            body = text.render(form.body.data or "")
            with writing():
                post = queries.get_post(post_id, actor=actor, for_update=True)
                edit = partial(_edit, post, form, body)
                return redirect(once(form, actor.id, lambda: post_address(edit())), 303)

    post = queries.get_post(post_id, actor=actor)
    require(actor, Permission.POST_EDIT, post)
    return _show_edit_form(form, post)


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
        post = queries.get_post_to_let_through(post_id, actor=actor)
        actions.let_through(post, actor=actor)
        return redirect(post_address(post), 303)


def _beside(form: ReplyForm) -> actions.Beside:
    return actions.Beside(*form.quotation, form.notes)


def _show_reply_form(form: ReplyForm, thread: Thread) -> Answer:
    """Show the form with what it quotes. What can't be quoted any more is left out of it."""
    form.choose(request.args)
    quote = None
    try:
        post_id, passage = form.quotation
        quote = queries.quote_of(post_id, actions.require_passage(thread, post_id, passage))
    except RuleBroken as broken:
        form.forget_quotation(str(broken))
    page = render_template("boards/reply.html", thread=thread, form=form, quote=quote)
    return form.answer(page)


def _edit(post: Post, form: EditForm, body: text.RenderedText) -> Post:
    seen = form.version.data or 0
    return actions.edit_post(post, actor=current_actor(), body=body, version=seen, notes=form.notes)


def _show_edit_form(form: EditForm, post: Post) -> Answer:
    """Show the form; where its words would replace newer ones, with both and what differs."""
    source = current_source(post.subject_id)
    form.show(source, post.version, notes_on(post.subject_id))
    changes = text.differences(source, form.body.data or "") if form.was_shown_older else ()
    page = render_template("boards/edit_post.html", post=post, form=form, changes=changes)
    return form.answer(page)


def _address_after_withdrawing(post: Post) -> str:
    """Return the thread, unless it went out of sight with the post."""
    if post.thread.is_in_sight and current_actor().is_admitted:
        return post_address(post)
    return url_for(".list_boards")
