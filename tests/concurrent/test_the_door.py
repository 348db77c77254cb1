"""Several people at the door in the same moment: one name, one address, one link, one count."""

from functools import partial

import pytest
from sqlalchemy import func, select

from app.accounts import actions, queries
from app.accounts.limits import ACTIVITY_STEP, Door
from app.accounts.models import HeldName, Member, TokenPurpose
from app.accounts.queries import Knock, LinkOver
from app.accounts.views.blueprint import knock
from app.core.database import writing
from app.core.errors import RuleBroken, TooMany
from app.core.mail_addresses import read_address
from app.extensions import db
from app.outbox.models import Letter
from tests.concurrent.at_once import all_at_once

TIMES = 8

pytestmark = pytest.mark.concurrent


def join(name, email):
    with writing():
        actions.join(actions.NewMember(name, read_address(email), "$argon2id$"))


def count(model):
    found = db.session.scalar(select(func.count()).select_from(model))
    db.session.rollback()
    return found


def test_one_name_goes_to_one_of_those_who_want_it(committing_app):
    asked = [partial(join, "quiet.river", f"river{n}@example.org") for n in range(TIMES)]
    answers = all_at_once(committing_app, *asked)
    assert answers.count(None) == 1
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == TIMES - 1
    assert count(Member) == count(Letter) == 1


def test_one_address_makes_one_member_and_nobody_is_told(committing_app):
    asked = [partial(join, f"lamp-{chr(97 + n)}", "river@example.org") for n in range(TIMES)]
    assert all_at_once(committing_app, *asked) == [None] * TIMES
    assert count(Member) == 1
    assert count(HeldName) == TIMES - 1
    assert count(Letter) == TIMES


def test_two_links_of_one_member_at_once_set_one_password(committing_app):
    """Neither waits for the other in a circle: the member is locked before any link."""
    with writing():
        new = actions.NewMember("quiet.river", read_address("river@example.org"), "$argon2id$old")
        member_id = actions.add_member(new)
    for _ in range(TIMES):
        with writing():
            links = [actions.make_token(member_id, TokenPurpose.RESET) for _ in range(2)]
        answers = all_at_once(
            committing_app, *(partial(reset, link, f"$argon2id${link}") for link in links)
        )
        assert {type(answer) for answer in answers} == {LinkOver, Member}
        kept = db.session.scalars(select(Member.password_hash)).one()
        db.session.rollback()
        assert kept in {f"$argon2id${link}" for link in links}


def reset(link, password_hash):
    with writing():
        return actions.reset_password(link, password_hash)


def test_of_many_who_knock_at_once_no_more_than_the_limit_get_in(committing_app):
    narrow = Knock(Door("narrow", 3, ACTIVITY_STEP), ("somewhere",))
    answers = all_at_once(committing_app, *[partial(knock, narrow)] * TIMES)
    assert sum(isinstance(answer, list) for answer in answers) <= 3
    assert all(isinstance(answer, list | TooMany) for answer in answers)


def test_a_password_that_changes_while_somebody_signs_in_lets_in_nobody_with_the_old_one(
    committing_app,
):
    with writing():
        new = actions.NewMember("quiet.river", read_address("river@example.org"), "$argon2id$0")
        member_id = actions.add_member(new)
    for number in range(1, TIMES):
        seen = queries.find_credentials("quiet.river")
        with writing():
            link = actions.make_token(member_id, TokenPurpose.RESET)
        answers = all_at_once(
            committing_app, partial(sign_in, seen), partial(reset, link, f"$argon2id${number}")
        )
        secret = answers[0]
        assert isinstance(secret, RuleBroken) or queries.find_signed_in(secret) is None
        db.session.rollback()


def sign_in(seen):
    with writing():
        return actions.sign_in(seen)
