"""Those who write and those who look while the server comes and goes."""

import random
import re
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from app.boards.limits import POSTS_A_WINDOW, POSTS_WINDOW
from tests.drill.asking import NoAnswer, NobodyThere
from tests.pages_of import forms_of, hidden_inputs

PAUSE = 0.03  # seconds until a person tries again
LET_THROUGH = re.compile(r"/posts/(\d+)/let-through")


class Unexpected(Exception):
    """The server gave an answer that no member should ever get."""


@dataclass(slots=True)
class Sent:
    """A reply, and what its writer knows about it."""

    words: str
    thread_id: int
    member_id: int
    address: str = ""  # where the server led to: with it, the reply is acknowledged
    cuts: int = 0  # how often it was under way when the server died
    last_sent_at: datetime | None = None


class Person(threading.Thread):
    """Somebody who does one thing after the other until the drill is over."""

    def __init__(self, drill, name):
        super().__init__(name=name, daemon=True)
        self.drill = drill
        self.failure = None
        self.busy = 0  # how often the server said that it was busy

    def run(self):
        try:
            while not self.drill.over.is_set():
                self.do_one_thing()
        except Exception as failure:  # noqa: BLE001 - the drill tells what it was
            self.failure = failure

    def do_one_thing(self):
        raise NotImplementedError

    def insist(self, ask, expected, cut=lambda: None):
        """Ask the same until there is an answer, as somebody does who presses the button again."""
        while True:
            try:
                answer = ask()
            except NobodyThere:
                time.sleep(PAUSE)
                continue
            except NoAnswer:
                cut()
                time.sleep(PAUSE)
                continue
            if answer.status == expected:
                return answer
            if answer.status != 503:
                raise Unexpected(f"{answer.status} for {self.name}: {answer.text[:2000]}")
            self.busy += 1


class Writer(Person):
    """A hand that replies as several members in turn, so that none writes too much in a minute."""

    def __init__(self, drill, name, browsers):
        super().__init__(drill, name)
        self.place = drill.place
        self.turns = deque((each, deque(maxlen=POSTS_A_WINDOW - 1)) for each in browsers)
        self.sent = []
        self.newest_waiting = None  # where words of theirs wait for a look

    def do_one_thing(self):
        browser = self._whose_turn()
        thread_ids = [*self.place.open_thread_ids, self.place.waiting_thread_id]
        thread_id = random.choice(thread_ids)  # noqa: S311 - nothing to guess
        path = f"/threads/{thread_id}/reply"
        page = self.insist(lambda: browser.get(path), 200)
        words = f"{self.name} writes for the {len(self.sent) + 1}th time."
        sent = Sent(words, thread_id, browser.member_id)
        self.sent.append(sent)
        self._send(browser, path, hidden_inputs(page, path) | {"body": words}, sent)

    def _send(self, browser, path, form, sent):
        def ask():
            sent.last_sent_at = datetime.now(UTC)
            self.drill.sending.set()
            return browser.send(path, form)

        def cut():
            sent.cuts += 1

        sent.address = self.insist(ask, 303, cut).location
        if sent.thread_id == self.place.waiting_thread_id:
            self.newest_waiting = sent.address

    def _whose_turn(self):
        browser, lately = self.turns[0]
        if len(lately) == lately.maxlen:
            again = lately[0] + POSTS_WINDOW.total_seconds() + 1
            time.sleep(max(0.0, again - time.monotonic()))
        lately.append(time.monotonic())
        self.turns.rotate(-1)
        return browser


class Looker(Person):
    """A moderator who lets through what waits, as the page offers it."""

    def __init__(self, drill, name, browser):
        super().__init__(drill, name)
        self.browser = browser
        self.let_through = set()  # ids of posts that the server said it had let through

    def do_one_thing(self):
        newest = (writer.newest_waiting for writer in self.drill.writers)
        addresses = [address for address in newest if address]
        if not addresses:
            time.sleep(PAUSE)
            return
        address = random.choice(addresses)  # noqa: S311 - nothing to guess
        page = self.insist(lambda: self.browser.get(address), 200)
        offered = [form for form in forms_of(page) if LET_THROUGH.fullmatch(form["action"] or "")]
        for form in offered:
            self._let_through(form)
        if not offered:
            time.sleep(PAUSE)

    def _let_through(self, form):
        self.insist(lambda: self.browser.send(form["action"], form["fields"]), 303)
        self.let_through.add(int(LET_THROUGH.fullmatch(form["action"])[1]))
