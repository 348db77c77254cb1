"""Jobs are done every so often by one worker, at once when woken, and none can stop the others."""

import logging
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import flask_migrate
import pytest
from huey.storage import PostgresStorage, RedisStorage
from sqlalchemy import select

from app import create_app
from app.core import clock, job_runs, jobs
from app.core.database import writing
from app.core.job_queue import AsJson, FileStorage, Sparing, open_queue
from app.core.jobs import DAY, HOUR, LATE, MINUTE, Job, Jobs
from app.extensions import db
from app.outbox import actions, tasks
from app.outbox.models import Letter, Subject
from config import under_test
from tests.factories import A_MONDAY
from tests.outbox.mail_server import mail_server

ROOT = Path(__file__).parents[2]

A_WHILE = 10  # seconds until a test that hangs is called one


@pytest.fixture
def done():
    """The names of the jobs that were done, in their order."""
    return []


@pytest.fixture
def ours(app, done, monkeypatch):
    """An app with three jobs of our own, of which one always fails."""
    mine = Jobs(app)
    monkeypatch.setitem(app.extensions, "jobs", mine)

    def fail():
        done.append("fails")
        raise ValueError("the words of a member")

    jobs.join(
        app,
        [
            Job("fails", MINUTE, fail),
            Job("often", MINUTE, lambda: done.append("often")),
            Job("daily", DAY, lambda: done.append("daily")),
        ],
    )
    db.session.rollback()
    return mine


def empty(ours):
    """Do what waits in the queue, as a worker does."""
    while (task := ours.queue.dequeue()) is not None:
        ours.queue.execute(task)


def look(ours, minutes=0):
    with clock.at(A_MONDAY + timedelta(minutes=minutes)):
        jobs.look(ours.app)
        empty(ours)


def test_a_look_does_what_is_due_once_a_slot(ours, done):
    look(ours)
    assert sorted(done) == ["daily", "fails", "often"]
    look(ours)
    assert len(done) == 3
    look(ours, minutes=1)
    assert sorted(done[3:]) == ["fails", "often"]


def test_what_was_missed_while_nobody_worked_is_done_at_the_next_look(ours, done):
    look(ours)
    look(ours, minutes=60 * 24 * 3 + 400)
    assert done.count("daily") == 2


def test_a_job_that_fails_is_told_without_words_and_the_others_go_on(ours, done, caplog):
    with caplog.at_level(logging.WARNING):
        look(ours)
    assert "often" in done
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith("a job failed: fails ValueError")
    assert "words of a member" not in caplog.text


def test_a_job_that_failed_is_tried_again_in_its_slot(ours, done, app):
    is_broken = True

    def do():
        done.append("rare")
        if is_broken:
            raise OSError

    jobs.join(app, [Job("rare", DAY, do)])
    look(ours)
    look(ours, minutes=1)
    assert done.count("rare") == 1
    is_broken = False
    for minutes in (6, 7, 30):
        look(ours, minutes)
    assert done.count("rare") == 2


def test_a_job_whose_worker_died_is_taken_over_in_its_slot(ours, done):
    day = A_MONDAY.replace(hour=0, minute=0)
    with clock.at(A_MONDAY), writing():
        assert job_runs.begin("daily", day, jobs.HELD_FOR)
        assert not job_runs.begin("daily", day, jobs.HELD_FOR)
    look(ours, minutes=1)
    assert "daily" not in done
    look(ours, minutes=1 + jobs.HELD_FOR // MINUTE)
    assert "daily" in done


@pytest.mark.parametrize(("every", "slot"), [(MINUTE, "09:05"), (HOUR, "09:00"), (DAY, "00:00")])
def test_slots_begin_where_the_clock_is_full(every, slot):
    with clock.at(A_MONDAY.replace(hour=9, minute=5, second=33)):
        assert f"{job_runs.slot_of(every):%H:%M}" == slot


def test_a_job_wakes_after_the_commit_and_once(ours, done):
    with writing():
        jobs.wake("daily")
        jobs.wake("daily")
        assert ours.queue.pending() == []
    with writing():
        jobs.wake("daily")
    assert len(ours.queue.pending()) == 1
    empty(ours)
    assert done == ["daily"]


def test_what_is_undone_wakes_nobody(ours):
    with pytest.raises(ValueError), writing():  # noqa: PT011, PT012 - any will do
        jobs.wake("daily")
        raise ValueError
    assert ours.queue.pending() == []


def test_waking_outside_a_unit_is_a_mistake(ours):
    with pytest.raises(RuntimeError):
        jobs.wake("daily")


def test_a_job_that_was_woken_is_done_though_its_slot_is_taken(ours, done):
    look(ours)
    with clock.at(A_MONDAY):
        with writing():
            jobs.wake("often")
        empty(ours)
    assert done.count("often") == 2


def test_a_queue_that_cannot_be_reached_costs_no_form(ours, monkeypatch, caplog):
    def put(_name, _is_woken):
        raise ConnectionError("redis://user:password@queue")

    monkeypatch.setattr(ours.queue, "put", put)
    with caplog.at_level(logging.WARNING), writing():
        jobs.wake("daily")
    assert "ConnectionError" in caplog.text
    assert "password" not in caplog.text


def test_a_job_comes_to_an_end_when_its_time_is_up_or_its_worker_stops(ours, app, monkeypatch):
    found = []
    jobs.join(app, [Job("asks", MINUTE, lambda: found.append(jobs.time_is_up()))])
    look(ours)
    monkeypatch.setattr(jobs, "DEADLINE", timedelta(0))
    look(ours, minutes=1)
    monkeypatch.undo()
    monkeypatch.setitem(app.extensions, "jobs", ours)
    ours.stopping.set()
    look(ours, minutes=2)
    assert found == [False, True, True]
    assert not jobs.time_is_up()  # a command's work has no such end


def test_a_job_asked_for_while_it_is_done_is_done_once_more_by_the_same_hand(ours, done, app):
    def do():
        done.append("mail")
        if len(done) < 3:  # letters are written while others are sent
            jobs.carry_out(app, "mail", is_woken=True)
            jobs.carry_out(app, "mail", is_woken=True)

    jobs.join(app, [Job("mail", HOUR, do)])
    jobs.carry_out(app, "mail", is_woken=True)
    assert done == ["mail"] * 3
    assert ours.under_way == {}


def test_a_queue_that_is_away_does_not_fill_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        sparing = Sparing()
        for _ in range(3):
            try:
                raise ConnectionError("redis://user:password@queue")
            except ConnectionError:
                logging.getLogger("away").exception("Error reading from queue")
    passed = [record.getMessage() for record in caplog.records if sparing.filter(record)]
    assert passed == ["Error reading from queue ConnectionError"]


def test_a_worker_that_stops_puts_back_what_it_did_not_send(app, monkeypatch):
    with writing():
        for _ in range(3):
            actions.send_later("river@example.org", Subject.NOTE, "Here.\n")
    with mail_server() as server:
        monkeypatch.setitem(app.config, "SMTP_URL", server.address)
        monkeypatch.setattr(tasks, "time_is_up", lambda: len(server.letters) == 1)
        assert tasks.send_due() == (1, 2)
        monkeypatch.undo()
        monkeypatch.setitem(app.config, "SMTP_URL", server.address)
        assert tasks.send_due() == (2, 0)


def test_a_place_shows_its_first_page_before_it_loads_the_queue(tmp_path):
    asked = "import sys, wsgi; sys.exit('huey' in sys.modules)"
    given = {"HANDRAIL_ENV": "development", "HANDRAIL_VAR": str(tmp_path)}
    python = [sys.executable, "-c", asked]
    subprocess.run(python, cwd=ROOT, env=os.environ | given, check=True)


def test_two_jobs_of_one_name_are_a_mistake(ours, app):
    with pytest.raises(ValueError, match="often"):
        jobs.join(app, [Job("often", MINUTE, list)])


def test_every_job_of_ours_is_done_without_a_fault(app, caplog):
    ours = jobs.jobs_of(app)
    db.session.rollback()
    with caplog.at_level(logging.WARNING):
        for name in ours.known:
            jobs.carry_out(app, name, is_woken=False)
    assert caplog.text == ""
    for job in ours.known.values():
        assert not job_runs.is_open(job.name, job_runs.slot_of(job.every))
        assert len(job.name) <= 40


def test_readiness_tells_whether_a_worker_is_alive_but_serves_without(ours, sign_in):
    browser, found = sign_in(), []
    for ago in (None, LATE, timedelta(0)):
        if ago is not None:
            with clock.at(clock.now() - ago):
                jobs.look(ours.app)
        answer = browser.get("/readyz")
        found.append((answer.status_code, answer.json["worker"]))
    assert found == [(200, False), (200, False), (200, True)]


def test_what_stands_in_the_queue_is_plain_and_can_only_name_a_job(ours):
    with writing():
        jobs.wake("daily")
    (written,) = ours.queue.storage.enqueued_items()
    assert b'"daily"' in written
    message = AsJson().deserialize(written)
    assert (message.name.rpartition(".")[2], message.args) == ("carry_out", ["daily", True])


def test_what_nobody_knows_is_told_and_forgotten(ours, done, caplog):
    with caplog.at_level(logging.WARNING):
        jobs.put(ours, "nothing.such", is_woken=True)
        empty(ours)
        look(ours)
    assert "nothing.such" in caplog.text
    assert "often" in done


@pytest.mark.sqlite_only
def test_a_letter_is_on_its_way_within_a_second(tmp_path, var):
    """With a worker in threads of the same process, as `dev.py run` has one."""
    with mail_server() as server:
        place = under_test(f"sqlite:///{tmp_path}/handrail.db", tmp_path)
        place = replace(place, KEYS=var / "keys", TESTING=False, SMTP_URL=server.address)
        app = create_app(place)
        ours = jobs.jobs_of(app)
        with app.app_context():
            flask_migrate.upgrade()
            ours.work_beside()
            with writing():
                actions.send_later("river@example.org", Subject.NOTE, "Here.\n")
            began = time.monotonic()
            while not server.letters and time.monotonic() - began < A_WHILE:
                time.sleep(0.01)
            took = time.monotonic() - began
            ours.stop()
            assert db.session.scalars(select(Letter)).one().sent_at
            db.session.remove()
            db.engine.dispose()
    assert (tmp_path / "jobs.db").exists()
    assert took < 1


@pytest.mark.parametrize(
    ("given", "store"),
    [
        ({}, FileStorage),
        ({"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://a:b@nowhere/c"}, PostgresStorage),
        ({"REDIS_URL": "redis://nowhere:6379/0"}, RedisStorage),
    ],
)
def test_the_queue_is_in_the_store_that_a_place_has_anyway(tmp_path, given, store):
    """And is opened without a word to any server: a place starts while its database is away."""
    place = under_test(f"sqlite:///{tmp_path}/handrail.db", tmp_path)
    app = create_app(replace(place, TESTING=False, **given))
    queue = open_queue(app)
    assert isinstance(queue.storage, store)
    queue.storage.close()
