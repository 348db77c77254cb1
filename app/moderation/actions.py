"""Give things a subject, keep their words, change their state, and log what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import gettext
from sqlalchemy import CursorResult, Select, select, update

from app.core import chain, clock
from app.core.errors import RuleBroken
from app.core.kinds import kind_named
from app.core.text import RenderedText
from app.extensions import db
from app.moderation.models import LogHead, LogRow, LogWords, State, Subject, Version
from app.moderation.queries import OldVersion, state_before_hiding
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class Owned:
    """A subject as the facts look at it."""

    author_id: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a log row tells: the verb, and codes of what was before and after."""

    verb: str
    before: str = ""
    after: str = ""


def new_subject(kind: str, *, voice_id: int, group_id: int | None, state: State) -> Subject:
    """Make the subject that a new thing of this kind stands for."""
    subject = Subject(kind=kind, voice_id=voice_id, group_id=group_id, state=state, version=0)
    db.session.add(subject)
    db.session.flush()
    return subject


def write_version(subject: Subject, words: RenderedText) -> int:
    """Add the next version of a subject's words; return its number, from 1."""
    subject.version += 1
    db.session.add(
        Version(
            subject_id=subject.id,
            number=subject.version,
            source=words.source,
            html=words.html,
            html_rules=words.version,
            written_at=clock.now(),
        )
    )
    return subject.version


def rerender_version(old: OldVersion, words: RenderedText) -> None:
    """Keep how a version shows by today's rules, unless its words were emptied meanwhile."""
    own = Version.subject_id == old.subject_id, Version.number == old.number
    shown = {"html": words.html, "html_rules": words.version}
    kept = db.session.execute(
        update(Version).where(*own, Version.source.is_not(None)).values(shown)
    )
    if cast("CursorResult[Any]", kept).rowcount and old.is_newest:
        kind_named(old.kind).on_rerendered(old.subject_id, old.number, words.html)


def give_to_group(subject_ids: Select[int], group_id: int | None) -> None:
    """Copy onto subjects the group whose facilitators look after them; None for no group."""
    db.session.execute(update(Subject).where(Subject.id.in_(subject_ids)).values(group_id=group_id))


def let_through(subject: Subject, *, actor: Actor) -> None:
    """Show what was held, and log it. Whoever calls has asked for the right."""
    if subject.state == State.HELD:
        _set_state(subject, State.VISIBLE)
        change = Change("let_through", State.HELD, State.VISIBLE)
        log(change, actor=actor, subject_id=subject.id)


def empty_versions(subject_ids: Iterable[int]) -> None:
    """Empty every version of these subjects for good: their words were taken back long ago."""
    full = Version.subject_id.in_(list(subject_ids)), Version.source.is_not(None)
    db.session.execute(update(Version).where(*full).values(_emptied()))


def expunge_version(version: Version, *, actor: Actor, reason: str) -> None:
    """Empty one old version for good: a name that leaked, a place. Twice is once.

    The newest is not touched: its author changes it, or it is hidden. Whoever calls has
    asked for the right.
    """
    if version.emptied_at is not None:
        return
    subject = db.session.get_one(Subject, version.subject_id)
    if version.number == subject.version:
        raise RuleBroken(gettext("This is the newest version. Hide the post, or have it changed."))
    for name, value in _emptied().items():
        setattr(version, name, value)
    change = Change("expunge", f"version {version.number}", "emptied")
    note("version:expunge", actor=actor, subject_id=subject.id)
    log(change, actor=actor, subject_id=subject.id, words=reason)


def hide(subject: Subject, *, actor: Actor, reason: str = "") -> None:
    """Put a thing out of sight of everybody but moderators. Hiding twice is hiding once."""
    _require_right_to_hide(subject, actor)
    if subject.state != State.HIDDEN:
        change = Change("hide", subject.state, State.HIDDEN)
        _set_state(subject, State.HIDDEN)
        note("subject:hide", actor=actor, subject_id=subject.id)
        log(change, actor=actor, subject_id=subject.id, words=reason)


def restore(subject: Subject, *, actor: Actor, reason: str = "") -> None:
    """Put a hidden thing back as it was before: in sight, or waiting for a look."""
    _require_right_to_hide(subject, actor)
    if subject.state == State.HIDDEN:
        before = state_before_hiding(subject.id)
        _set_state(subject, before)
        note("subject:restore", actor=actor, subject_id=subject.id)
        change = Change("restore", State.HIDDEN, before)
        log(change, actor=actor, subject_id=subject.id, words=reason)


def log(
    change: Change, *, actor: Actor, subject_id: int | None = None, member_id: int | None = None,
    words: str = "",
) -> None:  # fmt: skip
    """Add a row to the chained log. Locks the head of the log: do it last."""
    salt = chain.new_salt()
    head = db.session.scalars(select(LogHead).with_for_update()).one()
    row = LogRow(
        number=head.count + 1,
        at=clock.now(),
        actor_id=actor.id or None,
        verb=change.verb,
        subject_id=subject_id,
        member_id=member_id,
        before=change.before,
        after=change.after,
        commitment=chain.commit_to(words, salt),
    )
    row.seal = row.sealed_after(head.seal)
    head.count, head.seal = row.number, row.seal
    db.session.add(row)
    db.session.flush()  # the words name the row
    db.session.add(LogWords(number=row.number, words=words, salt=salt))


def erase_words(number: int) -> None:
    """Empty the reason beside a row of the log. The row and its seal stay."""
    beside = db.session.get_one(LogWords, number)
    beside.words = beside.salt = None


def _emptied() -> dict[str, Any]:
    return {"source": None, "html": None, "emptied_at": clock.now()}


def _require_right_to_hide(subject: Subject, actor: Actor) -> None:
    author_id = kind_named(subject.kind).author_of(subject.id)
    require(actor, Permission.SUBJECT_HIDE, Owned(author_id))


def _set_state(subject: Subject, state: State) -> None:
    subject.state = state
    kind_named(subject.kind).on_state_changed(subject.id, state)
