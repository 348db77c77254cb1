"""What is done about events outside a request. Any number of workers may do it at once."""

import time
from datetime import datetime

from flask import current_app

from app.accounts.queries import get_actor, get_member
from app.core import clock
from app.core.checks import Check
from app.core.database import writing
from app.core.jobs import DAY, MINUTE, Job, time_is_up
from app.notifications import actions, queries
from app.notifications.limits import KEPT, MEMBERS_A_RUN, NEW_FOR, PAUSE, TOLD_A_BATCH


def tell(most: int = TOLD_A_BATCH) -> int:
    """Tell members of all that happened; return of how many events everybody has been told.

    Each unit of writing adds at most so many rows. An event that fails is tried again next
    time, and keeps none of the others waiting.
    """
    done, event_id = 0, 0
    while not time_is_up() and _let_some_pass():
        time.sleep(PAUSE)
    while not time_is_up() and (event_id := queries.next_event_to_tell(event_id) or 0) > 0:
        try:
            done += _tell_whole(event_id, most)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, others wait
            _say_what_failed("event %d was not told: %s", event_id, error)
    return done


def deliver(most: int = MEMBERS_A_RUN) -> int:
    """Write the letters that are due, to at most so many members; return how many it was.

    Letters go by the outbox, which asks once more whether they may (CHECKS).
    """
    letters = 0
    for member_id in queries.members_due(most):
        if time_is_up():
            break
        try:
            letters += _write_to(member_id)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, others wait
            _say_what_failed("member %d was not written to: %s", member_id, error)
    return letters


def tidy() -> int:
    """Forget what members were told long ago; return how much it was."""
    now, forgotten = clock.now(), 0
    while not time_is_up() and (batch := _forget_some(now - KEPT)):
        forgotten += batch
    while not time_is_up() and _let_some_grow_old(now - NEW_FOR):
        time.sleep(PAUSE)
    return forgotten


def _let_some_pass() -> int:
    with writing():
        return actions.let_pass()


def _tell_whole(event_id: int, most: int) -> bool:
    """Tell one event to everybody it concerns; False if another hand has it."""
    while (is_done := _tell_some(event_id, most)) is False and not time_is_up():
        time.sleep(PAUSE)  # on SQLite somebody else gets their turn
    return bool(is_done)


def _tell_some(event_id: int, most: int) -> bool | None:
    with writing():
        event = queries.take_event(event_id)
        return actions.tell(event, most) if event else None


def _write_to(member_id: int) -> int:
    with writing():
        member = get_member(member_id, for_update=True)
        return actions.write_due(member, get_actor(member_id))


def _forget_some(before: datetime) -> int:
    with writing():
        return actions.forget(before)


def _let_some_grow_old(before: datetime) -> int:
    with writing():
        return actions.let_grow_old(before)


def _say_what_failed(sentence: str, own_id: int, error: Exception) -> None:
    """Log which row and what kind of error: its words may hold those of a member."""
    current_app.logger.error(sentence, own_id, type(error).__name__)


def _tell_and_deliver() -> None:
    tell()
    deliver()


CHECKS = (Check(actions.CHECK, queries.may_still_go, actions.take_back),)

JOBS = (
    Job("notifications.tell", MINUTE, _tell_and_deliver),
    Job("notifications.tidy", DAY, tidy),
)
