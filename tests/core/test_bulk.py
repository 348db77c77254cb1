"""Many rows at once are what they would be one by one."""

from app.accounts.models import Member
from app.boards.models import Section
from app.core import bulk
from app.core.database import writing
from app.extensions import db
from tests.factories import A_MONDAY, make_member, make_section


def test_rows_are_as_if_each_had_come_alone(app):
    alone = make_member("alone", sees_counts=True)
    names = (
        "id", "name", "name_key", "email_sealed", "email_key", "password_hash", "joined_at",
    )  # fmt: skip
    with writing():
        bulk.insert_many(Member, names, [(alone.id + 5, "many", "rnany", "s", "k", "h", A_MONDAY)])
    one, many = (db.session.get_one(Member, each) for each in (alone.id, alone.id + 5))
    assert many.joined_at == A_MONDAY and many.welcomed_at is None
    for usual in ("standing", "language", "zone", "sees_counts", "wants_nudges"):
        assert getattr(many, usual) == getattr(one, usual)


def test_nothing_is_no_trouble(app):
    with writing():
        bulk.insert_many(Section, ("name", "position"), [])
    assert bulk.newest_id(Section) == 0


def test_what_comes_next_is_numbered_after_what_brought_its_id(app):
    with writing():
        bulk.insert_many(Section, ("id", "name"), [(70, "Seventy"), (71, "Seventy-one")])
        bulk.count_on(Section)
    assert bulk.newest_id(Section) == 71
    assert make_section("Next").id == 72


def test_rows_may_come_one_by_one(app):
    with writing():
        bulk.insert_many(Section, ("name",), ((f"Section {each}",) for each in range(1_000)))
        bulk.take_stock()
    names = db.session.scalars(db.select(Section.name).order_by(Section.id)).all()
    assert names == [f"Section {each}" for each in range(1_000)]
