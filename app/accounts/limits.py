"""Named numbers, each with its reason."""

from dataclasses import dataclass
from datetime import timedelta

NAME_SHORTEST, NAME_LONGEST = 3, 24  # fits beside a post on a narrow phone
PASSWORD_SHORTEST = 12  # NIST SP 800-63B asks for 8; people reuse the short ones
PASSWORD_LONGEST = 100  # a passphrase fits well

CONSENT_VERSION = 1  # of the words beside the health consent; new words get a new number

SESSION_IDLES = timedelta(days=14)  # long enough not to sign out someone in a bad fortnight
SHARED_SESSION_IDLES = timedelta(minutes=30)  # someone else may sit down next
ACTIVITY_STEP = timedelta(minutes=5)  # finer would write on nearly every page
SESSION_KEPT = timedelta(days=7)  # an ended session's row: words kept for its member hang on it

CONFIRM_ENDS = timedelta(days=3)  # mail that lies over a weekend still works
RESET_ENDS = timedelta(hours=1)  # a reset is wanted now; a link lying around is a risk

RESET_TAKES = timedelta(milliseconds=150)  # writing to a member takes 3 ms longer than to nobody

UNDER_18_STAYS = timedelta(days=1)  # a second thought is not a birthday

ATTEMPTS_KEPT = timedelta(days=7)  # what the privacy page promises of scrambled networks
SENT_FORMS_KEPT = timedelta(days=7)  # a form's token lives for hours: none comes twice after that


@dataclass(frozen=True, slots=True)
class Door:
    """Where tries are counted, and how many are let through in a time."""

    name: str
    tries: int
    window: timedelta


# By what was typed and the network: whoever guesses shuts out their own network, not the owner.
SIGN_IN = Door("sign_in", 10, timedelta(minutes=15))
# By network: a list of stolen passwords is tried at many accounts, a few times each.
SIGN_IN_ANYWHERE = Door("sign_in_anywhere", 60, timedelta(hours=1))
# By network: a ward or a library shares one address, and ten people don't join in an hour there.
JOIN = Door("join", 10, timedelta(hours=1))
# By address: nobody's mailbox is filled by somebody who joins in their name.
JOIN_LETTERS = Door("join_letters", 3, timedelta(hours=1))
RESET = Door("reset", 20, timedelta(hours=1))  # by network; each may reach another mailbox
RESET_LETTERS = Door("reset_letters", 3, timedelta(hours=1))  # by address
CONFIRM_AGAIN = Door("confirm_again", 3, timedelta(hours=1))  # by member
