"""Which notifications a member may still be shown, and which are news to them: said in SQL.

Both are asked anew each time, of the kinds the features registered: somebody who lost access to
a thread is not even told how much they miss, and reading a thread is enough to have read them.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_

from app.core.kinds import Glance, every_kind
from app.notifications.models import ABOUT_OWN, About, Notification
from app.permissions import Actor


def is_shown_to(actor: Actor) -> ColumnElement[bool]:
    """Say whether the actor may see what it is about, or it is about words of their own."""
    own = Notification.about.in_(ABOUT_OWN)
    if not actor.is_admitted:
        return and_(own, Notification.about == About.DECISION)
    return or_(own, *(_is_among(kind.visible_to(actor)) for kind in every_kind()))


def is_news_to(actor: Actor) -> ColumnElement[bool]:
    """Say whether the actor has neither marked it as read nor read what it is about."""
    known = [_is_among(kind.no_news_to(actor)) for kind in every_kind() if kind.no_news_to]
    is_known = and_(Notification.about.not_in(ABOUT_OWN), or_(false(), *known))
    return and_(Notification.read_at.is_(None), not_(is_known))


def glances_at(subject_ids: Iterable[int | None], *, actor: Actor) -> Mapping[int, Glance]:
    """Return a glance at each of these that the actor may see: one query for each kind."""
    wanted = {each for each in subject_ids if each is not None}
    found: dict[int, Glance] = {}
    for kind in every_kind() if wanted else ():
        found |= kind.glances(actor, wanted)
    return found


def _is_among(subject_ids: Select[int]) -> ColumnElement[bool]:
    """Look up one subject in a select of many, by its index: it is never listed whole."""
    (column,) = subject_ids.selected_columns
    found = subject_ids.where(column == Notification.subject_id)
    return found.correlate(Notification).exists()
