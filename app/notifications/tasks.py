"""What is done about events outside a request. Any number of workers may do it at once."""

import time
from datetime import datetime

from flask import current_app

from app.core import clock
from app.core.database import writing
from app.notifications import actions, queries
from app.notifications.limits import KEPT, PAUSE, TOLD_A_BATCH


def tell(most: int = TOLD_A_BATCH) -> int:
    """Tell members of all that happened; return of how many events everybody has been told.

    Each unit of writing adds at most so many rows. An event that fails is tried again next
    time, and keeps none of the others waiting.
    """
    done, event_id = 0, 0
    while (event_id := queries.next_event_to_tell(event_id) or 0) > 0:
        try:
            done += _tell_whole(event_id, most)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, others wait
            current_app.logger.error("event %d was not told: %s", event_id, type(error).__name__)
    return done


def tidy() -> int:
    """Forget what members were told long ago; return how much it was."""
    before, forgotten = clock.now() - KEPT, 0
    while batch := _forget_some(before):
        forgotten += batch
    return forgotten


def _tell_whole(event_id: int, most: int) -> bool:
    """Tell one event to everybody it concerns; False if another hand has it."""
    while (is_done := _tell_some(event_id, most)) is False:
        time.sleep(PAUSE)  # on SQLite somebody else gets their turn
    return bool(is_done)


def _tell_some(event_id: int, most: int) -> bool | None:
    with writing():
        event = queries.take_event(event_id)
        return actions.tell(event, most) if event else None


def _forget_some(before: datetime) -> int:
    with writing():
        return actions.forget(before)
