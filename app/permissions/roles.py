"""The words for how far a member is trusted, with what, and what they may do now."""

from enum import IntEnum, StrEnum


class Rank(IntEnum):
    """The order of trust. Nobody acts on someone of their own rank or above."""

    GUEST = 0
    UNCONFIRMED = 1  # signed in; the e-mail address is still to be confirmed
    NEWCOMER = 2  # nothing they wrote has been let through yet
    MEMBER = 3
    WELCOMER = 4
    FACILITATOR = 5  # curators stand on the same step
    MODERATOR = 6
    ORGANISER = 7


class Role(StrEnum):
    """What a member was entrusted with: in one group, or in the whole community."""

    PARTICIPANT = "participant"
    WELCOMER = "welcomer"
    FACILITATOR = "facilitator"
    CURATOR = "curator"
    MODERATOR = "moderator"
    ORGANISER = "organiser"


class Standing(StrEnum):
    """What a member may do now."""

    GOOD = "good"
    READ_ONLY = "read_only"
    SUSPENDED = "suspended"


# These are held in one group; the others in the whole community.
GROUP_ROLES = frozenset({Role.PARTICIPANT, Role.FACILITATOR})

RANK_OF = {
    Role.PARTICIPANT: Rank.NEWCOMER,
    Role.WELCOMER: Rank.WELCOMER,
    Role.FACILITATOR: Rank.FACILITATOR,
    Role.CURATOR: Rank.FACILITATOR,
    Role.MODERATOR: Rank.MODERATOR,
    Role.ORGANISER: Rank.ORGANISER,
}
