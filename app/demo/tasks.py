"""Make a place larger: a unit of writing a batch, so that memory stays bounded."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from app.accounts.queries import get_actor, get_member_by_name
from app.core import bulk, clock
from app.core.database import writing
from app.demo import actions, limits
from app.demo.actions import Scene, Talk
from app.demo.limits import Scale
from app.demo.queries import place, wording

PATIENCE = 60.0  # seconds: somebody else may be writing for a while


def enlarge(scale: Scale, password_hash: str) -> Iterator[int]:
    """Make the demo community as large as a scale; give the number of posts after each batch.

    The same scale makes the same place. Every batch is whole: stopped in between, it is a
    smaller place in which all is right.
    """
    dice, now = Random(f"handrail {scale.posts}"), clock.now().replace(second=0, microsecond=0)  # noqa: S311
    counted = place.counted()
    _let_in(dice, now, scale.members - counted.members, password_hash)
    scene = _scene(dice, now)
    posts = counted.posts
    for batch in _batches(actions.talks(scene, scale, counted)):
        with writing(PATIENCE):
            actions.write_talks(batch, now)
            actions.write_reading(batch, scene)
            moderator = get_actor(get_member_by_name("moderator").id)
            actions.log_decisions(batch, actor=moderator)
        posts += sum(len(talk.posts) for talk in batch)
        yield posts
    with writing(PATIENCE):
        bulk.take_stock()


def _let_in(dice: Random, now: datetime, size: int, password_hash: str) -> None:
    silent = place.members_without_a_voice()
    with writing(PATIENCE):
        actions.give_voices(silent)
    for people in actions.crowd(dice, now, size):
        with writing(PATIENCE):
            actions.let_in(people, password_hash)


def _scene(dice: Random, now: datetime) -> Scene:
    everybody, places = place.authors(dice), place.places()
    members, staff = everybody.without(newcomers=True), place.staff()
    writers = {
        each.id: members.only(place.members_of(each.group_id)) if each.group_id else members
        for each in places
    }
    starters = {
        each.id: writers[each.id].only(staff) if each.is_started_by_staff_only else writers[each.id]
        for each in places
    }
    return Scene(
        dice=dice,
        now=now,
        places=places,
        writers=writers,
        starters=starters,
        newcomers=everybody.without(newcomers=False),
        wordings=wording.wordings(dice),
        tag_ids=place.tag_ids(),
    )


def _batches(talks: Iterator[Talk]) -> Iterator[list[Talk]]:
    batch: list[Talk] = []
    size = 0
    for talk in talks:
        batch.append(talk)
        size += len(talk.posts)
        if size >= limits.POSTS_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
