"""What rendered text may hold: the one list that both fences keep to."""

# Counts up whenever the same source would render differently: by this list, by the rules of
# markdown.py and links.py, or by a new major version of a library. What is stored carries the
# number it was made with; `flask text rerender` makes the rest again, from the source.
RULES_VERSION = 1

TAGS = frozenset(
    {
        "a", "blockquote", "br", "code", "del", "details", "em", "h3", "h4", "hr", "li", "ol",
        "p", "pre", "strong", "summary", "ul",
    }
)  # fmt: skip

LINK_ATTRIBUTES = frozenset({"href"})

# No tel: here. Help lines are written by staff in fields of their own.
PROTOCOLS = frozenset({"http", "https", "mailto"})

# Search engines gain nothing from a member's link, and the page it opens learns nothing of us.
REL = "nofollow ugc noopener noreferrer"
