"""Time zones as people choose them: by a city that keeps the same time as they do."""

from functools import cache
from zoneinfo import available_timezones

PARTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def known_zones() -> tuple[str, ...]:
    """Return the IANA names of zones that are places, and UTC before them."""
    places = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in PARTS)
    return ("UTC", *places)


def zone_words(zone: str) -> str:
    """Return how a zone is shown: its city, and where that is."""
    part, _, city = zone.replace("_", " ").partition("/")
    return f"{city.replace('/', ', ')} ({part})" if city else part
