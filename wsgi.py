"""What a server runs: gunicorn wsgi:app, or flask --app wsgi."""

import os

from app import create_app
from app.core.keys import refuse_lost_keys
from app.extensions import db
from config import from_environment

app = create_app(from_environment(os.environ))

with app.app_context():
    refuse_lost_keys()
    db.engine.dispose()  # a server may fork now: two processes must not share a connection
