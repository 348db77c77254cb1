"""Passwords: hashed slowly with Argon2id (RFC 9106), a few at a time, and never kept otherwise."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app
from flask_babel import gettext

from app.core.errors import TooMany
from app.extensions import db

# OWASP's Password Storage Cheat Sheet: 19 MiB, two rounds, one lane.
MEMORY, ROUNDS, LANES = 19 * 1024, 2, 1
CHEAPEST = 8, 1, 1

AT_ONCE = 4  # each takes 19 MiB and a whole core: more at a time would starve who is reading
PATIENCE = 3.0  # seconds to wait for one's turn: a kind refusal beats a page that never comes

LONGEST_HASHED = 101  # characters: one more than any password has, so a longer one is never right


@dataclass(frozen=True, slots=True)
class Passwords:
    hasher: PasswordHasher
    decoy: str  # the hash of nobody's password
    turns: BoundedSemaphore


def init_app(app: Flask) -> None:
    memory, rounds, lanes = CHEAPEST if app.config["CHEAP_HASHES"] else (MEMORY, ROUNDS, LANES)
    hasher = PasswordHasher(time_cost=rounds, memory_cost=memory, parallelism=lanes)
    app.extensions["passwords"] = Passwords(
        hasher, hasher.hash("nobody"), BoundedSemaphore(AT_ONCE)
    )


def hash_password(password: str) -> str:
    """Return what may be kept of a password. Slow: never inside writing(). Raises TooMany."""
    with _our_turn() as passwords:
        return passwords.hasher.hash(composed(password).encode())


def is_password(password: str, kept_hash: str | None) -> bool:
    """Say whether the hash is this password's. Without a hash it takes as long, and is not.

    Slow: never inside writing(). Raises TooMany.
    """
    kept = kept_hash or ""
    is_kept = kept.startswith("$argon2")  # else there is nobody, or its member left
    with _our_turn() as passwords:
        against = kept if is_kept else passwords.decoy
        try:
            passwords.hasher.verify(against, composed(password).encode())
        except (VerificationError, InvalidHashError):
            return False
    return is_kept


def is_hashed_otherwise(kept_hash: str) -> bool:
    """Say whether a hash was made with other parameters than one made today."""
    passwords: Passwords = current_app.extensions["passwords"]
    return passwords.hasher.check_needs_rehash(kept_hash)


def composed(password: str) -> str:
    """Return the password as it is judged and hashed: one, however a keyboard composes it.

    RFC 8265, 4.2.2. Cut before composing, which takes long over endless marks, and again after.
    """
    whole = unicodedata.normalize("NFC", password[: 4 * LONGEST_HASHED])[:LONGEST_HASHED]
    return whole.encode(errors="replace").decode()


@contextmanager
def _our_turn() -> Iterator[Passwords]:
    """Wait for a turn, and hold nothing others wait for: no lock and no way to the database."""
    if db.session().info.get("writing"):
        raise RuntimeError("hash before writing()")
    db.session.rollback()
    passwords: Passwords = current_app.extensions["passwords"]
    if not passwords.turns.acquire(timeout=PATIENCE):
        sentence = gettext("Many people are at the door just now. Try again in a moment.")
        raise TooMany(sentence, wait=timedelta(seconds=5))
    try:
        yield passwords
    finally:
        passwords.turns.release()
