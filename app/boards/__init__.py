"""Threads of posts, said by voices, on boards in their sections."""
