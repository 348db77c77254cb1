"""What a server runs: gunicorn wsgi:app, or flask --app wsgi."""

import os

from app import create_app
from config import from_environment

app = create_app(from_environment(os.environ))
