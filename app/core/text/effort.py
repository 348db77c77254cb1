"""How much work a text may make, so that no text makes a page wait."""

from time import thread_time


class TooMuchWork(Exception):
    """The text takes more work than any text that was written to be read."""


class Effort:
    """A number of steps, and seconds of this thread's processor time, that can be spent.

    The steps decide, so that a preview and the saved text never differ. The seconds are for
    what nobody thought of; a busy machine does not use them up.
    """

    def __init__(self, steps: float, seconds: float) -> None:
        self._steps = steps
        self._end = thread_time() + seconds

    def spend(self, steps: float = 1) -> None:
        """Take some steps. Raises TooMuchWork when there are none left."""
        self._steps -= steps
        if self._steps < 0 or thread_time() > self._end:
            raise TooMuchWork
