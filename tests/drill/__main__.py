"""Kill the server again and again while members write, and count what is left."""

import argparse
import os
import signal
import sys
import tempfile

from tests.drill.kills import Drill, Plan
from tests.drill.mail import MailDrill, MailPlan
from tests.drill.place import fresh_place


def main():
    signal.signal(signal.SIGTERM, _end)
    asked = _asked()
    server = os.environ["TEST_DATABASE_URL"] if asked.database == "postgresql" else None
    plan = Plan(kills=asked.kills, seconds=asked.seconds, writers=asked.writers)
    with (
        tempfile.TemporaryDirectory(prefix="handrail-drill-") as folder,
        fresh_place(folder, server) as place,
    ):
        figures = _drill_mail(place, asked) if asked.mail else _drill(place, plan, asked.database)
    print()
    for what, figure in figures.rows():
        print(f"{what:48} {figure}")
    for sentence in figures.broken:
        print(f"BROKEN  {sentence}")
    return 1 if figures.broken else 0


def _drill(place, plan, database):
    _say(f"{plan.writers} writers over {database}, {plan.kills} kills.")
    return Drill(place, plan).run(_say)


def _drill_mail(place, asked):
    _say(f"Two workers and their letters over {asked.database}, {asked.kills} kills.")
    return MailDrill(place, MailPlan(kills=asked.kills)).run()


def _end(*_):
    """Leave by way of every `finally`: what the drill started, it ends. Once is enough."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + signal.SIGTERM)


def _asked():
    parser = argparse.ArgumentParser(prog="python3 dev.py drill", description=__doc__)
    parser.add_argument("--mail", action="store_true", help="kill workers that send letters")
    parser.add_argument("--kills", type=int, default=Plan.kills)
    parser.add_argument("--seconds", type=float, default=Plan.seconds, help="stop killing then")
    parser.add_argument("--writers", type=int, default=Plan.writers)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args()


def _say(sentence):
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
