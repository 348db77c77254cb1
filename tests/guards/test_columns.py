"""Every column says who it is for."""

import pytest
from sqlalchemy import Column, MetaData, String, Table

from app.core import classes
from app.extensions import Base

CLASSES = {value["class"] for name, value in vars(classes).items() if name.isupper()}


def unclassified(metadata):
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    return [str(column) for column in columns if column.info.get("class") not in CLASSES]


def test_every_column_has_a_class():
    assert unclassified(Base.metadata) == []


@pytest.mark.parametrize("info", [{}, {"class": "friends"}])
def test_a_column_without_one_is_noticed(info):
    planted = MetaData()
    Table("letters", planted, Column("to", String, info=info))
    assert unclassified(planted) == ["letters.to"]
