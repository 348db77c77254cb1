"""What a place forgets in time, it forgets by itself: as jobs, in the hands of a worker."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.limits import ATTEMPTS_KEPT
from app.accounts.models import Attempt
from app.boards.limits import WITHDRAWN_KEPT
from app.boards.models import Post
from app.core import clock, drafts, jobs
from app.core.database import writing
from app.core.drafts import KEPT_FOR, Draft
from app.extensions import db
from tests.factories import make_post, make_thread


@pytest.fixture
def do(app):
    """Do one of our jobs, as a worker does when its slot has come."""

    def _do(name):
        db.session.rollback()
        jobs.carry_out(app, name, is_woken=False)
        db.session.rollback()
        db.session.expire_all()

    return _do


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_old_tries_at_a_door_and_old_drafts_are_forgotten(cast, do):
    words, long_ago = [("body", "Hello")], clock.now() - timedelta(minutes=1)
    with writing():
        for kept in (ATTEMPTS_KEPT, timedelta(0)):
            db.session.add(Attempt(door="sign-in", key="k", at=long_ago - kept))
        drafts.keep(cast["member"].id, "/new", words)
        with clock.at(long_ago - KEPT_FOR):
            drafts.keep(cast["member"].id, "/old", words)
    do("accounts.tidy")
    assert (count(Attempt), count(Draft)) == (1, 1)


def test_words_taken_back_long_ago_are_emptied(cast, do):
    thread, long_ago = make_thread(cast["insider"]), clock.now() - timedelta(minutes=1)
    old = make_post(thread, cast["member"], withdrawn_at=long_ago - WITHDRAWN_KEPT)
    young = make_post(thread, cast["member"], withdrawn_at=long_ago)
    do("boards.tidy")
    htmls = [db.session.get_one(Post, post.id).html for post in (old, young)]
    assert htmls[0] == ""
    assert htmls[1] != ""


def test_the_copies_of_the_help_lines_come_back_when_somebody_took_them_away(app, do):
    copy = app.config["VAR"] / "help-now.html"
    copy.unlink(missing_ok=True)
    do("care.write_copy")
    assert "<h1" in copy.read_text()
