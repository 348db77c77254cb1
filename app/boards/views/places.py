"""The boards, and the threads of each."""

from flask import render_template
from flask.typing import ResponseReturnValue as Answer

from app.boards import queries
from app.boards.views.blueprint import boards
from app.core import pagination
from app.core.actor import current_actor
from app.core.privacy import public


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
