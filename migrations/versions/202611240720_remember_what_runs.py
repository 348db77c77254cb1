"""Remember the latest run of each job, and give huey its queue where the database is a server."""

import sqlalchemy as sa
from alembic import op

revision = "202611240720"
down_revision = "202611240710"

MOMENT = sa.DateTime(timezone=True)

# As huey 3 makes them itself. Here they are made once, by whoever may make tables.
QUEUE = (
    (
        "CREATE TABLE job_queue_kv (queue text NOT NULL, key text NOT NULL, value bytea NOT NULL, "
        "PRIMARY KEY (queue, key))"
    ),
    (
        "CREATE TABLE job_queue_schedule (id bigserial PRIMARY KEY, queue text NOT NULL, "
        "data bytea NOT NULL, timestamp double precision NOT NULL)"
    ),
    "CREATE INDEX job_queue_schedule_queue_timestamp ON job_queue_schedule (queue, timestamp)",
    (
        "CREATE TABLE job_queue_task (id bigserial PRIMARY KEY, queue text NOT NULL, "
        "data bytea NOT NULL, priority double precision NOT NULL DEFAULT 0.0)"
    ),
    "CREATE INDEX job_queue_task_queue_priority_id ON job_queue_task (queue, priority DESC, id)",
    (
        "CREATE TABLE job_queue_counter (queue text NOT NULL, key text NOT NULL, "
        "value bigint NOT NULL DEFAULT 0, PRIMARY KEY (queue, key))"
    ),
)


def upgrade():
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("held_until", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_job_runs"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in QUEUE:
            op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        for name in ("counter", "task", "schedule", "kv"):
            op.drop_table(f"job_queue_{name}")
    op.drop_table("job_runs")
