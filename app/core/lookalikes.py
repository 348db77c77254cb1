"""What a name looks like: two names of one look would be taken for the same person.

The look is the skeleton of Unicode Technical Standard 39, section 4, of a name whose case
and accents were folded first, with a few more pairs that are alike on a small screen.
"""

import unicodedata
from functools import lru_cache

from confusable_homoglyphs.categories import alias
from confusable_homoglyphs.confusables import confusables_data

# Folding may turn one look-alike into another; by then the third round changes nothing.
ROUNDS = 3

# What the standard keeps apart because it compares small letters with small ones only.
ALSO_ALIKE = str.maketrans({"i": "l", "1": "l", "0": "o"})

# A character of these belongs to every script, or to the letter before it.
NO_SCRIPT = frozenset({"COMMON", "INHERITED", "Unknown"})

# Japanese is written with three scripts at once, Korean with two (UTS 39, 5.2).
WRITTEN_TOGETHER = (frozenset({"HAN", "HIRAGANA", "KATAKANA"}), frozenset({"HAN", "HANGUL"}))


def look_of(name: str) -> str:
    """Return the same for all names that look alike. It is for comparing, never for showing."""
    look = _fold(name.strip())
    for _ in range(ROUNDS):
        look = _fold("".join(_prototype(character) for character in look))
    return look.translate(ALSO_ALIKE).replace("vv", "w")


def is_of_one_script(name: str) -> bool:
    """Say whether all letters come from one script, or from those that are written together."""
    scripts = {script_of(each) for each in name if each.isalpha()} - NO_SCRIPT
    return len(scripts) <= 1 or any(scripts <= together for together in WRITTEN_TOGETHER)


def script_of(character: str) -> str:
    """Return the script a character is from, such as LATIN, or one of NO_SCRIPT."""
    script: str = alias(character)
    return script


def _fold(name: str) -> str:
    """Take away styles, case and accents. Vowel signs of a script of their own are no accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in decomposed if script_of(each) != "INHERITED").casefold()


@lru_cache(maxsize=4096)  # bounded: anybody may send any character
def _prototype(character: str) -> str:
    """Return what a small letter looks like; where that is nothing Latin, what its capital does."""
    small = _lookalike(character)
    capital = _lookalike(character.upper())
    return small if small.isascii() or not capital.isascii() else capital


def _lookalike(character: str) -> str:
    """Return the one character that all who look like this one are compared with.

    The table tells who resembles whom, both ways round. Those who resemble one character
    stand around it, so whoever has several is the one in the middle.
    """
    alike: list[str] = [each["c"].strip("\u200e") for each in confusables_data.get(character, ())]
    if len(alike) != 1:
        return character
    mutual = len(confusables_data.get(alike[0], ())) == 1  # then either stands in the middle
    return min(character, alike[0]) if mutual and len(alike[0]) == 1 else alike[0]
