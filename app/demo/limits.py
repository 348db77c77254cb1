"""How large a demo community can be made, and what there is how often. Named, with reasons."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST_PAST = timedelta(days=880)  # the first organiser came 900 days ago

POSTS_A_BATCH = 20_000  # in one unit of writing: seconds, and some tens of megabytes
MEMBERS_A_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class LongThread:
    """A conversation that never ended."""

    board: str
    title: str
    posts: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How much a place holds in all once it was made this large (product/performance.md).

    Strategies, resources and meetings get their numbers here when they come.
    """

    members: int
    threads: int
    posts: int
    long_threads: tuple[LongThread, ...] = ()


NIGHT_WATCH = LongThread("nights", "The night watch: say hello while you are awake", 2_000)
# On the public board, so that it can be measured signed out and signed in.
WINDOWSILL = LongThread("open-house", "What is on your windowsill today?", 50_000)

SCALES = {
    "medium": Scale(400, 2_000, 20_000, (NIGHT_WATCH,)),
    "large": Scale(2_000, 20_000, 200_000, (NIGHT_WATCH, WINDOWSILL)),
    "huge": Scale(20_000, 200_000, 2_000_000, (NIGHT_WATCH, WINDOWSILL)),
}

# How much is said on a board, where it is not as much as on most.
BUSYNESS = {"announcements": 0.02, "night-shift": 0.03, "open-house": 0.6, "welcome": 0.8}

SPREAD = 1.2  # of the logarithms of the sizes of threads: most are short, a few are endless

PARAGRAPHS = 600  # of each way of talking; texts are put together of these
HELD_WITHIN = timedelta(days=7)  # nobody waits for a look longer than that
FRESH_WITHIN = timedelta(days=60)  # the demo people have looked at what went on lately
EMPTIED_AFTER = timedelta(days=90)  # what was taken back is emptied then (product/boards.md)
ARCHIVED_AFTER = timedelta(days=600)
ASKED_AFTER = timedelta(days=90)  # authors are asked how it turned out (product/boards.md)
PINS_A_BOARD = 2

# What happens to one post or thread in how many, as a share.
ARCHIVED = 0.1  # of those old enough
EDITED = 0.03
HELD = 0.02
HIDDEN = 0.001
HIDDEN_THREADS = 0.0005
LOCKED = 0.01
NOTED_POSTS = 0.01
NOTED_THREADS = 1 / 6
PINNED = 0.02
QUOTING = 0.15
SAVED = 0.01
SUPPORTED = 0.25
TAGGED = 0.6
TURNED_OUT = 0.02
TO_BE_ASKED = 0.05
WISHING = 0.5
WITHDRAWN = 0.005
STAYING_NEWCOMERS = 0.4  # of those who joined lately
