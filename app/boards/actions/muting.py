"""Boards a member does not want to hear from."""

from sqlalchemy import delete

from app.boards.models import Board, BoardMute
from app.core.database import insert_or_ignore
from app.extensions import db
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def mute_board(board: Board, *, actor: Actor) -> None:
    """Hear no more of a board: it counts nothing and stands at the end of the list."""
    require(actor, Permission.BOARD_MUTE, board)
    if insert_or_ignore(BoardMute, member_id=actor.id, board_id=board.id):
        note("board:mute", actor=actor)


def unmute_board(board: Board, *, actor: Actor) -> None:
    """Hear of a board again."""
    require(actor, Permission.BOARD_MUTE, board)
    own = {"member_id": actor.id, "board_id": board.id}
    if db.session.execute(delete(BoardMute).filter_by(**own).returning(BoardMute.board_id)).first():
        note("board:unmute", actor=actor)
