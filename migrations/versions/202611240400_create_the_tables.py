"""Create the tables."""

import sqlalchemy as sa
from alembic import op

revision = "202611240400"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "attempts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("door", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attempts_at", "attempts", ["at"], unique=False)
    op.create_index("ix_attempts_door", "attempts", ["door", "key", "at"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("slug", name="uq_groups_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "log_head",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("count", WHOLE, nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_head"),
    )
    op.create_table(
        "members",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("email_sealed", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("welcomed_at", MOMENT, nullable=True),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("standing_until", MOMENT, nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("email_key", name="uq_members_email_key"),
        sa.UniqueConstraint("name_key", name="uq_members_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sections",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sections"),
        sa.UniqueConstraint("name", name="uq_sections_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seen_keys",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("key_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "key_id", name="pk_seen_keys"),
    )
    op.create_table(
        "sent_forms",
        sa.Column("sender_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sender_id", "key", name="pk_sent_forms"),
    )
    op.create_index("ix_sent_forms_sent_at", "sent_forms", ["sent_at"], unique=False)

    op.create_table(
        "boards",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("section_id", WHOLE, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("guide_source", sa.Text(), nullable=False),
        sa.Column("guide_html", sa.Text(), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_boards_group_id"),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name="fk_boards_section_id"),
        sa.PrimaryKeyConstraint("id", name="pk_boards"),
        sa.UniqueConstraint("slug", name="uq_boards_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consents",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_consents_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consents_member_id", "consents", ["member_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("given_by_id", WHOLE, nullable=True),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["given_by_id"], ["members.id"], name="fk_grants_given_by_id"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_grants_group_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_grants_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.UniqueConstraint(
            "member_id", "role", "group_id", name="uq_grants_member_id_role_group_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_grants_everywhere",
        "grants",
        ["member_id", "role"],
        unique=True,
        sqlite_where=sa.text("group_id IS NULL"),
        postgresql_where=sa.text("group_id IS NULL"),
    )

    op.create_table(
        "kept_words",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_kept_words_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_words"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_words_member_id", "kept_words", ["member_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("is_on_shared_computer", sa.Boolean(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_active_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_sessions_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("secret_hash", name="uq_sessions_secret_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sessions_member_id", "sessions", ["member_id"], unique=False)

    op.create_table(
        "tokens",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_tokens_member_id"),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_tokens"),
    )
    op.create_index("ix_tokens_member_id", "tokens", ["member_id"], unique=False)

    op.create_table(
        "voices",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("thread_id", WHOLE, nullable=True),
        sa.Column("shown_name", sa.String(length=40), nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_voices_member_id"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_voices_thread_id", use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name="pk_voices"),
        sa.UniqueConstraint("member_id", "thread_id", name="uq_voices_member_id_thread_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_voices_own_name",
        "voices",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("thread_id IS NULL"),
        postgresql_where=sa.text("thread_id IS NULL"),
    )

    op.create_table(
        "subjects",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("voice_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_subjects_group_id"),
        sa.ForeignKeyConstraint(["voice_id"], ["voices.id"], name="fk_subjects_voice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_subjects"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subjects_state_kind", "subjects", ["state", "kind", "id"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verb", sa.String(length=30), nullable=False),
        sa.Column("actor_id", WHOLE, nullable=True),
        sa.Column("subject_id", WHOLE, nullable=True),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["members.id"], name="fk_events_actor_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_events_member_id"),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name="fk_events_subject_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "log_rows",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", WHOLE, nullable=True),
        sa.Column("verb", sa.String(length=30), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=True),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["members.id"], name="fk_log_rows_actor_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_log_rows_member_id"),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name="fk_log_rows_subject_id"),
        sa.PrimaryKeyConstraint("number", name="pk_log_rows"),
    )
    op.create_table(
        "threads",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("board_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("voice_id", WHOLE, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_number", WHOLE, nullable=False),
        sa.Column("last_post_at", MOMENT, nullable=False),
        sa.Column("locked_at", MOMENT, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name="fk_threads_board_id"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_threads_group_id"),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name="fk_threads_subject_id"),
        sa.ForeignKeyConstraint(["voice_id"], ["voices.id"], name="fk_threads_voice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sa.UniqueConstraint("subject_id", name="uq_threads_subject_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_threads_board_activity", "threads", ["board_id", "last_post_at", "id"], unique=False
    )

    op.create_table(
        "versions",
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("html_rules", WHOLE, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("emptied_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name="fk_versions_subject_id"),
        sa.PrimaryKeyConstraint("subject_id", "number", name="pk_versions"),
    )
    op.create_table(
        "log_words",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["log_rows.number"], name="fk_log_words_number"),
        sa.PrimaryKeyConstraint("number", name="pk_log_words"),
    )
    op.create_table(
        "posts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("thread_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=True),
        sa.Column("voice_id", WHOLE, nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("opens_thread", sa.Boolean(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name="fk_posts_subject_id"),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name="fk_posts_thread_id"),
        sa.ForeignKeyConstraint(["voice_id"], ["voices.id"], name="fk_posts_voice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("subject_id", name="uq_posts_subject_id"),
        sa.UniqueConstraint("thread_id", "number", name="uq_posts_thread_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_voice_written", "posts", ["voice_id", "written_at"], unique=False)
    op.create_index(
        "ix_posts_waiting",
        "posts",
        ["thread_id", "id"],
        unique=False,
        sqlite_where=sa.text("number IS NULL"),
        postgresql_where=sa.text("number IS NULL"),
    )

    op.create_table(
        "reading_positions",
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("thread_id", WHOLE, nullable=False),
        sa.Column("last_number", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_reading_positions_member_id"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_reading_positions_thread_id"
        ),
        sa.PrimaryKeyConstraint("member_id", "thread_id", name="pk_reading_positions"),
    )

    # The alias in a thread and the thread name each other. SQLite took the key with the table.
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_voices_thread_id", "voices", "threads", ["thread_id"], ["id"])

    op.bulk_insert(
        sa.table("log_head", sa.column("id"), sa.column("count"), sa.column("seal")),
        [{"id": 1, "count": 0, "seal": "0" * 64}],
    )


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_voices_thread_id", "voices", type_="foreignkey")
    op.drop_table("reading_positions")
    op.drop_index(
        "ix_posts_waiting",
        table_name="posts",
        sqlite_where=sa.text("number IS NULL"),
        postgresql_where=sa.text("number IS NULL"),
    )
    op.drop_index("ix_posts_voice_written", table_name="posts")

    op.drop_table("posts")
    op.drop_table("log_words")
    op.drop_table("versions")
    op.drop_index("ix_threads_board_activity", table_name="threads")

    op.drop_table("threads")
    op.drop_table("log_rows")
    op.drop_table("events")
    op.drop_index("ix_subjects_state_kind", table_name="subjects")

    op.drop_table("subjects")
    op.drop_index(
        "uq_voices_own_name",
        table_name="voices",
        sqlite_where=sa.text("thread_id IS NULL"),
        postgresql_where=sa.text("thread_id IS NULL"),
    )

    op.drop_table("voices")
    op.drop_index("ix_tokens_member_id", table_name="tokens")

    op.drop_table("tokens")
    op.drop_index("ix_sessions_member_id", table_name="sessions")

    op.drop_table("sessions")
    op.drop_index("ix_kept_words_member_id", table_name="kept_words")

    op.drop_table("kept_words")
    op.drop_index(
        "uq_grants_everywhere",
        table_name="grants",
        sqlite_where=sa.text("group_id IS NULL"),
        postgresql_where=sa.text("group_id IS NULL"),
    )

    op.drop_table("grants")
    op.drop_index("ix_consents_member_id", table_name="consents")

    op.drop_table("consents")
    op.drop_table("boards")
    op.drop_index("ix_sent_forms_sent_at", table_name="sent_forms")

    op.drop_table("sent_forms")
    op.drop_table("seen_keys")
    op.drop_table("sections")
    op.drop_table("members")
    op.drop_table("log_head")
    op.drop_table("groups")
    op.drop_index("ix_attempts_door", table_name="attempts")
    op.drop_index("ix_attempts_at", table_name="attempts")

    op.drop_table("attempts")
