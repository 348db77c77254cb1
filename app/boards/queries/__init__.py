"""What may be read on boards. Lists are frozen rows, fetched in a fixed number of queries."""

from app.boards.queries.boards import (
    BoardPage,
    BoardRow,
    SectionRow,
    ThreadRow,
    board_page,
    sections_shown_to,
    threads_that_went_on,
)
from app.boards.queries.reach import (
    boards_visible_to,
    get_board,
    get_own_post,
    get_post,
    get_thread,
    posts_visible_to,
    thread_is_readable_by,
    threads_visible_to,
)
from app.boards.queries.threads import PostRow, ThreadPage, page_of_post, thread_page

__all__ = [
    "BoardPage", "BoardRow", "PostRow", "SectionRow", "ThreadPage", "ThreadRow", "board_page",
    "boards_visible_to", "get_board", "get_own_post", "get_post", "get_thread", "page_of_post",
    "posts_visible_to", "sections_shown_to", "thread_is_readable_by", "thread_page",
    "threads_that_went_on", "threads_visible_to",
]  # fmt: skip
