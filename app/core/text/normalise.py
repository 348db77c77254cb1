"""Make typed text one and the same thing everywhere, without changing a word of it."""

import re
import unicodedata

from app.core.text import refused

LONGEST_TEXT = 10_000  # characters; some four printed pages

# Composing shortens a text, at most to a third (UAX 15), and line ends to a half. What is four
# times too long cannot come right, so it is refused before any work is done on it.
_HOPELESS = 4

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")

# C0 and C1 controls, what turns the direction of text around (UAX 9), and marks that are
# deprecated or mean something inside programs only. Joiners and the zero-width space stay:
# emoji, Persian, the Indic scripts and Khmer are written with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)  # fmt: skip

_LONGEST_RUN_OF_MARKS = 30  # no language needs more on one letter (UAX 15, stream-safe text)
_GRAPHEME_JOINER = "\u034f"

# Controls, formats, spaces; and what Unicode counts as a letter, symbol or mark and yet is blank.
_BLANK_KINDS = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0")


def normalise(typed: str, longest: int = LONGEST_TEXT) -> str:
    """Return the text as it is kept. Raises TextRefused when it has over `longest` characters.

    Blank lines around it go; a text in which nothing can be seen is an empty one.
    """
    if len(typed) > _HOPELESS * longest:
        raise refused.too_long(len(typed) - typed.count("\r\n") - longest, longest)
    if not _is_whole(typed):
        raise refused.unreadable()
    text = _without_blank_lines_around(tidy(typed))
    if len(text) > longest:
        raise refused.too_long(len(text) - longest, longest)
    return text if has_something_to_see(text) else ""


def tidy(typed: str) -> str:
    """Return the text in NFC, lines ended by \\n, without controls. Any length, linear time."""
    lines = without_unseen(_LINE_ENDS.sub("\n", typed))
    return lines if lines.isascii() else unicodedata.normalize("NFC", _stream_safe(lines))


def without_unseen(text: str) -> str:
    """Drop the characters that only steer, hide or turn the others."""
    return _UNSEEN.sub("", text)


def has_something_to_see(text: str) -> bool:
    """Say whether a reader would see anything at all."""
    return any(
        character not in _BLANK and unicodedata.category(character) not in _BLANK_KINDS
        for character in text
    )


def _is_whole(text: str) -> bool:
    """Say whether it can be written in UTF-8: half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stream_safe(text: str) -> str:
    """Part endless runs of combining marks (UAX 15), which take NFC quadratic time to sort."""
    parts: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _LONGEST_RUN_OF_MARKS:
            parts.append(_GRAPHEME_JOINER)
            run = 1
        parts.append(character)
    return "".join(parts)


def _without_blank_lines_around(text: str) -> str:
    """Keep the indent of the first line: in a list it says which items belong together."""
    first = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, first) + 1 :].rstrip()
