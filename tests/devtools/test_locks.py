"""The locks: whole, checked by digest, and the same wherever they are installed from."""

import re
from pathlib import Path

import pytest

from devtools import environment, fetching
from devtools.machine import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def packages_of(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^(\S+)==(\S+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_its_digest(lock):
    blocks = fetching.blocks_of(lock)
    assert len(blocks) == len(packages_of(lock)) > 0
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_no_place(lock):
    assert not re.search(r"://|index|find-links|^-|@ ", lock.read_text(), re.MULTILINE)


def test_tests_run_on_the_packages_that_are_served():
    served = packages_of(ROOT / "requirements" / "run.lock")
    tested = packages_of(ROOT / "requirements" / "test.lock")
    assert served.items() <= tested.items()


def test_an_environment_half_made_is_not_taken_for_a_whole_one(tmp_path, monkeypatch):
    ready = tmp_path / "ready"
    monkeypatch.setattr(environment, "READY", ready)
    monkeypatch.setattr(environment, "PYTHON", tmp_path)
    assert not environment.is_ready("run")
    ready.touch()
    assert not environment.is_ready("run")
    ready.write_text(environment.mark_of("run") + "\n")
    assert environment.is_ready("run")
    assert not environment.is_ready("test")
