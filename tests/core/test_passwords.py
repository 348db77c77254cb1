"""Passwords: hashed slowly, judged by what others know, and never in a queue without end."""

import pytest
from argon2 import extract_parameters
from zxcvbn.matching import RANKED_DICTIONARIES

from app.core import passwords
from app.core.database import writing
from app.core.errors import TooMany
from app.core.passwords import composed, hash_password, is_hashed_otherwise, is_password
from app.core.strength import weakness


def test_real_hashes_cost_what_they_should(app, monkeypatch):
    """OWASP's Password Storage Cheat Sheet: Argon2id, 19 MiB, two rounds, one lane."""
    monkeypatch.setitem(app.config, "CHEAP_HASHES", False)
    monkeypatch.setitem(app.extensions, "passwords", None)
    passwords.init_app(app)
    found = extract_parameters(hash_password("seven slow herons at dusk"))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == (
        "ID", 19 * 1024, 2, 1
    )  # fmt: skip


def test_a_password_opens_its_own_hash_only(app):
    kept = hash_password("seven slow herons at dusk")
    assert is_password("seven slow herons at dusk", kept)
    assert not is_password("seven slow herons at dawn", kept)
    assert not is_hashed_otherwise(kept)


@pytest.mark.parametrize("kept", [None, "", "none", "$argon2id$broken"])
@pytest.mark.parametrize("typed", ["nobody", "", "x" * 100_000, "\ud800", "\x00"])
def test_nothing_opens_what_is_no_hash(app, kept, typed):
    assert not is_password(typed, kept)


def test_what_is_longer_than_any_password_is_never_right(app):
    kept = hash_password("x" * 100)
    assert is_password("x" * 100, kept)
    assert not is_password("x" * 101, kept)


def test_endless_marks_take_no_time():
    assert len(composed("a" + "\u0301\u0316" * 200_000)) <= 101


def test_nothing_is_hashed_while_others_wait_for_a_lock(app):
    with writing(), pytest.raises(RuntimeError, match="before writing"):
        hash_password("seven slow herons at dusk")


def test_who_would_wait_too_long_is_told_so(app, monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    turns = app.extensions["passwords"].turns
    for _ in range(passwords.AT_ONCE):
        assert turns.acquire(timeout=0.01)
    try:
        with pytest.raises(TooMany, match="at the door"):
            hash_password("seven slow herons at dusk")
    finally:
        for _ in range(passwords.AT_ONCE):
            turns.release()
    assert hash_password("seven slow herons at dusk")


STRONG = [
    "seven slow herons at dusk", "correct horse battery staple", "Tr0mbone-lichen-42-Kettle",
    "zwölf Möwen über dem Café", "vqk2 9rzt xw7p", "夜の川は静かに流れている",
]  # fmt: skip


@pytest.mark.parametrize("password", STRONG)
def test_a_passphrase_is_welcome(app, password):
    assert weakness(password, ("quiet.river", "river")) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [("password1234", "many people use"), ("qwertyuiop[]", "."),
     ("aaaaaaaaaaaa", "again and again"), ("abcdefghijkl", "Rows such as"),
     ("quiet.river.12", "tried first"), ("Handrail2024!", "tried first"),
     ("riverriverriver", "tried first"),
     ("quiet.river.quiet.river", "tried first"), ("201920192019", "again and again")],
)  # fmt: skip
def test_a_weak_one_is_refused_with_a_reason_and_a_way_on(app, password, reason):
    said = weakness(password, ("quiet.river", "river"))
    assert reason in said
    assert "Four words" in said
    assert password not in said


def test_nothing_of_whoever_was_judged_is_remembered(app):
    weakness("seven slow herons", ("quiet.river", "river"))
    assert "user_inputs" not in RANKED_DICTIONARIES
