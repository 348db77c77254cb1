"""Let the demo people have talked: each saying at its time, through the actions of boards."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from app.boards import actions as boards
from app.boards.actions import Beside, Opening
from app.boards.limits import ASKED_AFTER
from app.boards.models import SupportKind, Wish
from app.boards.queries import get_board
from app.core.text import RenderedText
from app.demo.actions.loading import Act, Loading
from app.demo.queries.community import Conversation, Saying, opening_post_of
from app.permissions import Role

BETWEEN = timedelta(minutes=47)  # people come by one after another
PINNED_AFTER = timedelta(hours=1)


def acts_of(conversation: Conversation, loading: Loading) -> Iterator[Act]:
    """Give everything that happens in a conversation, and when."""
    started = loading.now - conversation.started
    opening, *replies = conversation.sayings
    yield started, partial(_start, loading, conversation, opening)
    if conversation.is_pinned:
        yield started + PINNED_AFTER, partial(_pin, loading, conversation)
    for saying in replies:
        yield started + saying.after, partial(_reply, loading, conversation, saying)
    for saying in conversation.sayings:
        for later, act in _acts_upon(saying, loading):
            yield min(started + later, loading.now), act


def _acts_upon(saying: Saying, loading: Loading) -> Iterator[tuple[timedelta, partial[None]]]:
    """Give what happens to a post, and how long after the start of its thread."""
    if saying.let_through:
        by, later = saying.let_through
        yield later, partial(_let_through, loading, saying, by)
    if saying.edit:
        words, later = saying.edit
        yield later, partial(_edit, loading, saying, words)
    shown = saying.let_through[1] if saying.let_through else saying.after
    gone = saying.withdrawn or timedelta.max
    pause = min(BETWEEN, (gone - shown) / (len(saying.support) + 1))
    for place, (kind, by) in enumerate(saying.support, start=1):
        yield shown + place * pause, partial(_support, loading, saying, kind, by)
    if saying.withdrawn:
        yield saying.withdrawn, partial(_withdraw, loading, saying)


def _start(loading: Loading, conversation: Conversation, opening: Saying) -> None:
    actor = loading.actor(opening.by)
    board = get_board(conversation.board, actor=actor)
    words = Opening(
        conversation.title,
        opening.body,
        wish=conversation.wish,
        notes=(*conversation.notes, *opening.notes),
        tags=conversation.tags,
        may_be_asked=conversation.wish == Wish.ADVICE,
    )
    thread = boards.start_thread(board, words, actor=actor)
    loading.threads[conversation] = thread
    loading.posts[opening] = opening_post_of(thread.id)


def _reply(loading: Loading, conversation: Conversation, saying: Saying) -> None:
    actor, thread = loading.actor(saying.by), loading.threads[conversation]
    quoted = saying.replying_to
    replying_to = None if quoted is None else loading.posts[conversation.sayings[quoted]].id
    tells = saying.by == conversation.sayings[0].by and saying.after >= ASKED_AFTER
    beside = Beside(replying_to, saying.quoted, saying.notes, tells_outcome=tells)
    post = boards.reply(thread, actor=actor, body=saying.body, beside=beside)
    if tells and thread.may_be_asked_at:
        boards.ask_no_more(thread, actor=actor)
    loading.posts[saying] = post


def _pin(loading: Loading, conversation: Conversation) -> None:
    everywhere = Role.MODERATOR, None
    by = next(each.name for each in loading.community.people if everywhere in each.grants)
    boards.pin_thread(loading.threads[conversation], actor=loading.actor(by))


def _let_through(loading: Loading, saying: Saying, by: str) -> None:
    boards.let_through(loading.posts[saying], actor=loading.actor(by))
    loading.forget(saying.by)


def _edit(loading: Loading, saying: Saying, words: RenderedText) -> None:
    post, actor = loading.posts[saying], loading.actor(saying.by)
    boards.edit_post(post, actor=actor, body=words, version=post.version)


def _support(loading: Loading, saying: Saying, kind: SupportKind, by: str) -> None:
    boards.give_support(loading.posts[saying], kind, actor=loading.actor(by))


def _withdraw(loading: Loading, saying: Saying) -> None:
    boards.withdraw_post(loading.posts[saying], actor=loading.actor(saying.by))
