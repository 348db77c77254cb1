"""Hostile inputs, line by line: all that lies beside the repository, else what it carries."""

import json
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
BESIDE = HERE.parents[2] / "shared" / "corpora"
FILES = {path.stem: path for path in sorted(HERE.glob("*.jsonl"))} | {
    path.stem: path for path in sorted(BESIDE.glob("*/*.jsonl"))
}

# What is written as a program is written again here: a corpus is read, never run.
GROWN = {
    "cmark-deeply-nested-lists": lambda: "".join("  " * x + "* a\n" for x in range(1_000)),
    "cmark-backticks": lambda: "".join("e" + "`" * x for x in range(1, 2_000)),
    "cmark-many-references": lambda: (
        "".join(f"[{x}]: u\n" for x in range(1, 80_000)) + "[0] " * 50_000
    ),
}


def rows(name: str) -> Iterator[dict[str, object]]:
    """Yield the rows of one corpus."""
    for line in FILES[name].read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def payloads(name: str) -> Iterator[str]:
    """Yield what one would type, of one corpus, generated inputs in their full length."""
    for row in rows(name):
        yield payload_of(row)


def payload_of(row: dict) -> str:
    """Return what one would type. A row of another shape is an error, never skipped."""
    if "expr" in row:
        return GROWN[row["id"]]()
    if "parts" in row:
        return "".join(part * times for part, times in row["parts"])
    if "value" in row:
        return f"{row['name']}: {row['value']}"
    return row["payload"] if "payload" in row else row.get("char") or row["name"]
