"""What may be read on boards. Lists are frozen rows, fetched in a fixed number of queries."""

from app.boards.queries.boards import (
    BoardPage,
    BoardRow,
    SectionRow,
    board_page,
    is_board_muted,
    sections_shown_to,
)
from app.boards.queries.finding import (
    Found,
    PlaceInThread,
    ThreadSearch,
    place_in_thread,
    search_thread,
)
from app.boards.queries.history import (
    VersionRow,
    get_post_with_history,
    get_thread_with_history,
    get_version,
    versions_of,
)
from app.boards.queries.lists import (
    Show,
    ThreadList,
    ThreadRow,
    followed_with_news,
    own_threads,
    threads_on,
    threads_to_nudge,
    threads_waiting,
)
from app.boards.queries.outcomes import AskedThread, threads_to_ask
from app.boards.queries.places import places_of
from app.boards.queries.reach import (
    boards_visible_to,
    get_board,
    get_own_post,
    get_post,
    get_post_to_let_through,
    get_thread,
    posts_visible_to,
    thread_is_readable_by,
    threads_visible_to,
)
from app.boards.queries.rows import PostRow, ThreadPage
from app.boards.queries.similar import similar_threads
from app.boards.queries.support import (
    Mutes,
    Supporter,
    get_supported_post,
    has_given,
    has_muted_author,
    has_saved,
    mutes_of,
    supporters_of,
)
from app.boards.queries.tagged import TagPage, tag_page
from app.boards.queries.threads import page_of_post, quote_of, thread_page
from app.boards.queries.words import (
    Words,
    WordsList,
    WordsRow,
    own_posts,
    own_waiting,
    saved_posts,
)

__all__ = [
    "AskedThread", "BoardPage", "BoardRow", "Found", "Mutes", "PlaceInThread", "PostRow",
    "SectionRow", "Show", "Supporter", "TagPage", "ThreadList", "ThreadPage", "ThreadRow",
    "ThreadSearch", "VersionRow", "Words", "WordsList", "WordsRow", "board_page",
    "boards_visible_to", "followed_with_news", "get_board", "get_own_post", "get_post",
    "get_post_to_let_through", "get_post_with_history", "get_supported_post", "get_thread",
    "get_thread_with_history", "get_version", "has_given", "has_muted_author", "has_saved",
    "is_board_muted", "mutes_of", "own_posts", "own_threads", "own_waiting", "page_of_post",
    "place_in_thread", "places_of", "posts_visible_to", "quote_of", "saved_posts", "search_thread",
    "sections_shown_to", "similar_threads", "supporters_of", "tag_page", "thread_is_readable_by",
    "thread_page", "threads_on", "threads_to_ask", "threads_to_nudge", "threads_visible_to",
    "threads_waiting", "versions_of",
]  # fmt: skip
