"""What members do on boards, and organisers to them. Called as actions.reply(…)."""

from app.boards.actions.answering import Beside, reply
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
from app.boards.actions.editing import edit_post
from app.boards.actions.expunging import expunge_version
from app.boards.actions.keeping import let_go, save_post
from app.boards.actions.measure import require_measure
from app.boards.actions.muting import mute_board, unmute_board
from app.boards.actions.muting_members import mute_author, unmute_member
from app.boards.actions.outcomes import ask_no_more, tell_outcome
from app.boards.actions.posts import count_anew, give_number, require_open
from app.boards.actions.quoting import require_passage
from app.boards.actions.reading import follow, follow_unless_decided, mark_read, start_fresh
from app.boards.actions.support import give_support, take_back_support
from app.boards.actions.taking_back import empty_withdrawn, let_through, withdraw_post
from app.boards.actions.tending import (
    archive_thread,
    lock_thread,
    pin_thread,
    reopen_thread,
    retitle_thread,
    unlock_thread,
    unpin_thread,
)
from app.boards.actions.threads import Opening, start_thread
from app.boards.actions.voices import voice_of

__all__ = [
    "Beside", "BoardPlan", "Opening", "archive_thread", "arrange_board", "arrange_section",
    "ask_no_more", "close_board", "count_anew", "edit_post", "empty_withdrawn",
    "expunge_version", "follow", "follow_unless_decided", "give_number", "give_support",
    "let_go", "let_through", "lock_thread", "mark_read", "mute_author", "mute_board",
    "open_board", "open_section", "pin_thread", "reopen_board", "reopen_thread", "reply",
    "require_measure", "require_open", "require_passage", "rerender_guide", "retitle_thread",
    "save_post", "start_fresh", "start_thread", "take_back_support", "tell_outcome",
    "unlock_thread", "unmute_board", "unmute_member", "unpin_thread", "voice_of",
    "withdraw_post",
]  # fmt: skip
