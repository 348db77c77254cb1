"""Being with somebody, keeping what helped, and not hearing from somebody."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import SupportForm
from app.boards.kinds import post_address
from app.boards.models import Post, SupportKind
from app.boards.views.blueprint import boards
from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import Form, once


@boards.get("/posts/<id:post_id>/support")
def show_supporters(post_id: int) -> Answer:
    post = queries.get_supported_post(post_id, actor=current_actor())
    supporters = queries.supporters_of(post.id)
    return render_template("boards/show_supporters.html", post=post, supporters=supporters)


@boards.post("/posts/<id:post_id>/support")
def support_post(post_id: int) -> Answer:
    actor = current_actor()
    form = SupportForm()

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            post = queries.get_post(post_id, actor=actor, for_update=True)
            kind = SupportKind(form.kind.data)
            return redirect(once(form, actor.id, lambda: _turn_support(post, kind)), 303)

    post = queries.get_post(post_id, actor=actor)
    return form.answer(render_template("boards/support_post.html", post=post, form=form))


@boards.post("/posts/<id:post_id>/save")
def save_post(post_id: int) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            post = queries.get_post(post_id, actor=actor)
            return redirect(once(form, actor.id, lambda: _turn_save(post)), 303)

    post = queries.get_post(post_id, actor=actor)
    return form.answer(render_template("boards/save_post.html", post=post, form=form))


@boards.post("/posts/<id:post_id>/mute-author")
def mute_author(post_id: int) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            post = queries.get_post(post_id, actor=actor)
            return redirect(once(form, actor.id, lambda: _turn_mute(post)), 303)

    post = queries.get_post(post_id, actor=actor)
    return form.answer(render_template("boards/mute_author.html", post=post, form=form))


@boards.get("/settings/mutes")
def list_mutes() -> Answer:
    return _show_mutes(Form())


@boards.post("/settings/mutes/<id:member_id>/unmute")
def unmute_member(member_id: int) -> Answer:
    actor = current_actor()
    form = Form()
    if not form.validate_on_submit():
        return form.answer(_show_mutes(form))
    with writing():
        actions.unmute_member(member_id, actor=actor)
    return redirect(url_for(".list_mutes"), 303)


def _show_mutes(form: Form) -> str:
    mutes = queries.mutes_of(current_actor())
    return render_template("boards/list_mutes.html", mutes=mutes, form=form)


def _turn_support(post: Post, kind: SupportKind) -> str:
    """Give support, or take it back where it was given."""
    actor = current_actor()
    given = queries.has_given(post, kind, actor=actor)
    turn = actions.take_back_support if given else actions.give_support
    turn(post, kind, actor=actor)
    return post_address(post)


def _turn_save(post: Post) -> str:
    actor = current_actor()
    turn = actions.let_go if queries.has_saved(post, actor=actor) else actions.save_post
    turn(post, actor=actor)
    return post_address(post)


def _turn_mute(post: Post) -> str:
    actor = current_actor()
    if queries.has_muted_author(post, actor=actor):
        actions.unmute_member(post.author_id, actor=actor)
    else:
        actions.mute_author(post, actor=actor)
    return post_address(post)
