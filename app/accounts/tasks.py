"""What is forgotten in time, without anybody asking."""

from app.accounts import actions
from app.core.database import writing
from app.core.jobs import HOUR, Job


def tidy() -> None:
    """Forget what has had its time: attempts, links, sent forms, kept words, drafts, sessions."""
    with writing():
        actions.tidy()


JOBS = (Job("accounts.tidy", HOUR, tidy),)
