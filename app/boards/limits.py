"""Named numbers, each with its reason."""

from datetime import timedelta

TITLE_SHORTEST = 3  # "Hi" says nothing in a list; three letters can be a word
TITLE_LONGEST = 120  # two lines on a phone
BODY_LONGEST = 10_000  # characters; about five printed pages, and rendered in 150 ms at worst
NAME_LONGEST = 60  # of a board or section: one line on a phone in large type
PURPOSE_LONGEST = 200  # two lines under a board's name
SLUG_LONGEST = 40  # readable in an address
QUOTED_LONGEST = 300  # characters; a passage, so that the answer stays longer than what it quotes
GUIDE_LONGEST = 4_000  # characters; how a board works, in under two printed pages
LAST_PLACE = 999  # among the boards of a section; nobody scrolls so far

POSTS_A_PAGE = 20  # a page one can finish
THREADS_A_PAGE = 20  # a page one can look over
THREADS_ON_TODAY = 5  # news, not a feed

# Nobody in need writes faster; a machine does. Generous, since a live hour can be quick.
POSTS_A_WINDOW = 20
POSTS_WINDOW = timedelta(minutes=1)
