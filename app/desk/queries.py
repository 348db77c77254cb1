"""What organisers see of sections, boards and groups: how they are arranged, not what is said."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from app.boards.models import Audience, Board, Policy, Section
from app.core.errors import NotFound
from app.extensions import db
from app.groups.models import Group
from app.permissions import Actor, Permission, require


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
    section = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if section is None:
        raise NotFound
    return section


def get_board(slug: str, *, actor: Actor, for_update: bool = False) -> Board:
    """Return a board for somebody who may arrange it, whoever may read it."""
    require(actor, Permission.BOARD_ARRANGE)
    wanted = select(Board).where(Board.slug == slug)
    board = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if board is None:
        raise NotFound
    return board
