"""How closely members watch threads, which boards they mute, and starting fresh."""

import pytest

from app.boards import actions
from app.boards.models import Follow, FreshStart, Level
from app.core import clock
from app.core.database import writing
from app.core.errors import NotAllowed
from app.extensions import db
from app.permissions import GUEST
from tests.factories import A_MONDAY, make_board, make_thread


def follow(actor, thread, level):
    with writing():
        actions.follow(thread, level, actor=actor)


def levels():
    return db.session.scalars(db.select(Follow.level)).all()


def test_a_member_says_how_closely_they_watch_a_thread(cast):
    thread = make_thread(cast["member"])
    for level in (Level.FOLLOW, Level.QUIET, Level.QUIET, Level.OFF):
        follow(cast["insider"], thread, level)
        assert levels() == [level]


def test_writing_in_a_thread_follows_it_unless_its_reader_decided_otherwise(cast):
    thread = make_thread(cast["member"])
    with writing():
        actions.follow_unless_decided(thread.id, Level.FOLLOW, actor=cast["insider"])
    assert levels() == [Level.FOLLOW]
    follow(cast["insider"], thread, Level.OFF)
    with writing():
        actions.follow_unless_decided(thread.id, Level.FOLLOW, actor=cast["insider"])
    assert levels() == [Level.OFF]


def test_a_thread_out_of_reach_is_not_followed(cast, group):
    thread = make_thread(cast["insider"], board=make_board(group=group))
    for outsider in (cast["member"], cast["suspended"], GUEST):
        with pytest.raises(NotAllowed):
            follow(outsider, thread, Level.FOLLOW)
    assert levels() == []


def test_a_fresh_start_never_moves_back(cast):
    moments = (A_MONDAY, A_MONDAY.replace(hour=12), A_MONDAY.replace(hour=10))
    for moment in moments:
        with clock.at(moment), writing():
            actions.start_fresh(actor=cast["member"])
    assert db.session.scalars(db.select(FreshStart.at)).all() == [A_MONDAY.replace(hour=12)]
