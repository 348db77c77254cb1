"""Several organisers keep the help lines at the same moment, or a place is made ready twice."""

from functools import partial

import pytest
from sqlalchemy import func

from app.care import actions, queries
from app.care.models import HelpLine
from app.core.database import writing
from app.extensions import db
from app.permissions import Role
from tests.concurrent.at_once import all_at_once
from tests.factories import make_member

CHECKS, STARTS = 24, 4

pytestmark = pytest.mark.concurrent


def load():
    with writing():
        actions.load_lines()


def check(line_id, actor):
    with writing():
        line = queries.get_line(line_id, actor=actor, for_update=True)
        actions.check_line(line, actor=actor)


def test_every_change_has_a_number_of_its_own(committing_app):
    load()
    organiser = make_member("organiser", Role.ORGANISER)
    lines = db.session.scalars(db.select(HelpLine.id).limit(3)).all()
    checks = [partial(check, lines[n % 3], organiser) for n in range(CHECKS)]
    assert all_at_once(committing_app, *checks) == [None] * CHECKS
    assert queries.read_version(db.session.connection()) == 1 + CHECKS


def test_a_place_made_ready_several_times_at_once_has_each_line_once(committing_app):
    assert all_at_once(committing_app, *[load] * STARTS) == [None] * STARTS
    count = db.session.scalar(db.select(func.count()).select_from(HelpLine))
    assert count == sum(len(country.lines) for country in queries.packaged().countries)
    assert queries.read_version(db.session.connection()) == 1
