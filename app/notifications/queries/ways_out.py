"""Links in letters that put an end to letters like them, for whoever holds the letter."""

from app.core.keys import Unsealable, key_ring
from app.notifications.models import DIGESTS, About

ABOUT = "unsubscribe"
SCOPES = {*(about.value for about in About), *(channel.value for channel in DIGESTS)}


def way_out(member_id: int, scope: str) -> str:
    """Return the token that ends one kind of letters to a member. It tells nothing, and stays."""
    sealed = key_ring("mail").seal(f"{member_id} {scope}", about=ABOUT)
    return sealed.replace(":", ".").rstrip("=")


def read_way_out(token: str) -> tuple[int, str] | None:
    """Return whose letters, and which, a token ends: an About, or a summary. None: no token."""
    sealed = token.replace(".", ":", 1)
    sealed += "=" * (-len(sealed.partition(":")[2]) % 4)
    try:
        member_id, _, scope = key_ring("mail").open(sealed, about=ABOUT).partition(" ")
    except Unsealable:
        return None
    return (int(member_id), scope) if scope in SCOPES else None
