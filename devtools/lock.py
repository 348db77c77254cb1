"""Make the lock files again from pyproject.toml: lock [--upgrade]."""

import shutil

from devtools.machine import ROOT, Missing, outcome, surroundings

COMPILE = (
    "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate",
    "--no-emit-index-url", "--python-version", "3.11",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Pin every package by version and digest, for all systems and Pythons at once."""
    uv = shutil.which("uv")
    if uv is None:
        raise Missing("The locks are made by uv. Get it with: pip install uv")
    around = surroundings(UV_CUSTOM_COMPILE_COMMAND="python3 dev.py lock")
    project = ("pyproject.toml", "--extra", "postgresql", "--extra", "redis")
    folder = ROOT.joinpath("requirements").relative_to(ROOT)
    run, test, postgresql = (folder / f"{n}.lock" for n in ("run", "test", "postgresql"))
    for what in (
        (*project, "--output-file", run),
        (*project, "--group", "dev", "--constraints", run, "--output-file", test),
        (folder / "postgresql.in", "--no-deps", "--output-file", postgresql),
    ):
        failed = outcome([uv, *COMPILE, *arguments, *what], around)
        if failed:
            return failed
    return 0
