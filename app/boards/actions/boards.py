"""What organisers do to sections and boards."""

from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.boards.models import Audience, Board, Policy, Post, Section, Thread
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """What an organiser wants a board to be."""

    section_id: int
    slug: str
    name: str
    purpose: str
    guide: RenderedText
    policy: Policy
    audience: Audience
    group_id: int | None
    position: int
    has_no_health_talk: bool = False  # the organiser's word, asked for where anybody may read
    allows_mentions: bool = True
    allows_support: bool = True


def open_section(name: str, position: int, *, actor: Actor) -> Section:
    """Make a heading that boards can stand under."""
    require(actor, Permission.BOARD_ARRANGE)
    section = Section()
    _arrange_section(section, name, position)
    note("section:open", actor=actor)
    return section


def arrange_section(section: Section, name: str, position: int, *, actor: Actor) -> None:
    """Give a section another name or place."""
    require(actor, Permission.BOARD_ARRANGE)
    _arrange_section(section, name, position)
    note("section:arrange", actor=actor)


def open_board(plan: BoardPlan, *, actor: Actor) -> Board:
    """Make a board."""
    require(actor, Permission.BOARD_ARRANGE)
    _require_fitting_audience(plan)
    board = Board()
    _arrange_board(board, plan)
    note("board:open", actor=actor)
    return board


def arrange_board(board: Board, plan: BoardPlan, *, actor: Actor) -> None:
    """Make a board, which the caller has locked, what the plan says; its threads go along."""
    require(actor, Permission.BOARD_ARRANGE)
    _require_fitting_audience(plan)
    reach = board.group_id, board.is_public
    _arrange_board(board, plan)
    if (board.group_id, board.is_public) != reach:
        _carry_reach(board)
    note("board:arrange", actor=actor)


def close_board(board: Board, *, actor: Actor) -> None:
    """Let a board rest: it can be read, and nothing is added. Closing twice is closing once."""
    require(actor, Permission.BOARD_ARRANGE)
    if not board.is_closed:
        board.closed_at = clock.now()
        note("board:close", actor=actor)


def reopen_board(board: Board, *, actor: Actor) -> None:
    """Let members write on a board again."""
    require(actor, Permission.BOARD_ARRANGE)
    if board.is_closed:
        board.closed_at = None
        note("board:reopen", actor=actor)


def rerender_guide(board_id: int, guide: RenderedText) -> None:
    """Keep how a board's guide shows by today's rules, unless it was written anew meanwhile."""
    same = Board.id == board_id, Board.guide_source == guide.source
    db.session.execute(update(Board).where(*same).values(guide_html=guide.html))


def _require_fitting_audience(plan: BoardPlan) -> None:
    if plan.audience == Audience.GROUP and plan.group_id is None:
        raise RuleBroken(gettext("Choose the group this board is for."), field="group")
    if plan.audience == Audience.PUBLIC and not plan.has_no_health_talk:
        raise RuleBroken(
            gettext("Nobody's health is talked about where anybody may read. Is that so here?"),
            field="no_health_talk",
        )


def _arrange_section(section: Section, name: str, position: int) -> None:
    section.name, section.position = name, position
    _take_name(section, RuleBroken(gettext("Another section has this name."), field="name"))


def _arrange_board(board: Board, plan: BoardPlan) -> None:
    board.section_id, board.position = plan.section_id, plan.position
    board.slug, board.name, board.purpose = plan.slug, plan.name, plan.purpose
    board.guide_source, board.guide_html = plan.guide.source, plan.guide.html
    board.policy, board.audience = plan.policy, plan.audience
    board.allows_mentions, board.allows_support = plan.allows_mentions, plan.allows_support
    board.group_id = plan.group_id if plan.audience == Audience.GROUP else None
    _take_name(board, RuleBroken(gettext("Another board has this address."), field="slug"))


def _take_name(row: Section | Board, taken: RuleBroken) -> None:
    """Write a row now, so that a name somebody else took a moment ago is refused kindly."""
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise taken from error


def _carry_reach(board: Board) -> None:
    """Copy who may read a board onto its threads and all that was said in them.

    The threads are first: a reply that is being written holds its thread, so it is waited
    for, and the statements after see it.
    """
    on_board = Thread.board_id == board.id
    reach = {"group_id": board.group_id, "is_public": board.is_public}
    db.session.execute(update(Thread).where(on_board).values(reach))
    posts = select(Post.subject_id).join(Thread, Thread.id == Post.thread_id).where(on_board)
    for subjects in (select(Thread.subject_id).where(on_board), posts):
        moderation.give_to_group(subjects, board.group_id)
