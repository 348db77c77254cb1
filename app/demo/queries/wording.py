"""Words for a place made large: put together of sentences written down in content/scale.json."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from markupsafe import Markup

from app.core import text
from app.core.lookalikes import look_of
from app.core.text import RenderedText
from app.demo import limits
from app.demo.queries.community import CONTENT

JOINTS = (".", "_", "-", "")  # between the two halves of a name

# Slots that are filled a second time in one sentence, with another word.
TWICE = {"thing2": "thing", "who2": "who"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and its first sentence, which may be quoted."""

    source: str
    html: Markup
    passage: str


@dataclass(frozen=True, slots=True)
class Body:
    """What a post says. It shows as rendering it whole would show it."""

    source: str
    html: Markup
    passage: str


class Wording:
    """One way of talking. The same dice give the same words."""

    def __init__(self, written: dict[str, Any], dice: Random) -> None:
        self._written, self._dice = written, dice
        self._paragraphs = [self._paragraph() for _ in range(limits.PARAGRAPHS)]

    def title(self) -> RenderedText:
        return text.render_title(self._filled(self._dice.choice(self._written["titles"])))

    def body(self) -> Body:
        """Return one to five paragraphs, mostly few. Each was rendered once."""
        paragraphs = [self._dice.choice(self._paragraphs)]
        while len(paragraphs) < 5 and self._dice.random() < 0.4:
            paragraphs.append(self._dice.choice(self._paragraphs))
        return Body(
            "\n\n".join(each.source for each in paragraphs),
            Markup().join(each.html for each in paragraphs),
            paragraphs[0].passage,
        )

    def _paragraph(self) -> Paragraph:
        sentences = self._dice.sample(self._written["sentences"], k=self._dice.randint(1, 4))
        filled = [self._filled(each) for each in sentences]
        words = text.render(" ".join(filled))
        return Paragraph(words.source, words.html, filled[0])

    def _filled(self, sentence: str) -> str:
        slots: dict[str, list[str]] = self._written["slots"]
        words = {slot: self._dice.choice(those) for slot, those in slots.items()}
        for slot, same in TWICE.items():
            others = [word for word in slots.get(same, ()) if word != words[same]]
            words |= {slot: self._dice.choice(others)} if others else {}
        capitals = {slot.capitalize(): word[0].upper() + word[1:] for slot, word in words.items()}
        return sentence.format_map(words | capitals)


def wordings(dice: Random) -> dict[bool, Wording]:
    """Return how people talk where anybody may read (True) and where members are among
    themselves. Renders: call it before writing()."""
    written = _written()
    return {True: Wording(written["open_house"], dice), False: Wording(written["talk"], dice)}


def names(dice: Random, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Give names nobody has, each with its look, without end. `taken` are looks, and grows."""
    halves = _written()["names"]
    for rounds in count(1):
        number = str(rounds) if rounds > 1 else ""
        every = [
            f"{first}{joint}{last}{number}"
            for first in halves["first"]
            for joint in JOINTS
            for last in halves["last"]
        ]
        dice.shuffle(every)
        for name in every:
            look = look_of(name)
            if look not in taken:
                taken.add(look)
                yield name, look


def _written() -> dict[str, Any]:
    written: dict[str, Any] = json.loads((CONTENT / "scale.json").read_text())
    return written
