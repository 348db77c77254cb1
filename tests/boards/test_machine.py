"""A thread and its posts through whatever may happen to them, in any order.

What members write is refused by everything that is closed, but for taking back; what
moderators decide undoes no taking back; numbers, counters and versions hold throughout.
"""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.boards import actions, queries
from app.boards.models import Policy, Post, Support, SupportKind, Thread
from app.core import clock, text
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State, Subject, Version
from app.moderation.queries import verify_log
from tests.factories import A_MONDAY, make_board

REFUSALS = (NotAllowed, NotFound, RuleBroken)
EXAMPLES, STEPS = 25, 24

WRITERS = st.sampled_from(["member", "insider", "curator", "newcomer"])
ANY = st.integers(min_value=0, max_value=9)
TENDING = {
    "lock": (actions.lock_thread, "locked", True),
    "unlock": (actions.unlock_thread, "locked", False),
    "archive": (actions.archive_thread, "archived", True),
    "reopen": (actions.reopen_thread, "archived", False),
}


class Told:
    """What should be true of one post."""

    def __init__(self, post, author, words, *, waits):
        self.id, self.subject_id, self.author = post.id, post.subject_id, author
        self.words = [words]
        self.state = self.before = State.HELD if waits else State.VISIBLE
        self.is_numbered, self.is_withdrawn = not waits, False

    @property
    def is_in_sight(self):
        return self.state == State.VISIBLE and not self.is_withdrawn


class Machine(RuleBasedStateMachine):
    """One thread on a board where newcomers wait for a look."""

    cast = None  # set by the test

    @initialize()
    def start(self):
        db.session.remove()  # or what it holds open would end before what we open now
        self.undone = db.engine.begin_nested()
        self.moment, self.count = A_MONDAY, 0
        self.locked = self.archived = self.hidden = self.withdrawn = False
        words = self.next_words()
        opening = actions.Opening(text.render_title("A night"), text.render(words))
        slug = make_board(policy=Policy.NEWCOMERS_WAIT).slug
        with self.later(), writing():
            board = queries.get_board(slug, actor=self.cast["member"])
            thread = actions.start_thread(board, opening, actor=self.cast["member"])
            post = db.session.scalars(db.select(Post).filter_by(thread_id=thread.id)).one()
        self.thread_id, self.thread_subject_id = thread.id, thread.subject_id
        self.posts = [Told(post, "member", words, waits=False)]

    def teardown(self):
        if hasattr(self, "undone"):
            verify_log()
            db.session.remove()
            self.undone.rollback()

    @rule(who=WRITERS)
    def reply(self, who):
        words = self.next_words()
        body = text.render(words)

        def act():
            thread = queries.get_thread(self.thread_id, actor=self.cast[who], for_update=True)
            return actions.reply(thread, actor=self.cast[who], body=body)

        post = self.attempt(act, is_allowed=not self.is_closed)
        if post:
            self.posts.append(Told(post, who, words, waits=who == "newcomer"))

    @rule(which=ANY)
    def edit(self, which):
        told = self.one(which)
        words = self.next_words()
        body = text.render(words)

        def act():
            actor = self.cast[told.author]
            post = queries.get_post(told.id, actor=actor, for_update=True)
            return actions.edit_post(post, actor=actor, body=body, version=len(told.words))

        may = not self.is_closed and not told.is_withdrawn and told.state != State.HIDDEN
        if self.attempt(act, is_allowed=may):
            told.words.append(words)

    @rule(which=ANY)
    def withdraw(self, which):
        told = self.one(which)

        def act():
            actor = self.cast[told.author]
            post = queries.get_own_post(told.id, actor=actor, for_update=True)
            actions.withdraw_post(post, actor=actor)

        self.attempt(act, is_allowed=True)
        numbered = sum(each.is_numbered for each in self.posts)
        if told is self.posts[0] and not told.is_withdrawn and numbered <= 1:
            self.withdrawn = True
        told.is_withdrawn = True

    @rule(which=ANY, who=WRITERS, kind=st.sampled_from(SupportKind), gives=st.booleans())
    def support(self, which, who, kind, gives):
        told = self.one(which)
        turn = actions.give_support if gives else actions.take_back_support

        def act():
            post = queries.get_post(told.id, actor=self.cast[who], for_update=True)
            turn(post, kind, actor=self.cast[who])

        may = not self.is_closed and told.is_in_sight and told.author != who
        self.attempt(act, is_allowed=may)

    @precondition(lambda self: any(told.state == State.HELD for told in self.posts))
    @rule(which=ANY)
    def let_through(self, which):
        held = [told for told in self.posts if told.state == State.HELD]
        told = held[which % len(held)]

        def act():
            post = queries.get_post_to_let_through(told.id, actor=self.cast["moderator"])
            actions.let_through(post, actor=self.cast["moderator"])

        self.attempt(act, is_allowed=True)
        if not told.is_withdrawn:
            told.state, told.is_numbered = State.VISIBLE, True

    @rule(which=ANY)
    def hide(self, which):
        told = self.one(which)
        self.decide(moderation.hide, told.subject_id)
        if told.state != State.HIDDEN:
            told.state, told.before = State.HIDDEN, told.state

    @rule(which=ANY)
    def restore(self, which):
        told = self.one(which)
        self.decide(moderation.restore, told.subject_id)
        if told.state == State.HIDDEN:
            told.state = told.before

    @rule(gone=st.booleans())
    def hide_or_restore_the_thread(self, gone):
        decide = moderation.hide if gone else moderation.restore
        self.decide(decide, self.thread_subject_id)
        self.hidden = gone

    @rule(how=st.sampled_from(sorted(TENDING)))
    def tend(self, how):
        action, flag, value = TENDING[how]

        def act():
            actor = self.cast["moderator"]
            thread = queries.get_thread(self.thread_id, actor=actor, for_update=True)
            action(thread, actor=actor)

        self.attempt(act, is_allowed=True)
        setattr(self, flag, value)

    @invariant()
    def numbers_are_dense_and_the_thread_counts_right(self):
        thread, posts = self.as_it_is()
        numbers = sorted(post.number for post in posts if post.number is not None)
        assert numbers == list(range(1, len(numbers) + 1))
        assert thread.last_number == len(numbers)
        assert thread.last_post_at == max(post.shown_at for post in posts if post.number)
        answers = [
            post.shown_at for post in posts
            if post.is_in_sight and post.number and post.voice_id != thread.voice_id
        ]  # fmt: skip
        assert thread.answered_at == min(answers, default=None)

    @invariant()
    def every_post_is_as_it_was_told(self):
        thread, posts = self.as_it_is()
        for told, post in zip(self.posts, posts, strict=True):
            is_so = post.state, post.is_withdrawn, post.number is not None
            assert is_so == (told.state, told.is_withdrawn, told.is_numbered)
            kept = db.select(Version.source).filter_by(subject_id=post.subject_id)
            assert db.session.scalars(kept.order_by(Version.number)).all() == told.words
            assert post.html == text.render(told.words[-1]).html
        closed = thread.is_locked, thread.is_archived, thread.state == State.HIDDEN
        assert closed == (self.locked, self.archived, self.hidden)
        assert thread.is_withdrawn == self.withdrawn

    @invariant()
    def counters_equal_a_recount(self):
        _thread, posts = self.as_it_is()
        rows = db.session.execute(db.select(Support.post_id, Support.kind)).all()
        for post in posts:
            for kind in SupportKind:
                assert getattr(post, kind) == rows.count((post.id, kind))

    @invariant()
    def members_read_what_is_in_sight_and_nothing_else(self):
        try:
            page = queries.thread_page(self.thread_id, actor=self.cast["facilitator"])
        except NotFound:
            assert self.hidden or self.withdrawn
            return
        shown = {post.id: post.html for post in page.posts}
        for told in self.posts[:20]:
            if told.is_in_sight:
                assert told.words[-1] in shown[told.id]
            else:
                assert not shown.get(told.id)

    @property
    def is_closed(self):
        return self.locked or self.archived or self.hidden or self.withdrawn

    def one(self, which):
        return self.posts[which % len(self.posts)]

    def next_words(self):
        self.count += 1
        return f"words{self.count:03}"

    def later(self):
        """Let enough time go by for no pause to be asked for."""
        self.moment += timedelta(minutes=11)
        return clock.at(self.moment)

    def attempt(self, act, *, is_allowed):
        """Do something; it must be refused exactly when it is not allowed."""
        try:
            with self.later(), writing():
                done = act()
        except REFUSALS:
            assert not is_allowed
            return None
        assert is_allowed
        return done

    def decide(self, decision, subject_id):
        def act():
            subject = db.session.get_one(Subject, subject_id)
            decision(subject, actor=self.cast["moderator"])

        self.attempt(act, is_allowed=True)

    def as_it_is(self):
        db.session.expire_all()
        posts = db.select(Post).filter_by(thread_id=self.thread_id).order_by(Post.id)
        return db.session.get_one(Thread, self.thread_id), db.session.scalars(posts).all()


def test_whatever_happens_to_a_thread_in_whatever_order(app, cast):
    Machine.cast = cast
    few = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=few)
