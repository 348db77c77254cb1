"""What a member is told here: a page of it, and how much of it is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_

from app.core import clock
from app.core.kinds import Glance
from app.core.pagination import Key
from app.extensions import db
from app.notifications.limits import COUNTED, LOOKED_THROUGH, NOTIFICATIONS_A_PAGE
from app.notifications.models import About, MailWishes, Notification
from app.notifications.queries.reach import glances_at, is_news_to, is_shown_to
from app.permissions import Actor


@dataclass(frozen=True, slots=True)
class NotificationRow:
    id: int
    about: About
    at: datetime
    is_new: bool
    glance: Glance | None  # None where the actor's own words are out of their reach


@dataclass(frozen=True, slots=True)
class Place:
    """Notifications that belong together, as those of one thread, the newest first."""

    path: str
    glance: Glance | None
    rows: tuple[NotificationRow, ...]

    @property
    def new_ids(self) -> str:
        """The ids of what is new in it, as its form sends them."""
        return ",".join(str(row.id) for row in self.rows if row.is_new)


@dataclass(frozen=True, slots=True)
class NotificationList:
    """A page of what a member is told."""

    places: tuple[Place, ...]
    older: Key | None
    newest_id: int | None  # of those on the page

    @property
    def has_news(self) -> bool:
        return any(row.is_new for place in self.places for row in place.rows)


def notifications_of(
    actor: Actor, *, only_new: bool = False, after: Key | None = None
) -> NotificationList:
    """Return a page of what the actor is told and may still see, the newest first."""
    news = is_news_to(actor)
    own = (
        select(Notification.id, Notification.about, Notification.subject_id, Notification.at)
        .add_columns(news.label("is_new"))
        .where(Notification.member_id == actor.id, is_shown_to(actor))
        .order_by(Notification.at.desc(), Notification.id.desc())
        .limit(NOTIFICATIONS_A_PAGE + 1)
    )
    if only_new:
        own = own.where(news)
    if after:
        own = own.where(tuple_(Notification.at, Notification.id) < (after.at, after.id))
    found = db.session.execute(own).all()
    shown = found[:NOTIFICATIONS_A_PAGE]
    older = Key(shown[-1].at, shown[-1].id) if len(found) > len(shown) else None
    newest = max((row.id for row in shown), default=None)
    return NotificationList(_by_place(shown, actor), older, newest)


def count_new(actor: Actor) -> int:
    """Return how much is new to the actor; COUNTED stands for that many and more.

    Nothing for somebody who wants quiet for now. Every page asks: what costs more is asked only
    about the newest, and only if there are any.
    """
    unread = (
        select(Notification.id)
        .where(Notification.member_id == actor.id, Notification.read_at.is_(None))
        .order_by(Notification.at.desc(), Notification.id.desc())
        .limit(LOOKED_THROUGH)
    )
    snoozed = select(MailWishes.member_id).where(
        MailWishes.member_id == actor.id, MailWishes.snoozed_until > clock.now()
    )
    ids = list(db.session.scalars(unread.where(~snoozed.exists())))
    if not ids:
        return 0
    news = select(Notification.id).where(Notification.id.in_(ids))
    news = news.where(is_shown_to(actor), is_news_to(actor)).limit(COUNTED)
    return db.session.scalars(select(func.count()).select_from(news.subquery())).one()


def _by_place(found: Sequence[Any], actor: Actor) -> tuple[Place, ...]:
    glances = glances_at((row.subject_id for row in found), actor=actor)
    places: dict[str, list[NotificationRow]] = {}
    for row in found:
        glance = glances.get(row.subject_id)
        told = NotificationRow(row.id, About(row.about), row.at, row.is_new, glance)
        places.setdefault(glance.place if glance else "", []).append(told)
    return tuple(Place(path, rows[0].glance, tuple(rows)) for path, rows in places.items())
