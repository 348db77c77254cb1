"""Write very many rows at once, for what makes whole places. Members' acts never come here."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Column, Connection, Table, func, insert, select, text

from app.extensions import Base, db

Row = Sequence[Any]


def insert_many(model: type[Base], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows whose values stand in the order of the names, inside writing().

    Columns that are not named hold what they hold in a row that was made without them.
    """
    connection, table = db.session.connection(), _table(model)
    usual = {
        column.name: cast(Any, column.default).arg
        for column in table.columns
        if column.name not in names and column.default is not None and column.default.is_scalar
    }
    every = [*names, *usual]
    columns = [column for column in table.columns if column.name in every]
    in_order = itemgetter(*(every.index(column.name) for column in columns))
    whole = (in_order((*row, *usual.values())) for row in rows)
    prepared = _prepared(columns, whole, connection)
    if connection.dialect.name == "postgresql":
        _copy(table.name, [column.name for column in columns], prepared, connection)
    elif many := list(prepared):
        put = insert(table).compile(dialect=connection.dialect, column_keys=every)
        connection.exec_driver_sql(str(put), many)


def newest_id(model: type[Base]) -> int:
    """Return the highest id in a table of numbered rows; 0 where there is none."""
    return db.session.scalar(select(func.max(_table(model).c.id))) or 0


def count_on(model: type[Base]) -> None:
    """Let a table number its next row after those that came with their ids."""
    if db.session.get_bind().dialect.name != "postgresql":
        return  # SQLite saw them itself
    table = _table(model)
    newest = select(func.max(table.c.id)).scalar_subquery()
    db.session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))


def take_stock() -> None:
    """Let the database look at how much it holds of what: its plans rest on it."""
    db.session.execute(text("ANALYZE"))


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _prepared(
    columns: Sequence[Column[Any]], rows: Iterable[Row], connection: Connection
) -> Iterator[Row]:
    """Give each row as the driver takes it, by the same rules as a row that comes alone."""
    dialect = connection.dialect
    turns = [
        (place, turn)
        for place, column in enumerate(columns)
        if (turn := column.type.dialect_impl(dialect).bind_processor(dialect))
    ]
    for row in rows:
        prepared = list(row)
        for place, turn in turns:
            prepared[place] = turn(prepared[place])
        yield tuple(prepared)


def _copy(table: str, names: Sequence[str], rows: Iterable[Row], connection: Connection) -> None:
    driver = cast(Any, connection.connection.dbapi_connection)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
