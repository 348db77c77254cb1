"""Where staff work: the screens over boards, roles, help lines and the log."""
