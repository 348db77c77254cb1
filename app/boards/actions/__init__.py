"""What members do on boards, and organisers to them. Called as actions.reply(…)."""

from app.boards.actions.posts import edit_post, give_number, let_through, reply, withdraw_post
from app.boards.actions.reading import mark_read
from app.boards.actions.threads import start_thread
from app.boards.actions.voices import voice_of

__all__ = [
    "edit_post", "give_number", "let_through", "mark_read", "reply", "start_thread", "voice_of",
    "withdraw_post",
]  # fmt: skip
