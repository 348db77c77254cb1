"""Hold the names that were asked for by people who have a place here already."""

import sqlalchemy as sa
from alembic import op

revision = "202611240500"
down_revision = "202611240440"


def upgrade():
    op.create_table(
        "held_names",
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name_key", name="pk_held_names"),
    )


def downgrade():
    op.drop_table("held_names")
