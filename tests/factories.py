"""Make valid rows with one line. Say only what the test is about."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from app.accounts.actions import start_session
from app.accounts.models import Grant, Member
from app.accounts.queries import find_signed_in
from app.boards import actions as boards
from app.boards.models import Audience, Board, Policy, Post, Section, Thread
from app.care.models import HelpCountry, HelpLine, LineDetails, LineKind
from app.core import text
from app.core.database import writing
from app.core.lookalikes import look_of
from app.core.mail_addresses import MailAddress
from app.extensions import db
from app.groups.models import Group
from app.moderation import actions as moderation
from app.moderation.models import State
from app.permissions import Standing
from app.tags.models import Axis, Tag

A_MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
# Members join before anybody writes: what was shown earlier would not be new to them.
THE_DAY_BEFORE = A_MONDAY - timedelta(days=1)


def make_member(name="someone", role=None, *, group=None, standing=Standing.GOOD, **details):
    """Make a member, with one role if named; return them as the actor a request would see."""
    is_confirmed = details.pop("is_confirmed", True)
    is_welcomed = details.pop("is_welcomed", True)
    address = MailAddress(f"{name}@example.org")
    member = _save(
        Member(
            name=name, name_key=look_of(name), standing=standing, joined_at=THE_DAY_BEFORE,
            email_sealed=address.seal(), email_key=address.key, password_hash="none",
            confirmed_at=A_MONDAY if is_confirmed else None,
            welcomed_at=A_MONDAY if is_welcomed else None, **details,
        )
    )  # fmt: skip
    if role:
        group_id = group and group.id
        _save(Grant(member_id=member.id, role=role, group_id=group_id, given_at=A_MONDAY))
    return actor_of(member.id)


def actor_of(member_id):
    """Return a member as the actor a request would see."""
    with writing():
        secret = start_session(member_id)
    return find_signed_in(secret).actor


def make_group(slug="sleepless-parents", name="Sleepless parents"):
    return _save(Group(slug=slug, name=name))


def make_section(name="Talking", position=0):
    return _save(Section(name=name, position=position))


def make_board(slug="talk", *, group=None, **details):
    section = db.session.scalar(db.select(Section)) or make_section()
    audience = Audience.GROUP if group else Audience.MEMBERS
    details = {"audience": audience, "policy": Policy.OPEN, "name": slug, **details}
    details |= {"purpose": "For talking.", "group_id": group and group.id}
    return _save(Board(slug=slug, section_id=section.id, **details))


def make_thread(author, *, board=None, title="First night home", body="Hello.", **details):
    """Make a thread with its opening post. `state` is how moderation left it."""
    board = board or db.session.scalar(db.select(Board)) or make_board()
    state = details.pop("state", State.VISIBLE)
    with writing():
        voice = boards.voice_of(author)
        subject = moderation.new_subject(
            "thread", voice_id=voice.id, group_id=board.group_id, state=state
        )
        words = text.render_title(title)
        moderation.write_version(subject, words)
        thread = Thread(
            subject_id=subject.id, board_id=board.id, group_id=board.group_id,
            is_public=board.is_public, voice_id=voice.id, title=words.source, state=state,
            **{"started_at": A_MONDAY, "last_post_at": A_MONDAY, **details},
        )  # fmt: skip
        db.session.add(thread)
    make_post(thread, author, body=body, state=state, opens_thread=True)
    return _as_it_is(db.session.get_one(Thread, thread.id))


def make_post(thread, author, *, body="You are not alone.", state=State.VISIBLE, **details):
    """Make a post in a thread, with its number unless it is held."""
    words = text.render(body)
    with writing():
        thread = db.session.get_one(Thread, thread.id)
        voice = boards.voice_of(author)
        subject = moderation.new_subject(
            "post", voice_id=voice.id, group_id=thread.group_id, state=state
        )
        if state != State.HELD:
            thread.last_number += 1
            details["number"] = thread.last_number
            details.setdefault("shown_at", details.get("written_at", A_MONDAY))
        post = Post(
            subject_id=subject.id, thread_id=thread.id, voice_id=voice.id, state=state,
            html=words.html, version=moderation.write_version(subject, words),
            **{"written_at": A_MONDAY, **details},
        )  # fmt: skip
        db.session.add(post)
    return _as_it_is(post)


def make_tag(slug="breathing", name="Slow breathing", axis=Axis.APPROACH):
    return _save(Tag(slug=slug, name=name, axis=axis))


def make_help_line(name="Samaritans", dial="116 123", **details):
    """Make a line in the United Kingdom, unless another country is named."""
    country = details.pop("country", "GB")
    if db.session.get(HelpCountry, country) is None:
        _save(HelpCountry(iso=country, emergency="999"))
    known = LineDetails(country, name, details.pop("kind", LineKind.PHONE), dial)
    return _save(HelpLine(**asdict(known) | details))


def _save(row):
    with writing():
        db.session.add(row)
    return _as_it_is(row)


def _as_it_is(row):
    """Return the row on its own: what a test holds does not change under its hands."""
    db.session.refresh(row)
    db.session.remove()
    return row
