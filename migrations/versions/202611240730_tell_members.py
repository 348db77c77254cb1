"""Tell members of what happened, here and by mail."""

import sqlalchemy as sa
from alembic import op

revision = "202611240730"
down_revision = "202611240720"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    _let_events_be_told()
    _make_mailings()
    _make_notifications()
    _make_wishes()
    _let_letters_be_checked()
    # Whoever is told of a post is found in the order of their numbers, a few at a time.
    op.drop_index("ix_follows_thread_level", table_name="follows")
    op.create_index("ix_follows_thread_level", "follows", ["thread_id", "level", "member_id"])


def _let_events_be_told():
    with op.batch_alter_table("events") as batch:
        batch.add_column(sa.Column("told_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("telling", WHOLE, nullable=False, server_default="0"))
        batch.add_column(sa.Column("told_to", WHOLE, nullable=False, server_default="0"))
    op.execute("UPDATE events SET told_at = at")  # nobody is told of what is long past
    _only_where("ix_events_to_tell", "events", ["id"], "told_at IS NULL")


def _make_mailings():
    op.create_table(
        "mailings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mailings"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_mailings_member_id"),
        sa.UniqueConstraint(
            "member_id", "channel", "day", name="uq_mailings_member_id_channel_day"
        ),
        sqlite_autoincrement=True,
    )


def _make_notifications():
    op.create_table(
        "notifications",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("mailing_id", WHOLE, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_notifications_event_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_notifications_member_id"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name="fk_notifications_subject_id"
        ),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailings.id"], name="fk_notifications_mailing_id"
        ),
        sa.UniqueConstraint("event_id", "member_id", name="uq_notifications_event_id_member_id"),
        sqlite_autoincrement=True,
    )
    newest = ["member_id", "at", "id"]
    op.create_index("ix_notifications_member_at", "notifications", newest)
    op.create_index("ix_notifications_at", "notifications", ["at"])
    _only_where("ix_notifications_new", "notifications", newest, "read_at IS NULL")
    _only_where("ix_notifications_due", "notifications", ["due_at", "id"], "due_at IS NOT NULL")
    _only_where(
        "ix_notifications_mailing", "notifications", ["mailing_id"], "mailing_id IS NOT NULL"
    )


def _make_wishes():
    op.create_table(
        "channel_choices",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "about", name="pk_channel_choices"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_channel_choices_member_id"),
    )
    op.create_table(
        "mail_wishes",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("quiet_from", WHOLE, nullable=False),
        sa.Column("quiet_until", WHOLE, nullable=False),
        sa.Column("snoozed_until", MOMENT, nullable=True),
        sa.Column("shows_words", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_mail_wishes"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_mail_wishes_member_id"),
    )


def _let_letters_be_checked():
    with op.batch_alter_table("letters") as batch:
        batch.add_column(
            sa.Column("check_name", sa.String(length=20), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("check_id", WHOLE, nullable=False, server_default="0"))
        batch.add_column(sa.Column("sealed_way_out", sa.String(), nullable=True))


def _only_where(name, table, columns, condition):
    """Make an index of the rows a list is about, on both databases."""
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade():
    op.drop_index("ix_follows_thread_level", table_name="follows")
    op.create_index("ix_follows_thread_level", "follows", ["thread_id", "level"])
    with op.batch_alter_table("letters") as batch:
        for name in ("sealed_way_out", "check_id", "check_name"):
            batch.drop_column(name)
    for table in ("mail_wishes", "channel_choices", "notifications", "mailings"):
        op.drop_table(table)
    op.drop_index("ix_events_to_tell", table_name="events")
    with op.batch_alter_table("events") as batch:
        for name in ("told_to", "telling", "told_at"):
            batch.drop_column(name)
