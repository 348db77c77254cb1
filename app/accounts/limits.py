"""Named numbers, each with its reason."""

from datetime import timedelta

NAME_SHORTEST, NAME_LONGEST = 3, 24  # fits beside a post on a narrow phone
PASSWORD_SHORTEST = 12  # NIST SP 800-63B asks for 8; people reuse the short ones
PASSWORD_LONGEST = 100  # what zxcvbn judges in milliseconds; a passphrase fits well

SESSION_IDLES = timedelta(days=14)  # long enough not to sign out someone in a bad fortnight
SHARED_SESSION_IDLES = timedelta(minutes=30)  # someone else may sit down next
ACTIVITY_STEP = timedelta(minutes=5)  # finer would write on nearly every page
SESSION_KEPT = timedelta(days=7)  # an ended session's row: words kept for its member hang on it

CONFIRM_ENDS = timedelta(days=3)  # mail that lies over a weekend still works
RESET_ENDS = timedelta(hours=1)  # a reset is wanted now; a link lying around is a risk
