"""Keys, named by what they are for, each random and never derived from another secret.

A key lies in its own file, `<purpose>-<id>.key`, apart from the data it opens. The newest
(highest id) seals; all open. Sealed values name the id of their key, and a server
does not start when it lacks a key that the database has seen.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app
from sqlalchemy import String, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import SECRET
from app.core.database import insert_or_ignore
from app.extensions import Base, db

PURPOSES = ("mail", "lookup", "log", "network", "words")

KEY_BYTES = 32  # AES-256
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: random, 96 bits


class KeyMissing(Exception):
    """A key is not where it should be. The message says which."""


class Unsealable(Exception):
    """A sealed value was changed, moved to another place, or sealed by an unknown key."""


class SeenKey(Base):
    """A key this database has been used with, so that its loss is noticed before harm is done."""

    __tablename__ = "seen_keys"

    purpose: Mapped[str] = mapped_column(String(20), primary_key=True, info=SECRET)
    key_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=SECRET)
    fingerprint: Mapped[str] = mapped_column(String(64), info=SECRET)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys for one purpose: id → 32 random bytes."""

    purpose: str
    keys: dict[int, bytes]

    @property
    def newest_id(self) -> int:
        return max(self.keys)

    def seal(self, words: str, *, about: str) -> str:
        """Return the words, encrypted with AES-256-GCM and bound to what they are about."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        key_id = self.newest_id
        sealed = AESGCM(self.keys[key_id]).encrypt(nonce, words.encode(), about.encode())
        return f"{key_id}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, about: str) -> str:
        """Return what was sealed about the same thing. Raises Unsealable."""
        key_id, _, coded = sealed.partition(":")
        try:
            raw = base64.urlsafe_b64decode(coded)
            key = self.keys[int(key_id)]
            words = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode())
        except (ValueError, KeyError, InvalidTag) as error:
            raise Unsealable(f"a value of {self.purpose} does not open") from error
        return words.decode()

    def keyed_hash(self, *parts: str) -> str:
        """Return the HMAC-SHA256 (RFC 2104) of the parts in hex: equal for equal parts only."""
        key = self.keys[min(self.keys)]  # the first stays: a look-up must find old rows
        return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def key_ring(purpose: str) -> KeyRing:
    """Return the keys for a purpose. Raises KeyMissing where none was made."""
    rings: dict[str, KeyRing] = current_app.extensions["keys"]
    if purpose not in rings:
        raise KeyMissing(f"There is no key for {purpose}. Make it: flask keys make")
    return rings[purpose]


def make_missing_keys(folder: Path) -> list[str]:
    """Make the first key for each purpose that has none; return the names of what was made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lacking = [purpose for purpose in PURPOSES if not list(folder.glob(f"{purpose}-*.key"))]
    for purpose in lacking:
        path = folder / f"{purpose}-1.key"
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
    return lacking


def note_keys_seen() -> None:
    """Remember in the database which keys it is used with."""
    for ring in current_app.extensions["keys"].values():
        for key_id, key in ring.keys.items():
            row = {"purpose": ring.purpose, "key_id": key_id, "fingerprint": _fingerprint(key)}
            insert_or_ignore(SeenKey, **row)


def refuse_lost_keys() -> None:
    """Raise KeyMissing when the database was used with a key that is not here, or is another."""
    try:
        seen = db.session.scalars(select(SeenKey)).all()
    except DBAPIError:
        return  # no table yet, or no database: readiness tells
    finally:
        db.session.rollback()
    rings: dict[str, KeyRing] = current_app.extensions["keys"]
    for row in seen:
        key = rings[row.purpose].keys.get(row.key_id) if row.purpose in rings else None
        if key is None or _fingerprint(key) != row.fingerprint:
            raise KeyMissing(
                f"The database was used with the key {row.purpose}-{row.key_id}, which is not in "
                f"{current_app.config['KEYS']}. Put it back: without it, what it sealed is lost."
            )


def load(app: Flask) -> None:
    """Read the key files anew."""
    folder: Path = app.config["KEYS"]
    found: dict[str, dict[int, bytes]] = {}
    for path in sorted(folder.glob("*-*.key")):
        purpose, _, key_id = path.stem.rpartition("-")
        found.setdefault(purpose, {})[int(key_id)] = bytes.fromhex(path.read_text().strip())
    app.extensions["keys"] = {purpose: KeyRing(purpose, keys) for purpose, keys in found.items()}


def init_app(app: Flask) -> None:
    load(app)


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"handrail key\x1f" + key).hexdigest()
