"""What all pages of the boards share."""

from flask import Blueprint

from app.boards.kinds import thread_address

boards = Blueprint("boards", __name__)
boards.add_app_template_global(thread_address)
