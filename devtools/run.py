"""Serve the community here, with its demo people: run [--host H] [--port P]."""

import argparse
import os
import socket

from devtools import environment
from devtools.machine import ROOT, Missing, surroundings


def main(arguments: list[str]) -> int:
    """Make what is missing, then become the server."""
    asked = _asked(arguments)
    _refuse_busy(asked.host, asked.port)
    python = environment.ready("run")
    around = surroundings(HOST=asked.host, PORT=str(asked.port))
    around.setdefault("HANDRAIL_ENV", "development")
    os.chdir(ROOT)
    server = [str(python), "-m", "gunicorn", "--config", "python:devtools.serving", "wsgi:app"]
    os.execve(python, server, around)  # noqa: S606 - signals go straight to the server


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py run", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "5000"))
    return parser.parse_args(arguments)


def _refuse_busy(host: str, port: int) -> None:
    """Say at once that an address is taken: the server would only try again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Missing(
                f"Handrail cannot listen on {host} port {port} ({error}).\n"
                "Is it running already? For another port: python3 dev.py run --port 5055"
            ) from None
