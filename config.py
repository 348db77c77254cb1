"""Settings, read once, when the app is made: a frozen value that refuses to be half right."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SHORTEST_SECRET = 32  # characters; 128 bits written in hex


class ConfigError(Exception):
    """A setting is missing or unsafe. The message says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """What differs from one place to the next. Flask reads the fields by their names."""

    HANDRAIL_ENV: str
    SECRET_KEY: str
    SQLALCHEMY_DATABASE_URI: str
    VAR: Path
    KEYS: Path
    PUBLIC_URL: str
    TRUSTED_HOSTS: list[str] | None
    PROXY_COUNT: int = 0
    COMMUNITY_NAME: str = "Handrail"
    LEAVE_URL: str = "https://www.wikipedia.org/"
    SMTP_URL: str | None = None  # smtp://name:password@host:587 or smtps://…; none: letters wait
    MAIL_FROM: str | None = None  # else no-reply at the host of PUBLIC_URL
    REDIS_URL: str | None = None  # redis://…: where jobs are put for workers that are many
    HAS_WORKER: bool = True  # the process that serves does the jobs too; else: flask worker
    DEMO_PASSWORD: str | None = None
    CLOCK: datetime | None = None
    CHEAP_HASHES: bool = False  # tests only: Argon2 with the smallest parameters it takes
    TESTING: bool = False
    MAX_CONTENT_LENGTH: int = 512 * 1024  # the longest text is far shorter, even percent-encoded
    MAX_FORM_MEMORY_SIZE: int = 512 * 1024
    MAX_FORM_PARTS: int = 500
    WTF_CSRF_TIME_LIMIT: float = timedelta(hours=12).total_seconds()  # a long night's page works
    SESSION_COOKIE_HTTPONLY: bool = True  # this one holds nothing but the token of forms
    SESSION_COOKIE_SAMESITE: str = "Lax"
    SEND_FILE_MAX_AGE_DEFAULT: int = 31_536_000  # a year: a static URL changes when its file does
    SQLALCHEMY_ENGINE_OPTIONS: dict[str, Any] = field(default_factory=dict)

    @property
    def is_secure(self) -> bool:
        return self.PUBLIC_URL.startswith("https://")

    @property
    def SESSION_COOKIE_SECURE(self) -> bool:
        return self.is_secure

    @property
    def SESSION_COOKIE_NAME(self) -> str:
        return f"{self.SIGN_IN_COOKIE}-form"

    @property
    def SIGN_IN_COOKIE(self) -> str:
        """The name browsers guard: a __Host- cookie is set over HTTPS, by this host alone."""
        return "__Host-handrail" if self.is_secure else "handrail"


def from_environment(given: Mapping[str, str]) -> Config:
    """Return the settings for this place. Raises ConfigError with a sentence for its keeper."""
    kind = given.get("HANDRAIL_ENV", "production")
    makers = {"production": _production, "development": _development}
    if kind not in makers:
        raise ConfigError("HANDRAIL_ENV is either production or development.")
    return makers[kind](given)


def under_test(database: str, var: Path) -> Config:
    """Return settings for tests: everything below `var`, hashes cheap, plain HTTP on loopback."""
    return Config(
        HANDRAIL_ENV="test",
        SECRET_KEY="tests only",
        SQLALCHEMY_DATABASE_URI=database,
        VAR=var,
        KEYS=var / "keys",
        PUBLIC_URL="http://localhost",
        TRUSTED_HOSTS=None,
        CHEAP_HASHES=True,
        TESTING=True,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(database),
    )


def _development(given: Mapping[str, str]) -> Config:
    var = Path(given.get("HANDRAIL_VAR", "var")).resolve()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = _database(given, var)
    clock = given.get("HANDRAIL_CLOCK")
    return Config(
        HANDRAIL_ENV="development",
        SECRET_KEY=given.get("SECRET_KEY") or _kept_secret(var / "secret_key"),
        SQLALCHEMY_DATABASE_URI=database,
        VAR=var,
        KEYS=Path(given.get("HANDRAIL_KEYS", var / "keys")),
        PUBLIC_URL=_public_url(given, default=f"http://127.0.0.1:{given.get('PORT', '5000')}"),
        TRUSTED_HOSTS=None,
        PROXY_COUNT=_number(given, "PROXY_COUNT"),
        DEMO_PASSWORD=given.get("HANDRAIL_DEMO_PASSWORD") or _kept_secret(var / "demo_password"),
        CLOCK=_moment(clock) if clock else None,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(database),
        **_named(given),
        **_working(given),
    )


def _production(given: Mapping[str, str]) -> Config:
    for name in ("HANDRAIL_CLOCK", "HANDRAIL_DEMO_PASSWORD"):
        if given.get(name):
            raise ConfigError(f"{name} is for development. Take it away to start in production.")
    var = Path(_required(given, "HANDRAIL_VAR")).resolve()
    keys = Path(_required(given, "HANDRAIL_KEYS")).resolve()
    if keys.is_relative_to(var):
        raise ConfigError("HANDRAIL_KEYS lies inside HANDRAIL_VAR: a copy of the data would "
                          "carry its own keys. Put the keys somewhere else.")  # fmt: skip
    public_url = _public_url(given, default="")
    if not public_url.startswith("https://"):
        raise ConfigError("PUBLIC_URL must be the https:// address members use.")
    database = _database(given, var)
    return Config(
        HANDRAIL_ENV="production",
        SECRET_KEY=_strong(_required(given, "SECRET_KEY")),
        SQLALCHEMY_DATABASE_URI=database,
        VAR=var,
        KEYS=keys,
        PUBLIC_URL=public_url,
        TRUSTED_HOSTS=[str(urlsplit(public_url).hostname)],
        PROXY_COUNT=_number(given, "PROXY_COUNT"),
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(database),
        **_named(given),
        **_working(given),
    )


def _named(given: Mapping[str, str]) -> dict[str, Any]:
    """Return what a community says of itself: its name, its mail, where its members leave to."""
    names = ("COMMUNITY_NAME", "LEAVE_URL", "SMTP_URL", "MAIL_FROM")
    named = {name: given.get(name) for name in names}
    leave, smtp = named["LEAVE_URL"], named["SMTP_URL"]
    if leave and urlsplit(leave).scheme not in {"http", "https"}:
        raise ConfigError("LEAVE_URL must be a web address, such as https://www.example.org/.")
    if smtp and not (urlsplit(smtp).scheme in {"smtp", "smtps"} and urlsplit(smtp).hostname):
        raise ConfigError("SMTP_URL must be such as smtp://name:password@mail.example.org:587.")
    return {name: value for name, value in named.items() if value}


def _working(given: Mapping[str, str]) -> dict[str, Any]:
    """Return where jobs are put, and whether the process that serves does them as well."""
    redis = given.get("REDIS_URL") or None
    if redis and urlsplit(redis).scheme not in {"redis", "rediss", "unix"}:
        raise ConfigError("REDIS_URL must be such as redis://localhost:6379/0.")
    # Who has a Redis has grown: workers then stand apart, unless asked for here.
    worker = given.get("HANDRAIL_WORKER") or ("off" if redis else "on")
    if worker not in {"on", "off"}:
        raise ConfigError("HANDRAIL_WORKER is either on or off.")
    return {"REDIS_URL": redis, "HAS_WORKER": worker == "on"}


def _required(given: Mapping[str, str], name: str) -> str:
    if not given.get(name):
        raise ConfigError(f"{name} is missing. See README.md, “For real”.")
    return given[name]


def _strong(secret: str) -> str:
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 8:
        raise ConfigError(
            "SECRET_KEY is too weak. Make one: python3 -c 'import secrets; "
            "print(secrets.token_hex(32))'"
        )
    return secret


def _kept_secret(path: Path) -> str:
    """Return the secret in a file only its owner can read, making it the first time."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text().strip()


def _database(given: Mapping[str, str], var: Path) -> str:
    """Return the database's address. One that names no driver gets the one we ship."""
    address = given.get("DATABASE_URL") or f"sqlite:///{var}/handrail.db"
    for plain in ("postgres://", "postgresql://"):
        if address.startswith(plain):
            return "postgresql+psycopg://" + address.removeprefix(plain)
    return address


def _engine_options(database: str) -> dict[str, Any]:
    if database.startswith("postgresql"):
        # Somebody is waiting in front of a screen: better an honest page soon than a late one.
        # A page asks for twenty rows: compiling such a question takes far longer than answering it.
        connects = {"connect_timeout": 2, "options": "-c jit=off"}
        return {"pool_size": 16, "max_overflow": 8, "pool_timeout": 2, "pool_pre_ping": True,
                "connect_args": connects}  # fmt: skip
    return {"pool_size": 32, "max_overflow": 32, "connect_args": {"check_same_thread": False}}


def _public_url(given: Mapping[str, str], default: str) -> str:
    address = (given.get("PUBLIC_URL") or default).rstrip("/")
    if address and not urlsplit(address).hostname:
        raise ConfigError("PUBLIC_URL must be a whole address, such as https://example.org.")
    return address


def _number(given: Mapping[str, str], name: str) -> int:
    try:
        return int(given.get(name, "0"))
    except ValueError:
        raise ConfigError(f"{name} must be a number.") from None


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ConfigError("HANDRAIL_CLOCK must be a time such as 2026-03-01T19:00+00:00.") from None
    if moment.tzinfo is None:
        raise ConfigError("HANDRAIL_CLOCK must say its zone, such as 2026-03-01T19:00+00:00.")
    return moment
