"""From what a member typed to what a browser shows. Nothing else makes HTML from words."""

from app.core.text.allowed import RULES_VERSION
from app.core.text.differences import Piece, differences
from app.core.text.fences import clean
from app.core.text.normalise import LONGEST_TEXT, tidy
from app.core.text.outside import plain, shown_words, with_whole_addresses
from app.core.text.refused import TextRefused
from app.core.text.rendering import (
    LONGEST_TITLE,
    RenderedText,
    plain_line,
    render,
    render_title,
)
from app.core.text.stored import SafeHtml

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "RULES_VERSION",
    "Piece",
    "RenderedText",
    "SafeHtml",
    "TextRefused",
    "clean",
    "differences",
    "plain",
    "plain_line",
    "render",
    "render_title",
    "shown_words",
    "tidy",
    "with_whole_addresses",
]
