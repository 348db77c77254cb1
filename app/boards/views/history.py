"""Earlier versions of posts and titles, and emptying one for good."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions, queries
from app.boards.forms import ExpungeForm
from app.boards.views.blueprint import boards
from app.core.actor import current_actor
from app.core.database import writing


@boards.get("/posts/<id:post_id>/history")
def show_history(post_id: int) -> Answer:
    post = queries.get_post_with_history(post_id, actor=current_actor())
    versions = queries.versions_of(post.subject_id)
    return render_template("boards/show_history.html", post=post, versions=versions)


@boards.get("/threads/<id:thread_id>/history")
def show_titles(thread_id: int) -> Answer:
    thread = queries.get_thread_with_history(thread_id, actor=current_actor())
    versions = queries.versions_of(thread.subject_id)
    return render_template("boards/show_titles.html", thread=thread, versions=versions)


@boards.route("/posts/<id:post_id>/versions/<id:number>/expunge", methods=["GET", "POST"])
def expunge_version(post_id: int, number: int) -> Answer:
    actor = current_actor()
    form = ExpungeForm()

    if form.validate_on_submit():
        with form.keeping_words():
            with writing():
                post = queries.get_post(post_id, actor=actor, for_update=True)
                version = queries.get_version(post, number, actor=actor, for_update=True)
                actions.expunge_version(post, version, actor=actor, reason=form.reason.data or "")
            return redirect(url_for(".show_history", post_id=post_id), 303)

    post = queries.get_post(post_id, actor=actor)
    version = queries.get_version(post, number, actor=actor)
    page = render_template("boards/expunge_version.html", post=post, version=version, form=form)
    return form.answer(page)
