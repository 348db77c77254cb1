"""What a person typed into the form they just sent, so that no answer ever loses it."""

from flask import request
from werkzeug.exceptions import HTTPException

# Never shown again, never kept: secrets, and what only machines read.
NOT_WORDS = frozenset({"csrf_token", "form_key", "password", "kept", "anyway", "next"})


def words_typed() -> list[tuple[str, str]]:
    """Return (name of the field, words) for each text of the request's form, in its order."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except (HTTPException, ValueError):
        return []  # too large or too broken to read
    return [(_label(name), words) for name, words in fields if _is_words(name, words)]


def fields_typed() -> list[tuple[str, str]]:
    """Return the form's fields as they came, but for secrets and what only machines read."""
    pairs = request.form.items(multi=True)
    return [(name, words) for name, words in pairs if name not in NOT_WORDS]


def _is_words(name: str, words: str) -> bool:
    return name not in NOT_WORDS and bool(words.strip())


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()[:60]
