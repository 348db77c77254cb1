"""The drill of letters in short: two workers race for them and are killed, on every run."""

import os

import pytest

from tests.drill.mail import MOMENTS, MailDrill, MailPlan
from tests.drill.place import fresh_place


@pytest.mark.slow
def test_each_of_200_letters_arrives_once_though_workers_are_killed(tmp_path):
    """But in the gap between the last dot and remembering it: then twice by the same name."""
    with fresh_place(tmp_path, os.environ.get("TEST_DATABASE_URL")) as place:
        figures = MailDrill(place, MailPlan(letters=200, kills=3)).run()
    assert figures.broken == []
    assert figures.letters >= 200
    assert figures.kills == dict.fromkeys(MOMENTS, 1)
    assert figures.came_twice <= 3
