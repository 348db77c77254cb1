"""Small yes-or-no facts about an actor and a subject.

A fact compares scalars (author_id, group_id, is_in_sight), so this module imports no
feature, asks no database, and describes a table's row and a page's row alike.
"""

from typing import Any

from app.permissions.actor import Actor
from app.permissions.roles import Rank, Standing


def is_admitted(actor: Actor, _subject: Any) -> bool:
    return actor.is_admitted


def is_moderator(actor: Actor, _subject: Any) -> bool:
    return actor.is_moderator


def is_organiser(actor: Actor, _subject: Any) -> bool:
    return actor.is_organiser


def is_staff(actor: Actor, _subject: Any) -> bool:
    return actor.rank >= Rank.FACILITATOR and actor.standing == Standing.GOOD


def is_in_good_standing(actor: Actor, _subject: Any) -> bool:
    return actor.is_admitted and actor.standing == Standing.GOOD


def is_author(actor: Actor, subject: Any) -> bool:
    return actor.id != 0 and bool(subject.author_id == actor.id)


def is_not_author(actor: Actor, subject: Any) -> bool:
    return bool(subject.author_id != actor.id)


def is_public(_actor: Actor, subject: Any) -> bool:
    return bool(subject.is_public)


def in_open_board(_actor: Actor, subject: Any) -> bool:
    return subject.group_id is None


def in_own_group(actor: Actor, subject: Any) -> bool:
    return subject.group_id in actor.group_ids


def facilitates_group(actor: Actor, subject: Any) -> bool:
    return subject.group_id in actor.facilitated_group_ids


def is_in_sight(_actor: Actor, subject: Any) -> bool:
    """Neither held nor hidden nor withdrawn."""
    return bool(subject.is_in_sight)


def is_held(_actor: Actor, subject: Any) -> bool:
    """Waiting for a look, and not taken back meanwhile."""
    return bool(subject.is_held)


def is_open_to_starters(actor: Actor, subject: Any) -> bool:
    """On a board where only staff start threads, the actor is staff."""
    return not subject.is_started_by_staff_only or actor.rank >= Rank.FACILITATOR
