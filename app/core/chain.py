"""Seals that make a list of rows tamper-evident: each covers its row and the seal before."""

import hashlib
import json
import secrets

from app.core.keys import key_ring

FIRST = "0" * 64  # what stands before the first row


def seal(previous: str, *fields: str | int | None) -> str:
    """Return the HMAC-SHA256 (RFC 2104) of a row and everything before it, in hex."""
    row = json.dumps([previous, *fields], ensure_ascii=True, separators=(",", ":"))
    return key_ring("log").keyed_hash(row)


def new_salt() -> str:
    return secrets.token_hex(16)


def commit_to(words: str, salt: str) -> str:
    """Return a hash that proves the words later and gives nothing away once the salt is gone."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()
