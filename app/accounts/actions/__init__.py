"""How members come in, prove who they are, and go out."""

from app.accounts.actions.attempts import forgive, note_knocks
from app.accounts.actions.grants import add_grant, remove_grant
from app.accounts.actions.joining import (
    NewMember,
    add_member,
    ask_again_to_confirm,
    confirm,
    join,
)
from app.accounts.actions.resetting import offer_reset, reset_password
from app.accounts.actions.sessions import (
    end_all_sessions,
    end_session,
    note_activity,
    sign_in,
    start_session,
)
from app.accounts.actions.settings import set_look, set_reading, set_zone
from app.accounts.actions.tidying import tidy
from app.accounts.actions.tokens import kill_tokens, make_token

__all__ = [
    "NewMember", "add_grant", "add_member", "ask_again_to_confirm", "confirm", "end_all_sessions",
    "end_session", "forgive", "join", "kill_tokens", "make_token", "note_activity", "note_knocks",
    "offer_reset", "remove_grant", "reset_password", "set_look", "set_reading", "set_zone",
    "sign_in", "start_session", "tidy",
]  # fmt: skip
