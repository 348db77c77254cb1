"""Write how far members have read conversations that were thought up, and what they keep."""

from datetime import timedelta

from app.boards.models import Follow, Level, ReadingPosition, Save
from app.core import bulk
from app.demo import limits
from app.demo.actions.planning import Said, Scene, Talk
from app.demo.queries.place import Author
from app.moderation import actions as moderation
from app.moderation.actions import Change
from app.moderation.models import State
from app.permissions import Actor

# The demo people who have looked at most of what went on lately.
READERS = frozenset({"member", "moderator", "facilitator", "insider"})
STRANGERS = 2  # who only read, for each thread


def write_reading(talks: list[Talk], scene: Scene) -> None:
    """Write reading positions, what is followed, and what is saved."""
    positions, follows = [], []
    for talk in talks:
        own = {p.author.member_id: p.number for p in talk.posts if p.number}
        follows += [(member_id, talk.id, _level(scene)) for member_id in sorted(own)]
        read = _read_by_others(talk, scene) | own
        positions += [(member_id, talk.id, read[member_id]) for member_id in sorted(read)]
    bulk.insert_many(ReadingPosition, ("member_id", "thread_id", "last_number"), positions)
    bulk.insert_many(Follow, ("member_id", "thread_id", "level"), follows)
    saves = [
        (saver.member_id, post.id, scene.within(post.at, timedelta(days=5)))
        for talk in talks
        for post in talk.posts
        if (saver := _saver(talk, post, scene))
    ]
    bulk.insert_many(Save, ("member_id", "post_id", "saved_at"), saves)


def log_decisions(talks: list[Talk], *, actor: Actor) -> None:
    """Log what a moderator decided about them, as it would have been."""
    for talk in talks:
        for subject_id, change in _decisions(talk):
            moderation.log(change, actor=actor, subject_id=subject_id)


def _level(scene: Scene) -> str:
    roll = scene.dice.random()
    return (Level.OFF if roll < 0.02 else Level.QUIET if roll < 0.07 else Level.FOLLOW).value


def _read_by_others(talk: Talk, scene: Scene) -> dict[int, int]:
    """Return how far the demo people and a few strangers have read: to the end, or in part."""
    dice, last = scene.dice, talk.last_number
    crowd = scene.writers[talk.board.id]
    looked = [crowd.someone(talk.last_post_at, dice) for _ in range(STRANGERS)]
    if talk.last_post_at > scene.now - limits.FRESH_WITHIN:
        looked += [each for each in crowd.authors if each.name in READERS and dice.random() < 0.7]
    return {
        each.member_id: last if dice.random() < 0.6 else dice.randint(1, last)
        for each in looked
        if each and last
    }


def _saver(talk: Talk, post: Said, scene: Scene) -> Author | None:
    if scene.dice.random() > limits.SAVED or post.number is None:
        return None
    return scene.writers[talk.board.id].someone(post.at, scene.dice)


def _decisions(talk: Talk) -> list[tuple[int, Change]]:
    hide = Change("hide", State.VISIBLE.value, State.HIDDEN.value)
    made = [(post.subject_id, hide) for post in talk.posts if post.state == State.HIDDEN]
    if talk.state == State.HIDDEN:
        made.append((talk.subject_id, hide))
    for verb, at in (
        ("lock", talk.locked_at), ("archive", talk.archived_at), ("pin", talk.pinned_at),
    ):  # fmt: skip
        if at:
            made.append((talk.subject_id, Change(verb)))
    return made
