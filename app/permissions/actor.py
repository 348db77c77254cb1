"""The one who asks, as a frozen value: facts compare its scalars with those of a row."""

from dataclasses import dataclass, field

from app.permissions.roles import Rank, Role, Standing


@dataclass(frozen=True, slots=True)
class Actor:
    id: int
    name: str
    rank: Rank
    roles: frozenset[Role] = field(default=frozenset())  # held in the whole community
    group_ids: frozenset[int] = field(default=frozenset())
    facilitated_group_ids: frozenset[int] = field(default=frozenset())
    standing: Standing = Standing.GOOD
    language: str = "en"
    zone: str = "UTC"  # an IANA name
    has_second_factor: bool = False
    sees_counts: bool = True
    wants_nudges: bool = False
    look: str = ""  # how pages look to them: words for the stylesheet

    @property
    def is_authenticated(self) -> bool:
        """Answer Flask-Login's question."""
        return self.rank > Rank.GUEST

    @property
    def is_admitted(self) -> bool:
        """Say whether the members' pages are open: address confirmed, and not suspended."""
        return self.rank >= Rank.NEWCOMER and self.standing != Standing.SUSPENDED

    @property
    def is_moderator(self) -> bool:
        return Role.MODERATOR in self.roles and self.standing == Standing.GOOD

    @property
    def is_organiser(self) -> bool:
        return Role.ORGANISER in self.roles and self.standing == Standing.GOOD


# Someone who has not signed in: the same shape, and no rights. No row has the id 0.
GUEST = Actor(id=0, name="", rank=Rank.GUEST)
