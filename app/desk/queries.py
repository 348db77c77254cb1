"""What organisers see of sections, boards and groups: how they are arranged, not what is said."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Grant, Member
from app.accounts.queries import get_member_by_name
from app.boards.models import Audience, Board, Policy, Section
from app.core import clock
from app.core.database import LOCKED
from app.core.errors import NotFound
from app.extensions import db
from app.groups.models import Group
from app.permissions import RANK_OF, Actor, Permission, Role, Standing, require


@dataclass(frozen=True, slots=True)
class ArrangedBoard:
    slug: str
    name: str
    purpose: str
    policy: Policy
    audience: Audience
    group_name: str | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ArrangedSection:
    id: int
    name: str
    boards: tuple[ArrangedBoard, ...]


@dataclass(frozen=True, slots=True)
class HeldRole:
    name: str
    role: Role
    group_id: int | None
    group_name: str | None
    given_by: str | None
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    roles: tuple[HeldRole, ...]


def arranged_sections(*, actor: Actor) -> tuple[ArrangedSection, ...]:
    """Return every section with its boards, in their order, in one query."""
    require(actor, Permission.BOARD_ARRANGE)
    rows = db.session.execute(
        select(Section.id, Section.name, Board.slug, Board.name, Board.purpose, Board.policy)
        .add_columns(Board.audience, Group.name, Board.closed_at.is_not(None))
        .join_from(Section, Board, isouter=True)
        .outerjoin(Group, Group.id == Board.group_id)
        .order_by(Section.position, Section.id, Board.position, Board.id)
    ).all()
    return tuple(
        ArrangedSection(id_, name, tuple(ArrangedBoard(*row[2:]) for row in boards if row.slug))
        for (id_, name), boards in groupby(rows, key=lambda row: (row.id, row[1]))
    )


def sections() -> list[Section]:
    return list(db.session.scalars(select(Section).order_by(Section.position, Section.id)))


def groups() -> list[Group]:
    return list(db.session.scalars(select(Group).order_by(Group.name, Group.id)))


def guides() -> list[tuple[int, str]]:
    """Return the id of each board that has a guide, with the guide's source."""
    written = select(Board.id, Board.guide_source).where(Board.guide_source != "")
    return [(row.id, row.guide_source) for row in db.session.execute(written.order_by(Board.id))]


def get_section(section_id: int, *, actor: Actor, for_update: bool = False) -> Section:
    """Return a section for somebody who may arrange it."""
    require(actor, Permission.BOARD_ARRANGE)
    wanted = select(Section).where(Section.id == section_id)
    section = db.session.scalar(wanted.with_for_update(**LOCKED) if for_update else wanted)
    if section is None:
        raise NotFound
    return section


def get_board(slug: str, *, actor: Actor, for_update: bool = False) -> Board:
    """Return a board for somebody who may arrange it, whoever may read it."""
    require(actor, Permission.BOARD_ARRANGE)
    wanted = select(Board).where(Board.slug == slug)
    board = db.session.scalar(wanted.with_for_update(**LOCKED) if for_update else wanted)
    if board is None:
        raise NotFound
    return board


def roles_of_staff(*, actor: Actor) -> list[HeldRole]:
    """Return every role that is more than taking part, the most trusted first."""
    return _roles(Grant.role != Role.PARTICIPANT, actor)


def find_holder(name: str, *, actor: Actor) -> Holder | None:
    """Return a member with all they were trusted with, or None where nobody has the name."""
    require(actor, Permission.ROLE_GRANT)
    try:
        member = get_member_by_name(name)
    except NotFound:
        return None
    return Holder(member.name, tuple(_roles(Grant.member_id == member.id, actor)))


def get_role(name: str, role: Role, group_id: int | None, *, actor: Actor) -> HeldRole:
    """Return one role of a member. Raises NotFound where they do not hold it."""
    holder = find_holder(name, actor=actor)
    for held in holder.roles if holder else ():
        if (held.role, held.group_id) == (role, group_id):
            return held
    raise NotFound


def has_another_organiser(member_id: int) -> bool:
    """Say whether somebody else could answer for the place now. Holds the roles until the end."""
    organisers = select(Grant.id).where(Grant.role == Role.ORGANISER)
    db.session.scalars(organisers.order_by(Grant.id).with_for_update()).all()
    is_good = or_(Member.standing == Standing.GOOD, Member.standing_until <= clock.now())
    others = (
        select(Grant.id)
        .join(Member, Member.id == Grant.member_id)
        .where(Grant.role == Role.ORGANISER, Grant.member_id != member_id)
        .where(Member.confirmed_at.is_not(None), is_good)
    )
    return db.session.scalar(others.limit(1)) is not None


def _roles(which: ColumnElement[bool], actor: Actor) -> list[HeldRole]:
    require(actor, Permission.ROLE_GRANT)
    giver = aliased(Member)
    rows = db.session.execute(
        select(Member.name, Grant.role, Grant.group_id, Group.name, giver.name, Grant.given_at)
        .join_from(Grant, Member, Member.id == Grant.member_id)
        .outerjoin(Group, Group.id == Grant.group_id)
        .outerjoin(giver, giver.id == Grant.given_by_id)
        .where(which)
        .order_by(Member.name, Grant.id)
    )
    held = [HeldRole(*row) for row in rows]
    return sorted(held, key=lambda each: -RANK_OF[Role(each.role)])
