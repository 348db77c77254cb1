"""Let members choose how pages look."""

import sqlalchemy as sa
from alembic import op

revision = "202611240700"
down_revision = "202611240600"


def upgrade():
    with op.batch_alter_table("members") as batch:
        batch.add_column(sa.Column("look", sa.String(length=60), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("members") as batch:
        batch.drop_column("look")
