"""What every template may call."""

from flask import Flask

from app.core.actor import current_actor


def init_app(app: Flask) -> None:
    app.jinja_env.globals["actor"] = current_actor
    app.jinja_env.globals["community_name"] = app.config["COMMUNITY_NAME"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
