"""Events are noted, members told, and letters written to them."""

from app.notifications.actions.letters import take_back, write_due
from app.notifications.actions.noting import note
from app.notifications.actions.reading import forget, let_grow_old, mark_all_read, mark_read
from app.notifications.actions.settings import Quiet, set_wishes, unsubscribe
from app.notifications.actions.telling import let_pass, tell
from app.notifications.actions.wording import CHECK

__all__ = [
    "CHECK", "Quiet", "forget", "let_grow_old", "let_pass", "mark_all_read", "mark_read", "note",
    "set_wishes", "take_back", "tell", "unsubscribe", "write_due",
]  # fmt: skip
