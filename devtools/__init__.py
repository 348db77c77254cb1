"""What stands behind dev.py: one module a command, on Python's standard library alone."""
