"""Each test begins with what comes with the software, and nothing kept by another."""

import pytest

from app.care import tasks


@pytest.fixture(autouse=True)
def fresh_memory(built_app, var):
    forget(built_app, var)
    yield
    forget(built_app, var)


def forget(app, var):
    for name in (tasks.LINES, tasks.PAGE):
        (var / name).unlink(missing_ok=True)
    tasks.begin(app)
