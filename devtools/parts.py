"""The parts of a check: each is run to its end, timed, and counted in the last lines."""

import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devtools.machine import TOOLS, outcome, say, surroundings

REPORTS = TOOLS / "reports"

# Tests say themselves what they need; what a person has set for a running place is not for them.
NOT_FOR_TESTS = {
    "DATABASE_URL", "HOST", "LEAVE_URL", "PORT", "PUBLIC_URL", "REDIS_URL", "SECRET_KEY",
    "SMTP_URL", "TEST_DATABASE_URL",
}  # fmt: skip

NO_TESTS = 5  # pytest's exit code when it found nothing to run


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    seconds: float
    failed: bool


@dataclass
class _Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0


@dataclass
class Parts:
    """What was run so far, and how it went."""

    done: list[_Part] = field(default_factory=list)
    counts: _Counts = field(default_factory=_Counts)

    def check(self, name: str, command: Sequence[str | Path]) -> None:
        """Run a program that is content or not."""
        self._run(name, command, surroundings())

    def tests(
        self, name: str, command: Sequence[str | Path], may_be_none: bool = False, **more: str
    ) -> None:
        """Run pytest with variables of ours and count its tests."""
        REPORTS.mkdir(parents=True, exist_ok=True)
        report = REPORTS / f"{name}.xml"
        report.unlink(missing_ok=True)
        fine = frozenset({0, NO_TESTS} if may_be_none else {0})
        self._run(name, [*command, f"--junitxml={report}"], _for_tests(**more), fine)
        if report.exists():
            self._count(report)

    def finish(self) -> int:
        """Say how each part went and what was counted. Return 1 when one failed."""
        say("")
        for part in self.done:
            say(f"{part.name:12} {'FAILED' if part.failed else 'ok':8} {part.seconds:6.1f} s")
        failed = any(part.failed for part in self.done)
        if self.counts != _Counts():
            counts = self.counts
            say(f"total: {counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped")
        return 1 if failed else 0

    def _run(
        self, name: str, command: Sequence[str | Path], around: dict[str, str],
        fine: frozenset[int] = frozenset({0}),
    ) -> None:  # fmt: skip
        say(f"\n--- {name}")
        started = time.monotonic()
        code = outcome(command, around)
        self.done.append(_Part(name, time.monotonic() - started, failed=code not in fine))

    def _count(self, report: Path) -> None:
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - pytest wrote it
            total, *others = (
                int(suite.get(word, "0")) for word in ("tests", "failures", "errors", "skipped")
            )
            self.counts.passed += total - sum(others)
            self.counts.failed += others[0] + others[1]
            self.counts.skipped += others[2]


def pytest(python: Path, arguments: Sequence[str]) -> list[str | Path]:
    """Return the command that runs tests on two cores."""
    return [python, "-m", "pytest", "-n", "2", *arguments]


def _for_tests(**more: str) -> dict[str, str]:
    around = {
        name: value for name, value in surroundings().items()
        if name not in NOT_FOR_TESTS and not name.startswith("HANDRAIL_")
    }  # fmt: skip
    return around | more
