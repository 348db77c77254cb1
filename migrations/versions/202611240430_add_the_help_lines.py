"""Add the help lines."""

import sqlalchemy as sa
from alembic import op

revision = "202611240430"
down_revision = "202611240400"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "help_countries",
        sa.Column("iso", sa.String(length=2), nullable=False),
        sa.Column("emergency", sa.String(length=30), nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("iso", name="pk_help_countries"),
    )
    op.create_table(
        "help_version",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_help_version"),
    )
    op.create_table(
        "help_lines",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("dial", sa.String(length=30), nullable=False),
        sa.Column("keyword", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.Column("languages", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", WHOLE, nullable=True),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["members.id"], name="fk_help_lines_checked_by_id"
        ),
        sa.ForeignKeyConstraint(["country"], ["help_countries.iso"], name="fk_help_lines_country"),
        sa.PrimaryKeyConstraint("id", name="pk_help_lines"),
        sa.UniqueConstraint("key", name="uq_help_lines_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_help_lines_country", "help_lines", ["country"], unique=False)


def downgrade():
    op.drop_index("ix_help_lines_country", table_name="help_lines")
    op.drop_table("help_lines")
    op.drop_table("help_version")
    op.drop_table("help_countries")
