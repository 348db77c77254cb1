"""Let letters be held by one hand, tried again, and given up."""

import sqlalchemy as sa
from alembic import op

revision = "202611240710"
down_revision = "202611240700"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

WAITING = sa.text("sent_at IS NULL AND given_up_at IS NULL")
GIVEN_UP = sa.text("given_up_at IS NOT NULL")


def upgrade():
    with op.batch_alter_table("letters") as batch:
        batch.add_column(sa.Column("due_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("tries", WHOLE, nullable=False, server_default="0"))
        batch.add_column(sa.Column("held_by", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("held_until", MOMENT, nullable=True))
        batch.add_column(sa.Column("given_up_at", MOMENT, nullable=True))
        batch.add_column(
            sa.Column("fault", sa.String(length=40), nullable=False, server_default="")
        )
    op.execute("UPDATE letters SET due_at = written_at")
    with op.batch_alter_table("letters") as batch:
        batch.alter_column("due_at", existing_type=MOMENT, nullable=False)
    op.create_index(
        "ix_letters_due", "letters", ["due_at", "id"],
        sqlite_where=WAITING, postgresql_where=WAITING,
    )  # fmt: skip
    op.create_index(
        "ix_letters_given_up", "letters", ["given_up_at", "id"],
        sqlite_where=GIVEN_UP, postgresql_where=GIVEN_UP,
    )  # fmt: skip


def downgrade():
    op.drop_index("ix_letters_given_up", table_name="letters")
    op.drop_index("ix_letters_due", table_name="letters")
    with op.batch_alter_table("letters") as batch:
        for name in ("fault", "given_up_at", "held_until", "held_by", "tries", "due_at"):
            batch.drop_column(name)
