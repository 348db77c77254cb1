"""Kill workers at chosen moments of a letter's way, and count which letters arrived how often."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_string

from sqlalchemy import select

from app.core import jobs
from app.core.database import writing
from app.extensions import db
from app.outbox import actions, queries
from app.outbox.limits import BATCH
from app.outbox.models import Letter, Subject
from tests.drill.place import ROOT
from tests.outbox.mail_server import mail_server

HANDS = 2
LEASE = 4.0  # seconds; a batch to a server on this machine takes a hundredth of that
MOMENTS = ("before", "after", "reply")
LETTERS_OF_A_LIFE = 6  # at most, before it is killed
BETWEEN_ROUNDS = 0.2  # seconds
SECONDS_TO_STOP = 30
SECONDS_WITHOUT_A_LETTER = 60  # then the drill hangs


class Hangs(Exception):
    """No letter has arrived for long. The message is the end of what the workers said."""


@dataclass(frozen=True, slots=True)
class MailPlan:
    """How many letters there are at least, and how often a worker is killed."""

    letters: int = 200
    kills: int = 200


@dataclass
class MailFigures:
    """What was counted, and which promises broke."""

    letters: int = 0
    arrivals: int = 0
    came_twice: int = 0
    kills: Counter = field(default_factory=Counter)
    broken: list = field(default_factory=list)

    def rows(self):
        yield "letters written", self.letters
        yield "letters that arrived", self.arrivals - self.came_twice
        yield "came twice, in the gap that cannot be closed", self.came_twice
        for moment in MOMENTS:
            yield f"workers killed at the moment “{moment}”", self.kills[moment]


class Hand:
    """One worker after the other, and the mail server that knows when to kill it."""

    def __init__(self, drill, server):
        self.drill, self.server = drill, server
        self.process, self.letters_left, self.moment = None, 0, None
        server.watch = self.watch

    def live(self):
        """Begin another life, unless this one goes on."""
        if self.process and self.process.poll() is None:
            return
        self.moment = self.drill.next_moment()
        self.letters_left = self.drill.random.randrange(LETTERS_OF_A_LIFE)
        around = {"SMTP_URL": self.server.address, "DRILL_LEASE": str(LEASE)}
        with self.drill.place.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.drill.hand"], cwd=ROOT, stdin=subprocess.DEVNULL,
                env=self.drill.place.environment | around, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def watch(self, moment):
        """Kill the worker when its moment has come; say whether there is nobody to talk to."""
        if moment != self.moment:
            return False
        self.letters_left -= 1
        if self.letters_left >= 0:
            return False
        self.moment = None
        self.process.kill()
        self.process.wait()
        self.drill.figures.kills[moment] += 1
        return True

    def stop(self):
        """Ask the worker to stop, as an organiser would; say whether it did so in peace."""
        self.process.terminate()
        # One that has only just been started ends at once, before it could listen.
        return self.process.wait(SECONDS_TO_STOP) in {0, -signal.SIGTERM}


class MailDrill:
    """Two workers over one place, killed and started anew until every letter is gone."""

    def __init__(self, place, plan):
        self.place, self.plan, self.figures = place, plan, MailFigures()
        self.random = random.Random(plan.kills)  # noqa: S311 - the same drill each time
        self.moments = [MOMENTS[n % len(MOMENTS)] for n in range(plan.kills)]
        self.random.shuffle(self.moments)

    def next_moment(self):
        return self.moments.pop() if self.moments else None

    def run(self):
        """Carry out the plan and return the figures."""
        with ExitStack() as stack, self.place.app.app_context():
            hands = [Hand(self, stack.enter_context(mail_server())) for _ in range(HANDS)]
            self._write(self.plan.letters)
            try:
                self._until_all_is_sent(hands)
                stopped = [hand.stop() for hand in hands]
                if not all(stopped):
                    self.figures.broken.append("A worker did not stop when it was told to.")
            finally:
                for hand in hands:
                    if hand.process:
                        hand.process.kill()
                        hand.process.wait()
                jobs.jobs_of(self.place.app).queue.storage.close()
            self._count(hands)
        return self.figures

    def _until_all_is_sent(self, hands):
        ours, latest, since = jobs.jobs_of(self.place.app), -1, time.monotonic()
        while self._kills_left(hands) or self._waiting():
            for hand in hands:
                hand.live()
            if self._kills_left(hands) and self._waiting() < BATCH:
                self._write(BATCH)
            jobs.put(ours, actions.SENDING, is_woken=True)
            time.sleep(BETWEEN_ROUNDS)
            arrived = sum(len(hand.server.letters) for hand in hands)
            if arrived > latest:
                latest, since = arrived, time.monotonic()
            if time.monotonic() - since > SECONDS_WITHOUT_A_LETTER:
                raise Hangs(self.place.log.read_text()[-3000:])

    def _kills_left(self, hands):
        return bool(self.moments) or any(hand.moment for hand in hands)

    def _waiting(self):
        waiting = queries.count_waiting()
        db.session.rollback()
        return waiting

    def _write(self, count):
        with writing():
            for _ in range(count):
                actions.send_later("river@example.org", Subject.NOTE, "Something is here.\n")

    def _count(self, hands):
        letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        arrived = _count_names(letter for hand in hands for letter in hand.server.letters)
        excused = _count_names(letter for hand in hands for letter in hand.server.cut_short)
        figures, broken = self.figures, self.figures.broken
        figures.letters, figures.arrivals = len(letters), arrived.total()
        figures.came_twice = arrived.total() - len(arrived)
        for letter in letters:
            if not arrived[letter.message_id]:
                broken.append(f"Letter {letter.id} never arrived.")
            if arrived[letter.message_id] > 1 + excused[letter.message_id]:
                broken.append(f"Letter {letter.id} came too often: {arrived[letter.message_id]}.")
            if not letter.sent_at or letter.sealed_to or letter.sealed_text:
                broken.append(f"Letter {letter.id} is not remembered as sent, and emptied.")


def _count_names(letters):
    names = (message_from_string(letter)["Message-ID"] for letter in letters)
    return Counter(name.strip("<>").partition("@")[0] for name in names)
