"""Handrail: the software of a moderated support-group community."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import extensions, permissions
from app.accounts.commands import accounts_group, setup
from app.accounts.tasks import JOBS as ACCOUNT_JOBS
from app.accounts.views import accounts
from app.boards.commands import boards_group
from app.boards.kinds import KINDS as BOARD_KINDS
from app.boards.kinds import TELLINGS as BOARD_TELLINGS
from app.boards.tasks import JOBS as BOARD_JOBS
from app.boards.views import boards
from app.care.commands import care_group
from app.care.tasks import JOBS as CARE_JOBS
from app.care.views import care
from app.core import (
    checks,
    clock,
    database,
    edges,
    errors,
    footprints,
    headers,
    jobs,
    keys,
    kinds,
    logs,
    passwords,
    privacy,
    static_files,
    tellings,
    templating,
)
from app.core.commands import keys_group, prepare, worker
from app.core.draft_views import draft_pages
from app.core.health import core
from app.demo.commands import demo
from app.desk.commands import text_group
from app.desk.views import desk
from app.moderation.commands import log
from app.moderation.kinds import TELLINGS as MODERATION_TELLINGS
from app.notifications.commands import notifications_group
from app.notifications.tasks import CHECKS as NOTIFICATION_CHECKS
from app.notifications.tasks import JOBS as NOTIFICATION_JOBS
from app.notifications.views import notifications
from app.outbox.commands import outbox_group
from app.outbox.tasks import JOBS as OUTBOX_JOBS
from app.outbox.views import outbox
from app.pages.views import pages
from app.tags.commands import tags_group
from config import Config

PLUMBING = (
    extensions, clock, database, keys, edges, logs, privacy, headers, errors, footprints,
    templating, static_files, permissions, passwords,
)  # fmt: skip
KINDS = (*BOARD_KINDS,)
TELLINGS = (*BOARD_TELLINGS, *MODERATION_TELLINGS)
CHECKS = (*NOTIFICATION_CHECKS,)
JOBS = (*OUTBOX_JOBS, *ACCOUNT_JOBS, *CARE_JOBS, *NOTIFICATION_JOBS, *BOARD_JOBS)
COMMANDS = (
    accounts_group, boards_group, care_group, demo, keys_group, log, notifications_group,
    outbox_group, prepare, setup, tags_group, text_group, worker,
)  # fmt: skip
BLUEPRINTS = (core, draft_pages, accounts, care, notifications, boards, desk, pages)
NOT_IN_PRODUCTION = (outbox,)


def create_app(config: Config) -> Flask:
    """Make the app: a table of contents."""
    app = Flask(
        __name__,
        template_folder="../templates",
        static_folder="../static",
        static_url_path=static_files.versioned_url_path(),
        instance_path=str(config.VAR),
    )
    app.config.from_object(config)
    if config.PROXY_COUNT:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.PROXY_COUNT, x_proto=config.PROXY_COUNT
        )

    for part in PLUMBING:
        part.init_app(app)
    kinds.join(app, KINDS)
    tellings.join(app, TELLINGS)
    checks.join(app, CHECKS)
    jobs.join(app, JOBS)
    for command in COMMANDS:
        app.cli.add_command(command)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if config.HANDRAIL_ENV in {"development", "test"}:
        for blueprint in NOT_IN_PRODUCTION:
            app.register_blueprint(blueprint)

    return app
