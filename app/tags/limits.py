"""Named numbers, each with its reason."""

NAME_LONGEST = 60  # one line on a phone in large type
SLUG_LONGEST = 40  # readable in an address
MOST_TAGS = 5  # on one thing: who tags everything tags nothing
