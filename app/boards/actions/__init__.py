"""What members do on boards, and organisers to them. Called as actions.reply(…)."""

from app.boards.actions.boards import (
    BoardPlan,
    arrange_board,
    arrange_section,
    close_board,
    open_board,
    open_section,
    reopen_board,
    rerender_guide,
)
from app.boards.actions.posts import edit_post, give_number, let_through, reply, withdraw_post
from app.boards.actions.reading import follow, follow_unless_decided, mark_read, start_fresh
from app.boards.actions.threads import start_thread
from app.boards.actions.voices import voice_of

__all__ = [
    "BoardPlan", "arrange_board", "arrange_section", "close_board", "edit_post", "follow",
    "follow_unless_decided", "give_number", "let_through", "mark_read", "open_board",
    "open_section", "reopen_board", "reply", "rerender_guide", "start_fresh", "start_thread",
    "voice_of", "withdraw_post",
]  # fmt: skip
