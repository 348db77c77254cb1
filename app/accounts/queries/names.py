"""Which names can be had: readable, like no other, and never taken for somebody in charge."""

import re
import unicodedata

from flask_babel import gettext
from sqlalchemy import exists, select

from app.accounts.limits import NAME_LONGEST, NAME_SHORTEST
from app.accounts.models import HeldName, Member
from app.core.errors import RuleBroken
from app.core.lookalikes import NO_SCRIPT, is_of_one_script, look_of, script_of
from app.core.site import community_name
from app.extensions import db

BETWEEN = "._-"

# Whoever bears one of these as a part of their name would be taken for somebody in charge.
STAFF = frozenset({
    "admin", "administrator", "admins", "curator", "facilitator", "handrail", "hostmaster", "mod",
    "moderator", "mods", "organiser", "organizer", "postmaster", "staff", "sysadmin", "webmaster",
    "welcomer",
})  # fmt: skip

# These alone mean something else, in the sentences and addresses of the place.
RESERVED = frozenset({
    "all", "anonymous", "anybody", "anyone", "api", "deleted", "everybody", "everyone",
    "former-member", "guest", "help", "help-line", "helpdesk", "helpline", "here", "member",
    "members", "nobody", "none", "null", "official", "root", "security", "somebody", "someone",
    "support", "system", "team", "undefined", "unknown", "visitor", "withdrawn", "you",
})  # fmt: skip

LONG_ENOUGH_TO_STAND_OUT = 8  # letters; shorter words are found inside innocent ones (badminton)

# Letters without a shape. Unicode counts them as letters all the same.
BLANK = frozenset("\u115f\u1160\u3164\uffa0")


def tidy_name(typed: str) -> str:
    """Return a name as it is kept: composed, without the spaces around it."""
    return unicodedata.normalize("NFC", typed).strip()


def refusal_of_name(name: str, *, may_be_reserved: bool = False) -> str | None:
    """Return why nobody can have this tidied name, or None. See require_free for whether it is."""
    if not NAME_SHORTEST <= len(name) <= NAME_LONGEST:
        sizes = {"least": NAME_SHORTEST, "most": NAME_LONGEST}
        return str(gettext("A name has %(least)d to %(most)d characters.", **sizes))
    if not _is_readable(name):
        return str(gettext("A name is made of letters, digits, dots, hyphens and underscores."))
    if name[0] in BETWEEN or name[-1] in BETWEEN:
        return str(gettext("A name begins and ends with a letter or a digit."))
    if not is_of_one_script(name):
        return str(gettext("These letters come from different alphabets. Use those of one."))
    if not may_be_reserved and is_reserved(name):
        return str(gettext("This name would be taken for the place itself. Try another."))
    return None


def is_reserved(name: str) -> bool:
    """Say whether a name looks like a role here, the place itself, or a word we need."""
    look, place = look_of(name), re.sub(r"[\W_]+", "", community_name())
    staff = {look_of(word) for word in STAFF | {place}}
    if look in staff | {look_of(word) for word in RESERVED} or _parts_of(name) & staff:
        return True
    whole = look_of(re.sub(r"[._-]", "", name))
    return any(len(word) >= LONG_ENOUGH_TO_STAND_OUT and word in whole for word in staff)


def require_free(name: str) -> None:
    """Refuse a name when somebody has one of this look, or one is held for somebody."""
    key = look_of(name)
    had = exists().where(Member.name_key == key)
    held = exists().where(HeldName.name_key == key)
    if db.session.scalar(select(had | held)):
        raise RuleBroken(
            gettext("This name is taken, or looks too much like one that is. Try another."),
            field="username",
        )


def _parts_of(name: str) -> set[str]:
    """Return how the parts of a name look, with and without the digits around them."""
    parts = re.split(r"[._-]", name)
    return {look_of(part) for part in (*parts, *(part.strip("0123456789") for part in parts))}


def _is_readable(name: str) -> bool:
    return all(each in BETWEEN or _is_letter_or_digit(each) for each in name)


def _is_letter_or_digit(character: str) -> bool:
    """Vowel signs belong to the letters of their script. An accent left over after NFC does not."""
    if character.isascii():
        return character.isalnum()
    kind = unicodedata.category(character)
    is_plain = unicodedata.east_asian_width(character) not in "FH" and character not in BLANK
    is_letter = kind in {"Lu", "Ll", "Lt", "Lo", "Mn", "Mc"}
    return is_letter and is_plain and script_of(character) not in NO_SCRIPT
