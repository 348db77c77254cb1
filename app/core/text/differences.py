"""What changed between two versions of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Pairs of words that are compared at most: a tenth of a second. Beyond that, a text that was
# written anew from end to end is told as one: all of it went, all of it came.
MOST_PAIRS = 4_000_000

_WORDS = re.compile(r"\s+|[^\s]+")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that had the same fate."""

    fate: Fate
    words: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return, in the order of reading, what was kept, what went, and what came in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    middle = _compared(old[start : len(old) - end], new[start : len(new) - end])
    before_it, after_it = "".join(new[:start]), "".join(new[len(new) - end :])
    pieces = Piece(Fate.KEPT, before_it), *middle, Piece(Fate.KEPT, after_it)
    return tuple(piece for piece in pieces if piece.words)


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many words two texts begin with alike."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _compared(old: list[str], new: list[str]) -> list[Piece]:
    if len(old) * len(new) > MOST_PAIRS:
        return [Piece(Fate.GONE, "".join(old)), Piece(Fate.NEW, "".join(new))]
    pieces = []
    for change, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if change == "equal":
            pieces.append(Piece(Fate.KEPT, "".join(old[a:b])))
        else:
            pieces += [Piece(Fate.GONE, "".join(old[a:b])), Piece(Fate.NEW, "".join(new[c:d]))]
    return pieces
