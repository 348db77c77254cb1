"""Let the demo community have happened: through the same actions as everybody, each at its time."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import update

from app.accounts import actions as accounts
from app.accounts.limits import CONSENT_VERSION
from app.accounts.models import Consent, Member
from app.accounts.queries import get_member
from app.boards import actions as boards
from app.core import clock
from app.demo.actions.conversing import acts_of
from app.demo.actions.loading import Act, Loading
from app.demo.actions.reading import acts_of_reading
from app.demo.queries.community import Community, Person
from app.desk import actions as desk
from app.extensions import db
from app.groups.models import Group
from app.permissions import Actor, Standing


def load(community: Community, password_hash: str) -> None:
    """Make the whole community. The same community comes out every time, but for its dates."""
    now = clock.now().replace(second=0, microsecond=0)
    loading = Loading(community, now, password_hash)
    for moment, act in sorted(_acts(loading), key=lambda each: each[0]):
        with clock.at(moment):
            act()
    for person in community.people:
        _set_standing(loading, person)


def change_password(kept: str, password_hash: str) -> None:
    """Give all demo people another password. They share the hash that is kept, and nobody else."""
    own = Member.password_hash == kept
    db.session.execute(update(Member).where(own).values(password_hash=password_hash))


def _acts(loading: Loading) -> Iterator[Act]:
    """Give everything that happens, and when. What happens at the same time keeps this order."""
    community, now = loading.community, loading.now
    first, *_ = community.people
    for person in community.people:
        yield now - person.joined, partial(_join, loading, person)
    yield now - first.joined, partial(_make_places, loading, first)
    for person in community.people[1:]:
        yield now - person.joined, partial(_entrust, loading, person, first)
    for conversation in community.conversations:
        yield from acts_of(conversation, loading)
    yield from acts_of_reading(loading)


def _join(loading: Loading, person: Person) -> None:
    new = accounts.NewMember(
        person.name, person.address, loading.password_hash, person.is_confirmed, person.is_welcomed
    )
    member_id = accounts.add_member(new)
    if member_id is None:
        raise ValueError(f"the name {person.name} is taken")
    loading.members[person.name] = member_id
    consent = Consent(member_id=member_id, about="health", version=CONSENT_VERSION)
    consent.given_at = clock.now()
    db.session.add(consent)


def _make_places(loading: Loading, first: Person) -> None:
    """The first of all trusts themself: somebody has to begin."""
    for role, _group in first.grants:
        accounts.add_grant(loading.members[first.name], role)
    loading.forget(first.name)
    for place in loading.community.groups:
        group = Group(**place)
        db.session.add(group)
        db.session.flush()
        loading.groups[group.slug] = group.id
    _open_boards(loading, loading.actor(first.name))


def _open_boards(loading: Loading, actor: Actor) -> None:
    for position, section in enumerate(loading.community.sections, start=1):
        section_id = boards.open_section(section.name, position, actor=actor).id
        for plan, group in section.boards:
            group_id = loading.groups[group] if group else None
            whole = replace(plan, section_id=section_id, group_id=group_id)
            boards.open_board(whole, actor=actor)


def _entrust(loading: Loading, person: Person, first: Person) -> None:
    actor, member = loading.actor(first.name), get_member(loading.members[person.name])
    for role, group in person.grants:
        group_id = loading.groups[group] if group else None
        desk.grant_role(member, role, group_id, actor=actor)
    loading.forget(person.name)


def _set_standing(loading: Loading, person: Person) -> None:
    if person.standing != Standing.GOOD:
        get_member(loading.members[person.name]).standing = person.standing
