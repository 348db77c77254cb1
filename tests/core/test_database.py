"""How the database is opened, and that there is one way to write to it."""

import sqlite3
from contextlib import contextmanager

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.boards.models import Post, ReadingPosition, Section, Thread
from app.core import clock, database
from app.core.database import WRITES, insert_or_ignore, writing
from app.core.forms import SentForm
from app.extensions import db
from tests.concurrent.at_once import browsers_of
from tests.factories import make_member, make_section, make_thread
from tests.pages_of import hidden_inputs

SHORT = 0.2  # seconds: nobody in a test waits as long as a member would


def on_postgresql():
    return db.engine.dialect.name == "postgresql"


@contextmanager
def somebody_else_writing(thread_id):
    """Hold what a reply needs: the lock of the file, or of the thread's row."""
    if on_postgresql():
        with db.engine.connect().execution_options(**WRITES) as connection:
            lock = text("SELECT id FROM threads WHERE id = :id FOR UPDATE")
            connection.execute(lock, {"id": thread_id})
            yield
        return
    other = sqlite3.connect(db.engine.url.database, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()


def sections():
    return db.session.scalars(db.select(Section.name).order_by(Section.id)).all()


@pytest.mark.concurrent
@pytest.mark.sqlite_only
def test_every_connection_to_sqlite_is_opened_for_safety(committing_app):
    connections = [db.engine.connect() for _ in range(5)]
    try:
        for connection in connections:
            asked = {
                pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
                for pragma in (
                    "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only",
                )
            }  # fmt: skip
            assert asked == {
                "journal_mode": "wal",
                "synchronous": 2,  # FULL: what is committed is on the disk
                "foreign_keys": 1,
                "busy_timeout": database.PATIENCE * 1000,
                "query_only": 1,
            }
    finally:
        for connection in connections:
            connection.close()


@pytest.mark.concurrent
def test_outside_writing_nothing_can_be_written(committing_app):
    with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
        db.session.execute(insert(Section).values(name="Unasked", position=0))
    db.session.rollback()
    assert sections() == []


@pytest.mark.concurrent
def test_a_connection_that_wrote_can_only_read_again_afterwards(committing_app):
    make_section("Talking")
    for _ in range(3):
        with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
            db.session.execute(insert(Section).values(name="Unasked", position=0))
        db.session.rollback()
    with writing():
        db.session.execute(insert(Section).values(name="Asked", position=0))
    assert sections() == ["Talking", "Asked"]


def test_a_row_is_not_saved_outside_writing(app):
    db.session.add(Section(name="Unasked"))
    with pytest.raises(RuntimeError, match="open writing"):
        db.session.flush()


def test_a_unit_of_writing_stands_in_no_other(app):
    with writing(), pytest.raises(RuntimeError, match="already open"), writing():
        pass
    make_section("After all")  # the refusal left nothing open
    assert sections() == ["After all"]


@pytest.mark.concurrent
def test_a_unit_that_fails_is_undone_whole(committing_app):
    make_section("Talking")

    def fail_half_way():
        with writing():
            db.session.add(Section(name="Half done"))
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert sections() == ["Talking"]
    assert make_section("Next").id


@pytest.mark.concurrent
def test_what_was_read_before_writing_is_read_anew_inside(committing_app):
    section = make_section("Talking")
    assert sections() == ["Talking"]
    with db.engine.connect().execution_options(**WRITES) as other, other.begin():
        other.execute(text("UPDATE sections SET name = 'Renamed'"))
    with writing():
        assert db.session.get_one(Section, section.id).name == "Renamed"


@pytest.mark.concurrent
def test_what_one_unit_wrote_is_read_anew_in_the_next(committing_app):
    section = make_section("Talking")  # held on to, as a loop over several units holds it
    with db.engine.connect().execution_options(**WRITES) as other, other.begin():
        other.execute(text("UPDATE sections SET name = 'Renamed'"))
    with writing():
        assert db.session.get_one(Section, section.id, with_for_update=True).name == "Renamed"


@pytest.mark.concurrent
def test_nobody_waits_longer_for_another_writer_than_they_were_ready_to(
    committing_app, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE", SHORT)
    thread = make_thread(make_member())
    with somebody_else_writing(thread.id):
        began = clock.now()
        with pytest.raises(OperationalError), writing():
            db.session.get_one(Thread, thread.id, with_for_update=True)
        waited = (clock.now() - began).total_seconds()
        assert SHORT <= waited < SHORT + 2
    with writing():
        assert db.session.get_one(Thread, thread.id, with_for_update=True)


@pytest.mark.concurrent
def test_a_busy_database_gives_the_words_back_and_takes_them_a_moment_later(
    committing_app, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE", SHORT)
    member = make_member()
    thread = make_thread(member)
    path = f"/threads/{thread.id}/reply"
    (browser,) = browsers_of(committing_app, member)
    sent = hidden_inputs(browser.get(path), path) | {"body": "It was a long night."}

    with somebody_else_writing(thread.id):
        refused = browser.post(path, data=sent)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "5"
    assert "It was a long night." in refused.text
    assert "/help-now" in refused.text

    assert browser.post(path, data=sent).status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 2


@pytest.mark.concurrent
def test_a_footprint_is_dropped_when_somebody_else_is_writing(committing_app):
    author, reader = make_member("author"), make_member("reader")
    thread = make_thread(author)
    (browser,) = browsers_of(committing_app, reader)
    address = browser.get(f"/threads/{thread.id}").location
    with everybody_kept_out():
        began = clock.now()
        assert browser.get(address).status_code == 200
        assert (clock.now() - began).total_seconds() < 2
    assert db.session.scalars(db.select(ReadingPosition)).all() == []

    db.session.remove()
    assert browser.get(address).status_code == 200
    position = db.session.scalars(db.select(ReadingPosition)).one()
    assert (position.member_id, position.last_number) == (reader.id, 1)


@contextmanager
def everybody_kept_out():
    """Hold what a footprint needs: the lock of the file, or of the table it writes to."""
    if not on_postgresql():
        with somebody_else_writing(0):
            yield
        return
    with db.engine.connect().execution_options(**WRITES) as connection:
        connection.execute(text("LOCK TABLE reading_positions IN SHARE MODE"))
        yield


def test_a_row_whose_key_is_there_is_not_put_twice(app):
    row = {"sender_id": 1, "key": "a", "sent_at": clock.now()}
    with writing():
        assert insert_or_ignore(SentForm, **row, address="/first") is True
        assert insert_or_ignore(SentForm, **row, address="/second") is False
        assert insert_or_ignore(SentForm, **row | {"key": "b"}, address="/third") is True
    kept = db.select(SentForm.address).order_by(SentForm.address)
    assert db.session.scalars(kept).all() == ["/first", "/third"]
