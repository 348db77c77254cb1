"""A text that cannot be taken as it is, and the sentence that says so."""

from flask_babel import gettext, ngettext

from app.core.errors import RuleBroken


class TextRefused(RuleBroken, ValueError):
    """The text cannot be taken. Its sentence is for the member, whose words the caller keeps."""


def too_long(by: int, longest: int) -> TextRefused:
    """Say how much too long a text is, in characters, and how much room there is."""
    return TextRefused(
        ngettext(
            "This is %(num)s character too long: there is room for %(longest)s. "
            "Your words are safe. Could you shorten them a little, or send them in two parts?",
            "This is %(num)s characters too long: there is room for %(longest)s. "
            "Your words are safe. Could you shorten them a little, or send them in two parts?",
            by,
            longest=longest,
        )
    )


def unreadable() -> TextRefused:
    """Say that a text holds what cannot be written down."""
    return TextRefused(
        gettext(
            "Something in this text arrived broken, perhaps half of an emoji. "
            "Your words are safe. Could you look it over and send it again?"
        )
    )


def cannot_be_laid_out() -> TextRefused:
    """Say that a text is too tangled to be shown."""
    return TextRefused(
        gettext(
            "We could not lay this text out. Your words are safe. "
            "It may help to use fewer signs such as * [ > or to send it in two parts."
        )
    )
