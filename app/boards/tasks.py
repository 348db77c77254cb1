"""What becomes of words that were taken back."""

from app.boards import actions
from app.boards.limits import WITHDRAWN_KEPT
from app.core import clock
from app.core.database import writing
from app.core.jobs import DAY, Job, time_is_up


def tidy() -> int:
    """Empty for good the words that were taken back long ago; return how many posts' it was."""
    before, emptied = clock.now() - WITHDRAWN_KEPT, 0
    while not time_is_up():
        with writing():
            batch = actions.empty_withdrawn(before)
        if not batch:
            break
        emptied += batch
    return emptied


JOBS = (Job("boards.tidy", DAY, tidy),)
