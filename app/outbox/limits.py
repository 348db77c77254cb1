"""Named numbers, each with its reason."""

from datetime import timedelta

BATCH = 10  # letters one hand takes at a time: what it holds when it dies waits for LEASE
LEASE = timedelta(minutes=15)  # longer than a batch can take, each letter at its DEADLINE
DEADLINE = 60.0  # seconds for one letter in all, however slowly its server answers
PATIENCE = 20.0  # seconds for one answer of the mail server (RFC 5321 allows minutes; we try again)

# The first try again is soon, for a server that is being restarted; then each waits twice as long.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)  # the links in our letters are over by then

MOST_SHOWN = 100  # letters given up, on the organiser's page
