"""Answers that take as long, whatever was found out on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic, sleep


@contextmanager
def takes_at_least(duration: timedelta) -> Iterator[None]:
    """Let what is done within take no less: its time tells nothing. Never inside writing()."""
    began = monotonic()
    try:
        yield
    finally:
        sleep(max(0.0, duration.total_seconds() - (monotonic() - began)))
