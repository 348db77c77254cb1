"""Named numbers, each with its reason."""

LOG_LINES_A_PAGE = 50  # what one person reads in one sitting
ROWS_A_BATCH = 1000  # rows read at once while verifying: memory stays flat over a million
