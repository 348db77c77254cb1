"""The names of what may be done."""

from enum import StrEnum


class Permission(StrEnum):
    """Each permission reads subject:verb. Keep the list in alphabetical order."""

    BOARD_ARRANGE = "board:arrange"
    BOARD_MUTE = "board:mute"
    BOARD_READ = "board:read"
    DESK_OPEN = "desk:open"
    HELP_LINE_EDIT = "help_line:edit"
    LOG_READ = "log:read"
    POST_EDIT = "post:edit"
    POST_LET_THROUGH = "post:let_through"
    POST_READ_HELD = "post:read_held"
    POST_WITHDRAW = "post:withdraw"
    ROLE_GRANT = "role:grant"
    THREAD_FOLLOW = "thread:follow"
    THREAD_READ = "thread:read"
    THREAD_REPLY = "thread:reply"
    THREAD_START = "thread:start"
