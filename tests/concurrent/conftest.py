"""These tests ask who wins, not how soon: SQLite serves those who wait in no order."""

import pytest

from app.core import database
from tests.concurrent.at_once import PATIENCE


@pytest.fixture(autouse=True)
def long_patience(monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", PATIENCE)
