"""Names that somebody is called by."""

import re

from app.core.lookalikes import look_of

# A name as members have it, after a sign that no mail address has before it.
MENTION = re.compile(r"(?<![\w.@/-])@([\w.-]{3,24})")
TOLD_MOST = 20  # of one post; who calls more calls a crowd


def names_called(words: str) -> list[str]:
    """Return the looks (core/lookalikes.py) of the names that stand in words after an @."""
    names = (name.rstrip("._-") for name in MENTION.findall(words))
    return list(dict.fromkeys(look_of(name) for name in names))[:TOLD_MOST]
