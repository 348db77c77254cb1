"""What its author and its moderators do to a thread that is there."""

from collections.abc import Callable
from functools import partial

from flask import redirect, render_template
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import OutcomeForm, TendForm, TitleForm
from app.boards.kinds import post_address, thread_address
from app.boards.models import Thread
from app.boards.views.blueprint import boards
from app.core import text
from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import once
from app.moderation.queries import current_version
from app.permissions import Permission, require


@boards.route("/threads/<id:thread_id>/title", methods=["GET", "POST"])
def retitle_thread(thread_id: int) -> Answer:
    actor = current_actor()
    form = TitleForm()

    if form.validate_on_submit():
        with form.keeping_words():
            title, seen = text.render_title(form.title.data or ""), form.version.data or 0
            with writing():
                thread = queries.get_thread(thread_id, actor=actor, for_update=True)
                call = partial(actions.retitle_thread, thread, title, actor=actor, version=seen)
                return redirect(once(form, actor.id, lambda: _address_after(call, thread)), 303)

    thread = queries.get_thread(thread_id, actor=actor)
    require(actor, Permission.THREAD_RETITLE, thread)
    form.show(thread.title, current_version(thread.subject_id))
    return form.answer(render_template("boards/retitle_thread.html", thread=thread, form=form))


@boards.route("/threads/<id:thread_id>/how-it-turned-out", methods=["GET", "POST"])
def tell_outcome(thread_id: int) -> Answer:
    actor = current_actor()
    form = OutcomeForm()

    if form.validate_on_submit():
        with form.keeping_words():
            return redirect(_outcome_told(thread_id, form), 303)

    thread = queries.get_thread(thread_id, actor=actor)
    require(actor, Permission.THREAD_TELL_OUTCOME, thread)
    return form.answer(render_template("boards/tell_outcome.html", thread=thread, form=form))


@boards.post("/threads/<id:thread_id>/lock")
def lock_thread(thread_id: int) -> Answer:
    return _tend_thread(thread_id, actions.lock_thread, actions.unlock_thread)


@boards.post("/threads/<id:thread_id>/archive")
def archive_thread(thread_id: int) -> Answer:
    return _tend_thread(thread_id, actions.archive_thread, actions.reopen_thread)


@boards.post("/threads/<id:thread_id>/pin")
def pin_thread(thread_id: int) -> Answer:
    return _tend_thread(thread_id, actions.pin_thread, actions.unpin_thread)


def _tend_thread(thread_id: int, do: Callable[..., None], undo: Callable[..., None]) -> Answer:
    """Do to a thread what its button says, or take that back."""
    actor = current_actor()
    form = TendForm()
    if not form.validate_on_submit():
        return form.answer(render_template("boards/tend_thread.html", form=form))
    with writing():
        thread = queries.get_thread(thread_id, actor=actor, for_update=True)
        (undo if form.undo.data else do)(thread, actor=actor)
        return redirect(_address_of(thread), 303)


def _outcome_told(thread_id: int, form: OutcomeForm) -> str:
    actor, body = current_actor(), text.render(form.body.data or "")
    with writing():
        thread = queries.get_thread(thread_id, actor=actor, for_update=True)
        if form.not_this_time.data:
            actions.ask_no_more(thread, actor=actor)
            return _address_of(thread)
        tell = partial(actions.tell_outcome, thread, actor=actor, body=body)
        return once(form, actor.id, lambda: post_address(tell()))


def _address_after(act: Callable[[], None], thread: Thread) -> str:
    act()
    return _address_of(thread)


def _address_of(thread: Thread) -> str:
    return thread_address(thread.id, thread.title)
