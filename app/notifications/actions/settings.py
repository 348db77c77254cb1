"""How a member wants to hear of things."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.core.database import insert_or_ignore
from app.core.errors import NotFound
from app.extensions import db
from app.notifications.actions.noting import note
from app.notifications.models import BY_MAIL, About, Channel, ChannelChoice, MailWishes
from app.notifications.queries import read_way_out, wishes_of
from app.permissions import GUEST, Actor


@dataclass(frozen=True, slots=True)
class Quiet:
    """When no mail may come, and whether it may show words."""

    quiet_from: int
    quiet_until: int
    snoozed_until: datetime | None
    shows_words: bool


def set_wishes(channels: Mapping[About, Channel], quiet: Quiet, *, actor: Actor) -> None:
    """Choose how to hear of each kind of thing, and when not. It holds for what is told next."""
    for about, channel in channels.items():
        _choose(actor.id, about, channel)
    _put(MailWishes, {"member_id": actor.id}, asdict(quiet))


def unsubscribe(token: str) -> None:
    """End the letters a link was for; what they told of stands here still. Twice is once.

    The link is proof enough: it came in a letter. Raises NotFound for what is no such link.
    """
    found = read_way_out(token)
    if found is None:
        raise NotFound
    member_id, scope = found
    channels = wishes_of(member_id).channels
    ended = [about for about in About if channels[about] in BY_MAIL and scope == about.value]
    ended += [about for about in About if channels[about].value == scope]
    for about in ended:
        _choose(member_id, about, Channel.APP)
    note("mail:end", actor=GUEST, member_id=member_id)


def _choose(member_id: int, about: About, channel: Channel) -> None:
    _put(ChannelChoice, {"member_id": member_id, "about": about}, {"channel": channel})


def _put(model: type[Any], own: dict[str, Any], values: dict[str, Any]) -> None:
    if not insert_or_ignore(model, **own, **values):
        db.session.execute(update(model).filter_by(**own).values(values))
