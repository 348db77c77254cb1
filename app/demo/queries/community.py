"""The demo community as it is written down in content/, and whether it is here already."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select

from app.accounts.models import Member
from app.boards.actions import BoardPlan
from app.boards.models import Audience, Policy, Post, SupportKind, Wish
from app.care.models import ContentNote
from app.core import text
from app.core.mail_addresses import MailAddress
from app.core.text import RenderedText
from app.extensions import db
from app.permissions import Role, Standing

CONTENT = Path(__file__).parents[1] / "content"
SPAN = re.compile(r"(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    joined: timedelta  # ago
    grants: tuple[tuple[Role, str | None], ...]  # role, slug of its group
    is_confirmed: bool
    is_welcomed: bool
    standing: Standing

    @property
    def address(self) -> MailAddress:
        """An address that reaches nobody (RFC 2606)."""
        return MailAddress(f"{self.name}@example.org")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the plans of its boards, each with the slug of its group."""

    name: str
    boards: tuple[tuple[BoardPlan, str | None], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """A post. Everything happens so long after its thread was started."""

    by: str
    after: timedelta
    body: RenderedText
    notes: tuple[ContentNote, ...] = ()
    replying_to: int | None = None  # its place in the conversation, from 0
    quoted: str = ""
    support: tuple[tuple[SupportKind, str], ...] = ()  # by whom
    let_through: tuple[str, timedelta] | None = None  # by whom
    edit: tuple[RenderedText, timedelta] | None = None
    withdrawn: timedelta | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    board: str
    title: RenderedText
    started: timedelta  # ago
    sayings: tuple[Saying, ...]
    wish: Wish = Wish.NONE
    notes: tuple[ContentNote, ...] = ()
    tags: tuple[str, ...] = ()
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    people: tuple[Person, ...]
    groups: tuple[dict[str, str], ...]
    sections: tuple[Section, ...]
    conversations: tuple[Conversation, ...]


def community() -> Community:
    """Read and render the demo community. Takes a moment: call it before writing()."""
    places = _read(CONTENT / "places.json")
    return Community(
        people=people(),
        groups=tuple(places["groups"]),
        sections=tuple(_section(written) for written in places["sections"]),
        conversations=tuple(
            _conversation(path.stem, written)
            for path in sorted((CONTENT / "threads").glob("*.json"))
            for written in _read(path)
        ),
    )


def people() -> tuple[Person, ...]:
    return tuple(_person(written) for written in _read(CONTENT / "people.json"))


def has_members() -> bool:
    return bool(db.session.scalar(select(exists().select_from(Member))))


def password_hash_of_demo_people() -> str | None:
    """Return the hash they share, or None where there are no demo people."""
    return db.session.scalar(
        select(Member.password_hash).where(Member.email_key == people()[0].address.key)
    )


def opening_post_of(thread_id: int) -> Post:
    opening = select(Post).where(Post.thread_id == thread_id, Post.opens_thread)
    return db.session.scalars(opening).one()


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _person(written: dict[str, Any]) -> Person:
    grants = [grant.partition(":") for grant in written.get("roles", ())]
    return Person(
        name=written["name"],
        joined=span(written["joined"]),
        grants=tuple((Role(role), group or None) for role, _, group in grants),
        is_confirmed=written.get("is_confirmed", True),
        is_welcomed=written.get("is_welcomed", True),
        standing=Standing(written.get("standing", Standing.GOOD)),
    )


def _section(written: dict[str, Any]) -> Section:
    boards = enumerate(written["boards"], start=1)
    return Section(written["name"], tuple(_board(board, place) for place, board in boards))


def _board(written: dict[str, Any], place: int) -> tuple[BoardPlan, str | None]:
    """Return a plan that lacks only the numbers of its section and its group."""
    plan = BoardPlan(
        section_id=0,
        slug=written["slug"],
        name=written["name"],
        purpose=written["purpose"],
        guide=text.render(written["guide"]),
        policy=Policy(written["policy"]),
        audience=Audience(written["audience"]),
        group_id=None,
        position=place,
        has_no_health_talk=written.get("no_health_talk", False),
    )
    return plan, written.get("group")


def _conversation(board: str, written: dict[str, Any]) -> Conversation:
    return Conversation(
        board=board,
        title=text.render_title(written["title"]),
        started=span(written["ago"]),
        sayings=tuple(_saying(each) for each in written["posts"]),
        wish=Wish(written.get("wish", "")),
        notes=_notes(written),
        tags=tuple(written.get("tags", ())),
        is_pinned=written.get("pinned", False),
    )


def _saying(written: dict[str, Any]) -> Saying:
    let_through, edit = written.get("let_through"), written.get("edit")
    return Saying(
        by=written["by"],
        after=span(written.get("after", "0m")),
        body=text.render(written["body"]),
        notes=_notes(written),
        replying_to=written.get("replying_to"),
        quoted=written.get("quoted", ""),
        support=tuple(
            (SupportKind(kind), name)
            for kind, names in written.get("support", {}).items()
            for name in names
        ),
        let_through=let_through and (let_through["by"], span(let_through["after"])),
        edit=edit and (text.render(edit["body"]), span(edit["after"])),
        withdrawn=span(written["withdrawn"]) if "withdrawn" in written else None,
    )


def _notes(written: dict[str, Any]) -> tuple[ContentNote, ...]:
    return tuple(ContentNote(note) for note in written.get("content_notes", ()))


def span(written: str) -> timedelta:
    """Return a span of time, written such as "2d 3h 10m"."""
    parts = SPAN.fullmatch(written)
    if not written or parts is None:
        raise ValueError(f"{written!r} is no span of time")
    days, hours, minutes = (int(part or 0) for part in parts.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)
