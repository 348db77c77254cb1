"""What a person typed into the form they just sent, so that no answer ever loses it."""

from flask import request
from werkzeug.exceptions import HTTPException

# Never shown again, never kept: secrets, and what only machines read.
SECRETS = frozenset({"code", "password", "token"})
NOT_WORDS = frozenset({"csrf_token", "form_key", "kept", "anyway", "next", "back_to", "draft_path"})


def words_typed() -> list[tuple[str, str]]:
    """Return (name of the field, words) for each text of the request's form, in its order."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return []  # another site would put its words into our mouth
    try:
        fields = list(request.form.items(multi=True))
    except (HTTPException, ValueError):
        return []  # too large or too broken to read
    return [(_label(name), words) for name, words in fields if _is_words(name, words)]


def fields_typed() -> list[tuple[str, str]]:
    """Return the form's fields as they came, but for secrets and what only machines read."""
    pairs = request.form.items(multi=True)
    return [(name, words) for name, words in pairs if _may_be_kept(name)]


def _is_words(name: str, words: str) -> bool:
    return _may_be_kept(name) and bool(words.strip())


def _may_be_kept(name: str) -> bool:
    return name not in NOT_WORDS and SECRETS.isdisjoint(name.split("_"))


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()[:60]
