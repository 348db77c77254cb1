"""How long a password would stand up to guessing, as zxcvbn estimates it, and why not longer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

from flask_babel import gettext
from zxcvbn import zxcvbn
from zxcvbn.matching import RANKED_DICTIONARIES

from app.core.site import own_words

ENOUGH = 3  # of 4: over 10^8 guesses, “safely unguessable” against a site that counts tries

LEFT_OVER = 6  # letters and digits beside what everybody knows

JUDGED = 64  # characters: the work grows with the square, and what is strong so far stays strong

# The library keeps what is known about a person in a global table.
_one_at_a_time = Lock()


def weakness(password: str, about: Iterable[str]) -> str | None:
    """Return why the password is too easy to guess for who knows this about its owner, or None.

    Slow, up to 50 ms: never inside writing().
    """
    known = _known(about)
    if _is_mostly(password.casefold(), known):
        return f"{_reason([{'pattern': 'user_inputs', 'token': ''}])} {_advice()}"
    with _one_at_a_time:
        try:
            judged = zxcvbn(password[:JUDGED], user_inputs=known, max_length=JUDGED)
        finally:
            RANKED_DICTIONARIES.pop("user_inputs", None)
    if judged["score"] >= ENOUGH:
        return None
    return f"{_reason(judged['sequence'])} {_advice()}"


def _known(about: Iterable[str]) -> list[str]:
    """Return the words somebody who knows the owner and the place tries, the longest first."""
    parts = (part for word in about for part in (word, *re.split(r"[\W_]+", word)))
    known = {part.casefold() for part in parts if len(part) > 2} | own_words()
    return sorted(known, key=lambda word: (-len(word), word))


def _is_mostly(password: str, known: list[str]) -> bool:
    """Say whether little is left without what is known. The estimate is fooled by repeating it."""
    for word in known:
        password = password.replace(word, "")
    return sum(character.isalnum() for character in password) < LEFT_OVER


def _reason(parts: Sequence[Mapping[str, Any]]) -> str:
    """Say in a sentence what is easy about the longest part that somebody would guess whole."""
    longest = max(parts, key=lambda part: len(part["token"]))
    kind = longest["dictionary_name"] if "dictionary_name" in longest else longest["pattern"]
    sentence: str = {
        "passwords": gettext("This is close to a password that many people use."),
        "user_inputs": gettext("Your name, your address and this place’s name are tried first."),
        "surnames": gettext("Names are tried early."),
        "male_names": gettext("Names are tried early."),
        "female_names": gettext("Names are tried early."),
        "english_wikipedia": gettext("A single common word is found quickly."),
        "us_tv_and_film": gettext("A single common word is found quickly."),
        "spatial": gettext("Rows of neighbouring keys are tried early."),
        "repeat": gettext("The same again and again is tried early."),
        "sequence": gettext("Rows such as abc or 4567 are tried early."),
        "regex": gettext("Years are tried early."),
        "date": gettext("Dates are tried early."),
    }.get(kind, gettext("A machine would find this one soon."))
    return sentence


def _advice() -> str:
    return str(gettext("Four words that have nothing to do with each other are easy to keep."))
