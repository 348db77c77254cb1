"""The demo community: people, places and conversations to look at, for development only."""
