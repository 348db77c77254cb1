"""The copies on disk that keep help within reach: lines without a database, a page without us."""

import os
from html import escape
from pathlib import Path

from flask import current_app, render_template
from flask.sansio.app import App
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from app.care.queries import Country, Directory, Memory, read_directory
from app.core import clock
from app.core.jobs import HOUR, Job
from app.extensions import db

LINES, PAGE = "help-lines.json", "help-now.html"

# Kept by people who do nothing else, for far more countries than we can keep right.
LONGER_LIST = "https://findahelpline.com"


def memory() -> Memory:
    """Return what this process keeps of the lines."""
    kept: Memory = current_app.extensions["help_lines"]
    return kept


def begin(app: App) -> None:
    """Give the app its memory. Nothing is asked of the database yet."""
    path = app.config["VAR"] / LINES
    app.extensions["help_lines"] = Memory(app.config["SQLALCHEMY_DATABASE_URI"], path)


def latest() -> Directory:
    """Return the lines to show now, with the copies on disk brought up to them."""
    directory = memory().latest()
    if memory().copied is not directory:
        write_copies(directory)
    return directory


def renew() -> None:
    """Take the lines as the database has them now, and write the copies anew."""
    try:
        memory().take(read_directory(db.session.connection()))
    except SQLAlchemyError:
        db.session.rollback()
    write_copies(memory().directory)


def renew_outside_a_request() -> None:
    """Do the same where nobody asks for a page."""
    # A place in production builds no addresses for a host it does not trust.
    with current_app.test_request_context("/help-now", current_app.config["PUBLIC_URL"]):
        renew()


def write_copies(directory: Directory) -> None:
    """Write both copies. A full or shut disk costs us the copies, never the page."""
    memory().copied = directory
    folder: Path = current_app.config["VAR"]
    try:
        _put(folder / LINES, directory.to_json())
        _put(folder / PAGE, show_page(directory, is_copy=True))
    except OSError as error:
        current_app.logger.warning("the copies of the help lines: %s", error)


def kept_page() -> str | None:
    """Return the page as it was last written down, if it ever was."""
    try:
        return Path(current_app.config["VAR"], PAGE).read_text()
    except OSError:
        return None


def bare_page() -> str:
    """Return the emergency numbers, and nothing around them that could break as well."""
    numbers = "".join(
        f'<li><a href="tel:{each.emergency}">{escape(each.name)}: {each.emergency}</a></li>'
        for each in countries_at_hand()
    )
    title = gettext("Get help now")
    return f'<!doctype html>\n<html lang="en"><title>{title}</title><ul>{numbers}</ul></html>\n'


def countries_at_hand() -> list[Country]:
    """Return the countries as this process keeps them: for pages that stand in for a database."""
    return memory().directory.by_name()


def show_page(directory: Directory, iso: str = "", *, is_copy: bool = False) -> str:
    """Return the page of a country, or of all when none or an unknown one is named.

    A copy is served as a file, to which a choice of country means nothing: it has all open.
    """
    return render_template(
        "care/help_now.html",
        countries=directory.by_name(),
        country=directory.country(iso.upper()),
        is_unknown=bool(iso) and directory.country(iso.upper()) is None,
        is_copy=is_copy,
        longer_list=LONGER_LIST,
        today=clock.now().date(),
    )


def _put(path: Path, words: str) -> None:
    """Replace a file at once, so that nobody ever reads half of it."""
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(words)
    fresh.replace(path)


JOBS = (Job("care.write_copy", HOUR, renew_outside_a_request),)
