"""Several workers at once: each slot of a job is one worker's, and each letter in one hand."""

from collections import Counter
from functools import partial

import pytest

from app.core import clock, job_runs, jobs
from app.core.database import writing
from app.core.jobs import HELD_FOR, MINUTE
from app.extensions import db
from app.outbox import actions
from app.outbox.models import Subject
from tests.concurrent.at_once import all_at_once
from tests.factories import A_MONDAY

WORKERS = 8

pytestmark = pytest.mark.concurrent


def begin(slot, now):
    with clock.at(now), writing():
        return job_runs.begin("accounts.tidy", slot, HELD_FOR)


def test_of_many_workers_one_does_a_job_in_each_slot(committing_app):
    for slot in (A_MONDAY, A_MONDAY + MINUTE):
        told = all_at_once(committing_app, *[partial(begin, slot, slot)] * WORKERS)
        assert Counter(told) == {True: 1, False: WORKERS - 1}


def test_what_a_dead_worker_left_one_other_takes_over(committing_app):
    assert begin(A_MONDAY, A_MONDAY)
    later = partial(begin, A_MONDAY, A_MONDAY + HELD_FOR)
    told = all_at_once(committing_app, *[later] * WORKERS)
    assert Counter(told) == {True: 1, False: WORKERS - 1}


def test_workers_that_look_at_once_find_each_job_once(committing_app):
    ours = jobs.jobs_of(committing_app)
    ours.queue.storage.flush_all()
    look = partial(jobs.look, committing_app)
    assert all_at_once(committing_app, *[look] * WORKERS) == [None] * WORKERS
    waiting = Counter(task.args[0] for task in ours.queue.pending())
    assert waiting == dict.fromkeys(ours.known, 1)
    ours.queue.storage.flush_all()


def test_hands_that_reach_for_letters_at_once_hold_different_ones(committing_app):
    with writing():
        for _ in range(WORKERS * actions.BATCH):
            actions.send_later("river@example.org", Subject.NOTE, "Here.\n")
    db.session.remove()

    def take(hand):
        with writing():
            return actions.take_due(hand)

    held = all_at_once(committing_app, *(partial(take, f"hand-{n}") for n in range(WORKERS)))
    every = [letter_id for taken in held for letter_id in taken]
    assert len(every) == len(set(every))
    assert len(every) >= actions.BATCH
    jobs.jobs_of(committing_app).queue.storage.flush_all()
