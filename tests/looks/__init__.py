"""The demo community in a real browser, for people to look at and for machines to judge."""
