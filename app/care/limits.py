"""Named numbers, each with its reason."""

from datetime import timedelta

LOOK_EVERY = 30.0  # seconds: an edit reaches every process soon, and nobody's page waits for it
LOOK_WAITS = 0.2  # seconds a page waits for newer lines before it shows those at hand
CONNECT_WAITS = 2  # seconds until a database counts as gone (decisions 21)
COPY_KEPT = timedelta(minutes=5)  # for caches on the way: fresh enough, and there when we are not

CHECK_DUE = timedelta(days=90)  # then the organiser is told
FOLDS_AFTER = timedelta(days=365)  # then a line folds behind the directory: it may ring nowhere

LEAVING_WAITS = 0.3  # seconds for another writer: somebody who leaves is in a hurry

NAME_LONGEST = 80  # two lines on a narrow phone
DIAL_LONGEST = 30  # the longest number there is has 15 digits (ITU-T E.164); spaces between them
WORD_LONGEST = 20  # a keyword somebody types with shaking hands
NOTE_LONGEST = 120  # hours, languages, a remark: a line or two each
ADDRESS_LONGEST = 300  # of a page; some ministries' are long
