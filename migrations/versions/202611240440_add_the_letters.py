"""Add the letters."""

import sqlalchemy as sa
from alembic import op

revision = "202611240440"
down_revision = "202611240430"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "letters",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("message_id", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("sealed_to", sa.String(), nullable=True),
        sa.Column("sealed_text", sa.String(), nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("message_id", name="uq_letters_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_written_at", "letters", ["written_at"])


def downgrade():
    op.drop_index("ix_letters_written_at", table_name="letters")
    op.drop_table("letters")
