"""Count everything again, from the rows alone, and say which promise was broken."""

from collections import Counter, defaultdict

from sqlalchemy import func, select, text

from app.boards.models import Post, ReadingPosition, Thread, Voice
from app.core.forms import SentForm
from app.extensions import db
from app.moderation.models import State, Subject, Version
from app.moderation.queries import ChainBroken, verify_log
from app.notifications.models import Event


class Recount:
    """What was promised to those who wrote and looked, held against the database."""

    def __init__(self, place, writers, lookers):
        self.place = place
        self.sent = [sent for writer in writers for sent in writer.sent]
        self.let_through = {post_id for looker in lookers for post_id in looker.let_through}
        self.broken = []
        self.lost = self.doubled = self.wrong = 0
        self.saved_unheard = 0  # saved, though the answer never arrived: sending again found them

    def take(self):
        """Count, and return the sentences about what is not as it should be."""
        with self.place.app.app_context():
            self._every_reply_once()
            self._every_form_led_to_one_address()
            for thread in db.session.scalars(select(Thread).order_by(Thread.id)):
                self._numbers_are_dense(thread)
            self._reading_positions()
            self._every_post_has_its_versions()
            self._every_reply_has_its_event()
            self._the_log_holds()
            if db.engine.dialect.name == "sqlite":
                self._the_file_is_whole()
        self._nothing_broke_unseen()
        return self.broken

    def _every_reply_once(self):
        replies = select(Version.source, Post.written_at).join(
            Post, Post.subject_id == Version.subject_id
        )
        rows = db.session.execute(
            replies.where(Version.number == 1, Post.opens_thread.is_(False))
        ).all()
        found = Counter(source for source, _ in rows)
        written = dict(rows)
        for sent in self.sent:
            if sent.address:
                self.lost += found[sent.words] == 0
            if sent.cuts and sent.words in written:
                self.saved_unheard += written[sent.words] < sent.last_sent_at
        self.doubled = sum(count - 1 for count in found.values())
        unsent = found.keys() - {sent.words for sent in self.sent}
        self._expect(self.lost, 0, "acknowledged replies are lost")
        self._expect(self.doubled, 0, "replies are there twice")
        self._expect(len(unsent), 0, "replies are there that nobody sent")
        self._expect(sum(not sent.address for sent in self.sent), 0, "replies got no answer")

    def _every_form_led_to_one_address(self):
        kept = select(SentForm.sender_id, SentForm.address).where(SentForm.address != "")
        found = Counter(tuple(row) for row in db.session.execute(kept))
        told = Counter((sent.member_id, sent.address) for sent in self.sent)
        self._expect(found - told, Counter(), "addresses were kept that nobody was led to")
        self._expect(told - found, Counter(), "addresses were told that were not kept")

    def _numbers_are_dense(self, thread):
        rows = db.session.execute(
            select(Post.number, Post.written_at)
            .where(Post.thread_id == thread.id, Post.number.is_not(None))
            .order_by(Post.number)
        ).all()
        name = f"thread {thread.id}"
        numbers = [number for number, _ in rows]
        self._count(numbers, list(range(1, len(rows) + 1)), f"numbers in {name}")
        self._count(thread.last_number, len(rows), f"last number of {name}")
        newest = max(at for _, at in rows)
        shows_at_once = thread.id in self.place.open_thread_ids
        if shows_at_once or thread.last_post_at < newest:  # what waited shows after it was written
            self._count(thread.last_post_at, newest, f"last activity of {name}")

    def _reading_positions(self):
        found = {
            (each.member_id, each.thread_id): each.last_number
            for each in db.session.scalars(select(ReadingPosition))
        }
        for key, number in self._last_own_numbers().items():
            self._count(found.get(key), number, f"reading position of {key}")
        last = dict(db.session.execute(select(Thread.id, Thread.last_number)).all())
        ahead = [key for key, number in found.items() if number > last[key[1]]]
        self._count(ahead, [], "reading positions beyond the end")

    def _last_own_numbers(self):
        rows = db.session.execute(
            select(Voice.member_id, Post.thread_id, func.max(Post.number))
            .join(Voice, Voice.id == Post.voice_id)
            .where(Post.thread_id.in_(self.place.open_thread_ids), Post.opens_thread.is_(False))
            .group_by(Voice.member_id, Post.thread_id)
        )
        return {(member_id, thread_id): number for member_id, thread_id, number in rows}

    def _every_post_has_its_versions(self):
        kept = defaultdict(dict)
        for subject_id, number, html in db.session.execute(
            select(Version.subject_id, Version.number, Version.html)
        ):
            kept[subject_id][number] = html
        rows = db.session.execute(
            select(Post.subject_id, Post.version, Post.html, Subject.version, Post.state)
            .add_columns(Subject.state)
            .join(Subject, Subject.id == Post.subject_id)
        )
        for subject_id, version, html, counted, state, decided in rows:
            shown = (sorted(kept[subject_id]), kept[subject_id].get(version), counted, decided)
            expected = ([*range(1, version + 1)], html, version, state)
            self._count(shown, expected, f"versions of subject {subject_id}")

    def _every_reply_has_its_event(self):
        noted = Counter(
            db.session.scalars(select(Event.subject_id).where(Event.verb == "post:reply"))
        )
        replies = select(Post.subject_id).where(Post.opens_thread.is_(False))
        self._count(noted, Counter(db.session.scalars(replies)), "events of replies")

    def _the_log_holds(self):
        visible = select(Post.id).where(
            Post.thread_id == self.place.waiting_thread_id,
            Post.opens_thread.is_(False), Post.state == State.VISIBLE,
        )  # fmt: skip
        shown = set(db.session.scalars(visible))
        self._expect(self.let_through - shown, set(), "posts were let through and do not show")
        try:
            self._count(verify_log(), len(shown), "rows of the log")
        except ChainBroken as broken:
            self._expect(str(broken), "", "the log is broken")

    def _the_file_is_whole(self):
        for check, whole in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            found = [tuple(row) for row in db.session.execute(text(f"PRAGMA {check}"))]
            self._expect(found, whole, check)

    def _nothing_broke_unseen(self):
        """Read what the server said: what goes wrong after an answer shows nowhere else."""
        said = self.place.log.read_text(errors="replace")
        self._expect(said.count("Traceback"), 0, "tracebacks in what the server said")

    def _count(self, found, counted, what):
        self.wrong += found != counted
        self._expect(found, counted, what)

    def _expect(self, found, promised, what):
        if found != promised:
            self.broken.append(f"{what}: {found} where {promised} was promised"[:300])
