"""The drill in short: a few kills, on every run of the tests."""

import pytest

from tests.drill.kills import Drill, Plan
from tests.drill.place import fresh_place


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path):
    with fresh_place(tmp_path) as place:
        plan = Plan(kills=6, seconds=60, writers=4, members_each=4, longest_life=0.4)
        figures = Drill(place, plan).run()
    assert figures.broken == []
    assert figures.kills >= 6
    assert len(figures.recount.sent) >= 4
    assert figures.stopped_with == 0
