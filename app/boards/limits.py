"""Named numbers, each with its reason."""

from datetime import timedelta

TITLE_SHORTEST = 3  # "Hi" says nothing in a list; three letters can be a word
TITLE_LONGEST = 120  # two lines on a phone
BODY_LONGEST = 10_000  # characters; about five printed pages, and rendered in 150 ms at worst
NAME_LONGEST = 60  # of a board or section: one line on a phone in large type
PURPOSE_LONGEST = 200  # two lines under a board's name
SLUG_LONGEST = 40  # readable in an address
QUOTED_LONGEST = 300  # characters; a passage, so that the answer stays longer than what it quotes
REASON_LONGEST = 500  # characters; why a version was emptied, for whoever reads the log later
GUIDE_LONGEST = 4_000  # characters; how a board works, in under two printed pages
LAST_PLACE = 999  # among the boards of a section; nobody scrolls so far

POSTS_A_PAGE = 20  # a page one can finish
THREADS_A_PAGE = 20  # a page one can look over
THREADS_ON_TODAY = 5  # news, not a feed
THREADS_NUDGED = 3  # a request, not a task list
WORDS_A_PAGE = 20  # of one's own, to look over
FIRST_WORDS = 160  # characters of a post in a list: enough to know it again
THREADS_COUNTED = 100  # of a board, for its unread posts: "more than 99" says enough

POSTS_FOUND = 50  # in a thread; whoever needs more adds a word
POSTS_LOOKED_THROUGH = 500  # at most, word by word: some 20 ms
SEARCH_LONGEST = 100  # characters; a line
WORDS_SEARCHED = 8  # more narrow nothing
SNIPPET_LONGEST = 200  # characters; three lines on a phone
SNIPPET_BEFORE = 60  # characters before the first word found, for its sense

# Nobody in need writes faster; a machine does. Generous, since a live hour can be quick.
POSTS_A_WINDOW = 20
POSTS_WINDOW = timedelta(minutes=1)

# Of one post: who looks for the right word finds it sooner, and every version is kept.
EDITS_A_WINDOW = 10
EDITS_WINDOW = timedelta(minutes=10)

WITHDRAWN_KEPT = timedelta(days=90)  # for a decision about it; then the words are gone for good
EMPTIED_A_BATCH = 200  # posts in one unit of writing: under a second, then others may
SUPPORTERS_SHOWN = 200  # of one post, the newest: names to be glad of, not a register
VERSIONS_SHOWN = 50  # of one text, the newest: nobody compares more in one sitting

# Nobody has met them yet: enough to share a page that helped, too little to sell or call a crowd.
LINKS_OF_A_NEWCOMER = 2
MENTIONS_OF_A_NEWCOMER = 3

ASKED_AFTER = timedelta(days=90)  # how it turned out: most treatments can be judged by then
ASKED_AT_ONCE = 3  # threads; a question, not a questionnaire
OLD_AFTER = timedelta(days=365)  # since its last words: waiting lists, doses and people change

SIMILAR_SHOWN = 5  # a glance while typing, not a search
SIMILAR_WEIGHED = 200  # the newest that share a word; the rest are too old to be answered anyway
SIMILAR_WORD_SHORTEST = 3  # letters; shorter words stand in every title
SIMILAR_WORDS_MOST = 20  # a title holds no more that mean something
