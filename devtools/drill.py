"""Kill the server again and again while members write, and count: drill [--kills N] …"""

import argparse
from pathlib import Path

from devtools import environment, postgresql
from devtools.machine import outcome, surroundings


def main(arguments: list[str]) -> int:
    """Run the drill on SQLite, or on a PostgreSQL of its own. Return 1 when a promise broke."""
    python = environment.ready("test")
    command: list[str | Path] = [python, "-m", "tests.drill", *arguments]
    if _database(arguments) != "postgresql":
        return outcome(command)
    with postgresql.server() as address:
        return outcome(command, surroundings(TEST_DATABASE_URL=address))


def _database(arguments: list[str]) -> str:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--database", default="sqlite")
    database: str = parser.parse_known_args(arguments)[0].database
    return database
