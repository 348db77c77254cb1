"""Many rows at once, for tests of what a large place costs."""

from datetime import timedelta

from markupsafe import Markup

from app.boards import actions
from app.boards.models import Post, Thread
from app.core.database import writing
from app.extensions import db
from app.moderation.models import Subject
from tests.factories import A_MONDAY, make_thread


def make_long_thread(author, board, length, **details):
    """Make a thread of so many posts, one a minute, without their versions."""
    ends = A_MONDAY + timedelta(minutes=length)
    thread = make_thread(author, board=board, last_number=0, last_post_at=ends, **details)
    with writing():
        voice_id = actions.voice_of(author).id
        subjects = _make_subjects("post", voice_id, length - 1)
        moments = [A_MONDAY + timedelta(minutes=number) for number in range(2, length + 1)]
        db.session.execute(db.insert(Post), [
            {
                "subject_id": subject_id, "thread_id": thread.id, "number": number,
                "voice_id": voice_id, "html": Markup("<p>You are not alone.</p>"),
                "written_at": moment, "shown_at": moment,
            }
            for subject_id, (number, moment) in zip(
                subjects, enumerate(moments, start=2), strict=True
            )
        ])  # fmt: skip
        db.session.get_one(Thread, thread.id).last_number = length
    return thread


def make_many_threads(author, board, count, **details):
    """Make so many threads without a post, one a minute; each says it has three."""
    with writing():
        voice_id = actions.voice_of(author).id
        rows = [
            {
                "subject_id": subject_id, "board_id": board.id, "group_id": board.group_id,
                "is_public": board.is_public, "voice_id": voice_id, "title": f"Night {minute}",
                "last_number": 3, "started_at": A_MONDAY,
                "last_post_at": A_MONDAY + timedelta(minutes=minute), **details,
            }
            for minute, subject_id in enumerate(_make_subjects("thread", voice_id, count))
        ]  # fmt: skip
        db.session.execute(db.insert(Thread), rows)


def _make_subjects(kind, voice_id, count):
    rows = [{"kind": kind, "voice_id": voice_id} for _ in range(count)]
    return db.session.scalars(db.insert(Subject).returning(Subject.id), rows).all()
