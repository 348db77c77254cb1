"""What is stored as HTML was rendered by us."""

import pytest
from markupsafe import Markup
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, exc, insert, select

from app.core import text

TEXTS = Table(
    "texts", MetaData(), Column("id", Integer, primary_key=True), Column("html", text.SafeHtml)
)


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    TEXTS.metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_what_was_rendered_comes_back_as_it_was(connection):
    html = text.render("*Hello*").html
    connection.execute(insert(TEXTS).values(html=html))
    stored = connection.scalar(select(TEXTS.c.html))
    assert stored == html
    assert isinstance(stored, Markup)


def test_nothing_may_stand_there(connection):
    connection.execute(insert(TEXTS).values(html=None))
    connection.execute(insert(TEXTS).values(html=Markup("")))
    assert connection.scalars(select(TEXTS.c.html)).all() == [None, Markup("")]


def test_what_nobody_rendered_is_not_stored(connection):
    with pytest.raises(exc.StatementError, match="only what render"):
        connection.execute(insert(TEXTS).values(html="<b>typed</b>"))
