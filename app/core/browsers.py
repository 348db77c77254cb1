"""What to call a browser, so that its owner knows it again in a list. A guess, and told as one."""

# The first word found names it: many browsers also carry the names of those they descend from.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "CrOS": "Chromebook",
    "Windows": "Windows", "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip


def browser_named(agent: str) -> str:
    """Return a name such as “Firefox on Android”, or nothing for one we don't know."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    return f"{browser} on {system}" if browser and system else browser or system


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for word, name in names.items() if word in agent), "")
