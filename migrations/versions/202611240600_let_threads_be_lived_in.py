"""Let threads be lived in: wishes, notes, tags, drafts, following, saving and support."""

import sqlalchemy as sa
from alembic import op

revision = "202611240600"
down_revision = "202611240500"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    _add_columns()
    _make_tags()
    _make_what_members_keep()
    _make_indexes()
    _make_title_words()


def _column(name, kind, default=None):
    nullable = default is None
    server_default = None if nullable else default
    return sa.Column(name, kind, nullable=nullable, server_default=server_default)


NEW = {
    "members": [
        _column("sees_counts", sa.Boolean(), sa.true()),
        _column("wants_nudges", sa.Boolean(), sa.false()),
    ],
    "boards": [
        _column("allows_mentions", sa.Boolean(), sa.true()),
        _column("allows_support", sa.Boolean(), sa.true()),
    ],
    "threads": [
        _column("wish", sa.String(length=10), ""),
        *(
            _column(name, MOMENT)
            for name in (
                "answered_at", "archived_at", "pinned_at", "may_be_asked_at", "turned_out_at",
            )
        ),
    ],
    "posts": [
        _column("tells_outcome", sa.Boolean(), sa.false()),
        _column("replying_to_id", WHOLE),
        _column("quoted", sa.String(length=300), ""),
        _column("with_you", WHOLE, "0"),
        _column("thank_you", WHOLE, "0"),
        _column("shown_at", MOMENT),
    ],
}  # fmt: skip


def _add_columns():
    for table, columns in NEW.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
            if table == "posts":
                batch.create_foreign_key(
                    "fk_posts_replying_to_id", "posts", ["replying_to_id"], ["id"]
                )
    # What was shown before this, was shown when it was written, as far as anybody knows.
    op.execute("UPDATE posts SET shown_at = written_at WHERE number IS NOT NULL")
    op.execute(
        "UPDATE threads SET answered_at = (SELECT MIN(posts.shown_at) FROM posts"
        " WHERE posts.thread_id = threads.id AND posts.voice_id <> threads.voice_id"
        " AND posts.number IS NOT NULL AND posts.state = 'visible'"
        " AND posts.withdrawn_at IS NULL)"
    )


def _make_tags():
    op.create_table(
        "tags",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("axis", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("slug", name="uq_tags_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tag_synonyms",
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("tag_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_tag_synonyms_tag_id"),
        sa.PrimaryKeyConstraint("word", name="pk_tag_synonyms"),
    )
    op.create_table(
        "subject_tags",
        sa.Column("tag_id", WHOLE, nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_subject_tags_tag_id"),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name="fk_subject_tags_subject_id"),
        sa.PrimaryKeyConstraint("tag_id", "subject_id", name="pk_subject_tags"),
    )
    op.create_index("ix_subject_tags_subject", "subject_tags", ["subject_id", "tag_id"])
    op.create_table(
        "subject_notes",
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("note", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name="fk_subject_notes_subject_id"
        ),
        sa.PrimaryKeyConstraint("subject_id", "note", name="pk_subject_notes"),
    )


def _make_what_members_keep():
    op.create_table(
        "drafts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_drafts_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("member_id", "path", name="uq_drafts_member_id_path"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_saved_at", "drafts", ["saved_at"])
    _of_a_member("fresh_starts", {}, sa.Column("at", MOMENT, nullable=False))
    _of_a_member(
        "follows", {"thread_id": "threads"},
        sa.Column("level", sa.String(length=10), nullable=False),
    )  # fmt: skip
    _of_a_member("saves", {"post_id": "posts"}, sa.Column("saved_at", MOMENT, nullable=False))
    _of_a_member("board_mutes", {"board_id": "boards"})
    _of_a_member("member_mutes", {"muted_id": "members"})
    op.create_table(
        "supports",
        sa.Column("post_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_supports_post_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_supports_member_id"),
        sa.PrimaryKeyConstraint("post_id", "member_id", "kind", name="pk_supports"),
    )


def _of_a_member(table, others, *columns):
    """Make a table of what one member says about something else, or about themself."""
    keys = {"member_id": "members", **others}
    op.create_table(
        table,
        *(sa.Column(name, WHOLE, nullable=False) for name in keys),
        *columns,
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}")
            for name, other in keys.items()
        ),
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"),
    )


INDEXES = {
    "ix_posts_thread_shown": ("posts", ["thread_id", "shown_at", "number"], None),
    "ix_posts_withdrawn": ("posts", ["withdrawn_at"], "withdrawn_at IS NOT NULL"),
    "ix_posts_replying_to": ("posts", ["replying_to_id"], "replying_to_id IS NOT NULL"),
    "ix_threads_voice_activity": ("threads", ["voice_id", "last_post_at", "id"], None),
    "ix_threads_unanswered": (
        "threads", ["board_id", "last_post_at", "id"], "answered_at IS NULL",
    ),
    "ix_threads_waiting": ("threads", ["started_at", "id"], "answered_at IS NULL"),
    "ix_threads_later": (
        "threads", ["board_id", "last_post_at", "id"], "turned_out_at IS NOT NULL",
    ),
    "ix_threads_pinned": ("threads", ["board_id", "id"], "pinned_at IS NOT NULL"),
    "ix_threads_to_ask": (
        "threads", ["voice_id", "may_be_asked_at"], "may_be_asked_at IS NOT NULL",
    ),
    "ix_follows_thread_level": ("follows", ["thread_id", "level"], None),
    "ix_saves_member_saved": ("saves", ["member_id", "saved_at", "post_id"], None),
    "ix_supports_member": ("supports", ["member_id"], None),
}  # fmt: skip


def _make_indexes():
    for name, (table, columns, condition) in INDEXES.items():
        where = condition and sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.drop_index("ix_posts_voice_written", table_name="posts")
    op.create_index("ix_posts_voice_written", "posts", ["voice_id", "written_at", "id"])


def _make_title_words():
    """Let threads be found by the words of their titles, kept in step by the database."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_threads_title_words ON threads"
            " USING gin (to_tsvector('simple', title))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE thread_titles USING fts5"
        " (title, content='threads', content_rowid='id', tokenize='unicode61')"
    )
    op.execute("INSERT INTO thread_titles (rowid, title) SELECT id, title FROM threads")
    gone = (
        "INSERT INTO thread_titles (thread_titles, rowid, title)"
        " VALUES ('delete', old.id, old.title)"
    )
    come = "INSERT INTO thread_titles (rowid, title) VALUES (new.id, new.title)"
    for when, what in (
        ("INSERT", [come]),
        ("DELETE", [gone]),
        ("UPDATE OF title", [gone, come]),
    ):
        name = f"thread_titles_after_{when.split()[0].lower()}"
        body = "; ".join(what)
        op.execute(f"CREATE TRIGGER {name} AFTER {when} ON threads BEGIN {body}; END")


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_threads_title_words", table_name="threads")
    else:
        for when in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER thread_titles_after_{when}")
        op.execute("DROP TABLE thread_titles")
    op.drop_index("ix_posts_voice_written", table_name="posts")
    op.create_index("ix_posts_voice_written", "posts", ["voice_id", "written_at"])
    for name, (table, _columns, _condition) in reversed(INDEXES.items()):
        op.drop_index(name, table_name=table)
    for table in (
        "supports", "member_mutes", "board_mutes", "saves", "follows", "fresh_starts", "drafts",
        "subject_notes", "subject_tags", "tag_synonyms", "tags",
    ):  # fmt: skip
        op.drop_table(table)
    for table, columns in NEW.items():
        with op.batch_alter_table(table) as batch:
            if table == "posts":
                batch.drop_constraint("fk_posts_replying_to_id", type_="foreignkey")
            for column in columns:
                batch.drop_column(column.name)
