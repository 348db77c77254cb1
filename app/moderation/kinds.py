"""What moderation registers: that members are told what was decided about their words."""

from typing import Any

from sqlalchemy import Select, select

from app.accounts.models import Member
from app.core.kinds import kind_named
from app.core.tellings import Telling
from app.extensions import db
from app.moderation.models import Subject
from app.notifications.models import About

DECISIONS = ("subject:hide", "subject:restore", "version:expunge")


def _author(event: Any) -> Select[int]:
    subject = db.session.get_one(Subject, event.subject_id)
    author_id = kind_named(subject.kind).author_of(subject.id)
    return select(Member.id).where(Member.id == author_id)


TELLINGS = tuple(Telling(verb, About.DECISION, _author) for verb in DECISIONS)
