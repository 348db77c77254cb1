"""Finding one's way: to what is new, to what waits for a reply, to a word in a thread."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue as Answer

from app.boards import queries
from app.boards.kinds import thread_address
from app.boards.views.blueprint import boards
from app.core import pagination
from app.core.actor import current_actor
from app.core.privacy import public


@boards.get("/threads/waiting")
def list_waiting() -> Answer:
    after = pagination.key_asked()
    listed = queries.threads_waiting(current_actor(), after=after)
    return render_template("boards/list_waiting.html", listed=listed, is_first=after is None)


@boards.get("/threads/<id:thread_id>/unread")
def show_unread(thread_id: int) -> Answer:
    """Lead to the first post that is new, or to the end when none is."""
    place = queries.place_in_thread(thread_id, actor=current_actor())
    page = queries.page_of_post(place.number)
    anchor = f"post-{place.number}"
    return redirect(thread_address(place.thread_id, place.title, page=page, anchor=anchor))


@boards.get("/threads/<id:thread_id>/search")
@public
def search_thread(thread_id: int) -> Answer:
    asked = request.args.get("q", "")
    found = queries.search_thread(thread_id, asked, actor=current_actor())
    return render_template("boards/search_thread.html", found=found)
