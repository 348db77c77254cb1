"""Give things a subject, keep their words, change their state, and log what was decided."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, Select, select, update

from app.core import chain, clock
from app.core.kinds import kind_named
from app.core.text import RenderedText
from app.extensions import db
from app.moderation.models import LogHead, LogRow, LogWords, State, Subject, Version
from app.moderation.queries import OldVersion
from app.permissions import Actor


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


def _set_state(subject: Subject, state: State) -> None:
    subject.state = state
    kind_named(subject.kind).on_state_changed(subject.id, state)
