"""Reading a thread, and how far somebody has read."""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import FollowForm, ReplyForm
from app.boards.kinds import thread_address
from app.boards.models import Level
from app.boards.views.blueprint import boards
from app.core import pagination
from app.core.actor import current_actor
from app.core.database import writing
from app.core.footprints import leave_footprint
from app.core.forms import Form
from app.core.privacy import public


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
    return render_template(
        "boards/show_thread.html",
        thread=thread,
        form=ReplyForm(draft_path=url_for(".reply", thread_id=thread.id)),
        tools=Form(formdata=None),
    )


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


@boards.route("/threads/<id:thread_id>/follow", methods=["GET", "POST"])
def follow_thread(thread_id: int) -> Answer:
    actor = current_actor()
    form = FollowForm()
    if form.validate_on_submit():
        with writing():
            thread = queries.get_thread(thread_id, actor=actor)
            actions.follow(thread, Level(form.level.data), actor=actor)
            return redirect(thread_address(thread.id, thread.title), 303)
    thread = queries.get_thread(thread_id, actor=actor)
    return form.answer(render_template("boards/follow_thread.html", thread=thread, form=form))


def _leave_reading_position(thread: queries.ThreadPage) -> None:
    actor = current_actor()
    read = max((post.number or 0 for post in thread.posts), default=0)
    if actor.is_authenticated and read > thread.last_read:
        leave_footprint(partial(actions.mark_read, thread.id, read, actor=actor))
