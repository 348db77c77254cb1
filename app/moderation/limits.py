"""Named numbers, each with its reason."""

LOG_LINES_A_PAGE = 50  # what one person reads in one sitting
ROWS_A_BATCH = 1000  # rows read at once while verifying: memory stays flat over a million
VERSIONS_A_BATCH = 200  # rendered anew in one unit of writing: under a second, then others may
