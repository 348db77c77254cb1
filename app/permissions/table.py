"""The whole of who-may-do-what, on one screen.

Each permission lists its alternatives; an alternative holds when all of its
facts hold. Another permission may stand where a fact stands.
"""

from collections.abc import Callable
from typing import Any

from app.permissions import facts as f
from app.permissions.actor import Actor
from app.permissions.names import Permission as P  # noqa: N817 - the table reads as a table

Fact = Callable[[Actor, Any], bool]

RULES: dict[P, list[list[P | Fact]]] = {
    P.BOARD_ARRANGE: [[f.is_organiser]],
    P.BOARD_MUTE: [[P.BOARD_READ, f.is_admitted]],
    P.BOARD_READ: [
        [f.is_public],
        [f.is_admitted, f.in_open_board],
        [f.is_admitted, f.in_own_group],
        [f.is_moderator],
    ],
    P.DESK_OPEN: [[f.is_staff]],
    P.HELP_LINE_EDIT: [[f.is_organiser]],
    P.HISTORY_READ: [[f.is_author, f.is_in_sight], [f.is_author, f.is_held], [f.is_moderator]],
    P.LETTER_TEND: [[f.is_organiser]],
    P.LOG_READ: [[f.is_moderator], [f.is_organiser]],
    P.MEMBER_UNMUTE: [[f.is_admitted]],
    P.POST_EDIT: [[f.is_author, f.is_in_good_standing]],
    P.POST_LET_THROUGH: [
        [f.is_moderator, f.is_not_author],
        [f.is_in_good_standing, f.facilitates_group, f.is_not_author],
    ],
    P.POST_MUTE_AUTHOR: [[f.is_admitted, f.is_not_author]],
    P.POST_READ_HELD: [[f.is_moderator], [f.is_in_good_standing, f.facilitates_group]],
    P.POST_SAVE: [[f.is_admitted]],
    P.POST_SEE_SUPPORTERS: [[f.is_author]],
    P.POST_SUPPORT: [[f.is_in_good_standing, f.is_not_author]],
    P.POST_WITHDRAW: [[f.is_author]],
    P.ROLE_GRANT: [[f.is_organiser]],
    P.SUBJECT_HIDE: [[f.is_moderator, f.is_not_author]],
    P.THREAD_ARCHIVE: [[P.THREAD_LOCK]],
    P.THREAD_FOLLOW: [[P.THREAD_READ, f.is_admitted]],
    P.THREAD_LOCK: [[f.is_moderator], [f.is_in_good_standing, f.facilitates_group]],
    P.THREAD_PIN: [[P.THREAD_LOCK]],
    P.THREAD_READ: [
        [P.BOARD_READ, f.is_in_sight],
        [P.BOARD_READ, f.is_admitted, f.is_held, f.is_author],
        [P.BOARD_READ, P.POST_READ_HELD, f.is_held],
        [f.is_moderator],
    ],
    P.THREAD_REPLY: [[P.THREAD_READ, f.is_in_good_standing]],
    P.THREAD_RETITLE: [[f.is_author, f.is_in_good_standing]],
    P.THREAD_START: [[P.BOARD_READ, f.is_in_good_standing, f.is_open_to_starters]],
    P.THREAD_TELL_OUTCOME: [[f.is_author, P.THREAD_REPLY]],
    P.VERSION_EXPUNGE: [[f.is_moderator, f.is_not_author]],
}
