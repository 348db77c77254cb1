"""A member's own words: only they see them."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue as Answer

from app.boards import queries
from app.boards.queries import Words
from app.boards.views.blueprint import boards
from app.core import pagination
from app.core.actor import current_actor
from app.core.drafts import OpenDraft, drafts_of
from app.core.forms import Form

LISTS: dict[Words, Any] = {
    Words.WAITING: queries.own_waiting,
    Words.THREADS: queries.own_threads,
    Words.POSTS: queries.own_posts,
    Words.SAVED: queries.saved_posts,
}


@boards.get("/my/words")
def show_words() -> Answer:
    actor, after = current_actor(), pagination.key_asked()
    asked = request.args.get("show", "")
    show = Words(asked) if asked in set(Words) else None
    drafts = drafts_of(actor.id) if show in {None, Words.DRAFTS} else ()
    show = show or (Words.DRAFTS if drafts else Words.POSTS)
    listed = LISTS[show](actor, after=after) if show in LISTS else None
    return render_template(
        "boards/show_words.html", show=show, listed=listed, is_first=after is None,
        drafts=drafts, places=_places_of(drafts), form=Form(formdata=None),
    )  # fmt: skip


def _places_of(drafts: tuple[OpenDraft, ...]) -> dict[str, str]:
    paths = [draft.path for draft in drafts]
    return queries.places_of(paths, actor=current_actor()) if paths else {}
