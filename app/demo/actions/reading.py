"""Let the demo people have read: when they last looked in, and what they keep."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from app.boards import actions as boards
from app.boards.models import Level, SupportKind
from app.boards.queries import threads_visible_to
from app.demo.actions.loading import Act, Loading
from app.demo.queries.community import Person
from app.extensions import db

LOOKED_IN = timedelta(hours=18)  # ago: what was written since is new to them
READERS = frozenset({"member", "moderator", "facilitator", "insider"})
LEFT_OUT = 7  # they skip one thread in so many
FOLLOWED = 5  # and follow one in so many that they only read


def acts_of_reading(loading: Loading) -> Iterator[Act]:
    """Give when each of them looked in last. Newcomers and visitors by night have read nothing."""
    for place, person in enumerate(loading.community.people):
        looked_in = loading.now - LOOKED_IN - timedelta(hours=5) * place
        if person.name in READERS:
            yield loading.now - LOOKED_IN, partial(_read, loading, person)
        elif person.is_welcomed and loading.now - person.joined < looked_in:
            yield looked_in, partial(_start_fresh, loading, person)


def _read(loading: Loading, person: Person) -> None:
    """Read nearly everything, follow some of it, and save what one has said thanks for."""
    actor = loading.actor(person.name)
    threads = db.session.scalars(threads_visible_to(actor)).all()
    for place, thread in enumerate(sorted(threads, key=lambda each: each.id), start=1):
        if place % LEFT_OUT:
            boards.mark_read(thread.id, thread.last_number, actor=actor)
        if place % FOLLOWED == 0:
            boards.follow_unless_decided(thread.id, Level.QUIET, actor=actor)
    for saying, post in loading.posts.items():
        if (SupportKind.THANK_YOU, person.name) in saying.support and post.is_in_sight:
            boards.save_post(post, actor=actor)


def _start_fresh(loading: Loading, person: Person) -> None:
    boards.start_fresh(actor=loading.actor(person.name))
