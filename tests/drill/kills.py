"""Kill the server at random moments while people use it, and measure how soon it serves again."""

import random
import statistics
import threading
import time
from dataclasses import dataclass, field

from app.permissions import Role
from tests.drill.people import Looker, Writer
from tests.drill.promises import Recount
from tests.drill.server import Server

LOOKERS = 2
JUST_SENT = 0.08  # seconds in which a form that was sent is worked on: half of the kills aim there
KILLS_WHILE_STARTING = 0.1  # the share of kills that strike before anybody is served
LONGEST_BIRTH = 1.0  # seconds of its start that such a kill lets pass at most
PATIENCE = 60  # seconds until people who do not come to an end are called stuck


@dataclass
class Plan:
    """How hard a drill is."""

    kills: int = 200
    seconds: float = 900
    writers: int = 8
    members_each: int = 20
    longest_life: float = 1.2  # seconds a server serves at most before it is killed


@dataclass
class Figures:
    """What a drill found."""

    kills: int = 0
    kills_while_starting: int = 0
    seconds: float = 0.0
    serving_again: list[float] = field(default_factory=list)
    stopped_with: int | None = None
    recount: Recount | None = None

    @property
    def broken(self):
        return self.recount.broken

    def rows(self):
        """Return what to print: (what, figure)."""
        sent, again = self.recount.sent, self.serving_again
        return [
            ("kills", f"{self.kills}, {self.kills_while_starting} of them during a start"),
            ("time", f"{self.seconds:.0f} s"),
            ("replies acknowledged", sum(bool(each.address) for each in sent)),
            ("let through", len(self.recount.let_through)),
            ("cut off by a kill", sum(each.cuts for each in sent)),
            ("… saved all the same, found when sent again", self.recount.saved_unheard),
            ("lost", self.recount.lost),
            ("doubled", self.recount.doubled),
            ("counts, chains and versions wrong", self.recount.wrong),
            ("serving again, median", f"{statistics.median(again):.2f} s" if again else "-"),
            ("serving again, slowest", f"{max(again):.2f} s" if again else "-"),
        ]


class Drill:
    """One drill over a prepared place."""

    def __init__(self, place, plan):
        self.plan = plan
        self.place = place
        self.over, self.sending = threading.Event(), threading.Event()
        self.server = Server(place, place.browsers("guest", 1)[0])
        self.writers = [
            Writer(self, f"writer{n}", place.browsers(f"writer{n}", plan.members_each))
            for n in range(plan.writers)
        ]
        self.lookers = [
            Looker(self, f"looker{number}", browser)
            for number, browser in enumerate(place.browsers("looker", LOOKERS, Role.MODERATOR))
        ]
        self.figures = Figures()

    def run(self, say=lambda sentence: None):
        """Drill to the end and return the figures. The server is gone afterwards."""
        began = time.monotonic()
        try:
            self.server.start()
            self.server.wait_until_it_serves()
            for person in (*self.writers, *self.lookers):
                person.start()
            while self.figures.kills < self.plan.kills and not self._is_late(began):
                self._kill_once()
                if self.figures.kills % 20 == 0:
                    say(f"{self.figures.kills} kills …")
            self._let_everybody_finish()
            self.figures.stopped_with = self.server.stop()
        finally:
            self.over.set()
            self.server.kill()
        self.figures.seconds = time.monotonic() - began
        self.figures.recount = Recount(self.place, self.writers, self.lookers)
        self.figures.recount.take()
        return self.figures

    def _kill_once(self):
        self._let_it_live()
        self._kill()
        killed_at = time.monotonic()
        self.server.start()
        if random.random() < KILLS_WHILE_STARTING and self.figures.kills < self.plan.kills:  # noqa: S311
            time.sleep(random.uniform(0, LONGEST_BIRTH))  # noqa: S311
            self._kill()
            self.figures.kills_while_starting += 1
            killed_at = time.monotonic()
            self.server.start()
        self.server.wait_until_it_serves()
        self.figures.serving_again.append(time.monotonic() - killed_at)

    def _let_it_live(self):
        """Wait for a moment to kill: any, or one at which somebody has just sent a form."""
        time.sleep(random.uniform(0, self.plan.longest_life))  # noqa: S311 - nothing to guess
        if random.random() < 0.5:  # noqa: S311
            self.sending.clear()
            self.sending.wait(self.plan.longest_life)
            time.sleep(random.uniform(0, JUST_SENT))  # noqa: S311

    def _kill(self):
        self.server.kill()
        self.figures.kills += 1

    def _is_late(self, began):
        return time.monotonic() - began > self.plan.seconds

    def _let_everybody_finish(self):
        self.over.set()
        deadline = time.monotonic() + PATIENCE
        for person in (*self.writers, *self.lookers):
            person.join(max(0.0, deadline - time.monotonic()))
            if person.failure:
                raise person.failure
            if person.is_alive():
                raise TimeoutError(f"{person.name} did not come to an end")
