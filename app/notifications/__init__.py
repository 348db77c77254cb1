"""Events: one row for everything that was done, from which members are told."""
