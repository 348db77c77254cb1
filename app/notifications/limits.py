"""Named numbers, each with its reason."""

from datetime import timedelta

# Rows in one unit of writing: some 10 ms, so that whoever posts meanwhile hardly waits.
TOLD_A_BATCH = 100
PAUSE = 0.005  # seconds between two batches: on SQLite somebody else gets their turn
TOLD_WITHIN = timedelta(days=3)  # a worker that was away longer tells of nothing that is past
PASSED_A_BATCH = 500  # of such events, in one unit of writing

MEMBERS_A_RUN = 200  # to write letters to in one go; the next run comes in a minute
DUE_AT_ONCE = 200  # notifications looked at for one member's letters
LINES_A_LETTER = 10  # a summary, not a list to work through

NOTIFICATIONS_A_PAGE = 30
COUNTED = 10  # new ones, in the menu: "more than 9" says enough
LOOKED_THROUGH = 30  # for those: who reads on threads has read more of them than they marked
NEW_FOR = timedelta(days=30)  # what nobody looked at for so long is news no more
KEPT = timedelta(days=180)  # then a notification is forgotten, read or not
FORGOTTEN_A_BATCH = 500

DIGEST_HOUR = 8  # in the member's zone: no clock changes at that hour, anywhere
DIGEST_WEEKDAY = 6  # Sunday, as date.weekday() counts

# Nobody is woken by us unless they choose to be. Hours of the member's zone.
QUIET_FROM, QUIET_UNTIL = 21, 8

SNOOZES = (1, 3, 7, 30)  # days
