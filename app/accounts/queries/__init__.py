"""Who is asking, and who the members are."""

from app.accounts.queries.attempts import Knock, lately, require_room
from app.accounts.queries.members import (
    Credentials,
    account_mark,
    account_marks,
    address_of,
    count_organisers,
    find_credentials,
    find_member_at,
    get_member,
    get_member_by_name,
    mark_of_joining,
    standing_until,
    words_about,
)
from app.accounts.queries.names import is_reserved, refusal_of_name, require_free, tidy_name
from app.accounts.queries.passwords import refusal_of_length, refusal_of_password
from app.accounts.queries.sessions import (
    SignedIn,
    find_ended,
    find_signed_in,
    get_actor,
    hash_of,
    was_over,
)
from app.accounts.queries.tokens import LinkOver, find_owner, require_working, works

__all__ = [
    "Credentials", "Knock", "LinkOver", "SignedIn", "account_mark", "account_marks", "address_of",
    "count_organisers", "find_credentials", "find_ended", "find_member_at", "find_owner",
    "find_signed_in", "get_actor", "get_member", "get_member_by_name", "hash_of",
    "is_reserved", "lately", "mark_of_joining", "refusal_of_length", "refusal_of_name",
    "refusal_of_password", "require_free", "require_room", "require_working", "standing_until",
    "tidy_name", "was_over", "words_about", "works",
]  # fmt: skip
