"""Read the code: lint, types, and the guards of the whole codebase."""

from pathlib import Path

from devtools import environment
from devtools.parts import Parts, pytest


def main(arguments: list[str]) -> int:
    """Run every check and return 1 when one of them failed."""
    python = environment.ready("test")
    parts = Parts()
    read_code(parts, python)
    parts.tests("guards", pytest(python, ["tests/guards", *arguments]))
    return parts.finish()


def read_code(parts: Parts, python: Path) -> None:
    """Lint and type-check everything that a person wrote."""
    for name, command in {
        "lint": ["ruff", "check"],
        "format": ["ruff", "format", "--check"],
        "types": ["mypy"],
        "templates": ["djlint", "--lint", "--quiet", "templates"],
    }.items():
        parts.check(name, [python, "-m", *command])
