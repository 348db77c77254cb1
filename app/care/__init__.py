"""Help first: help lines, and leaving quickly."""
