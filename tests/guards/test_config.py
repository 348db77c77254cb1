"""Production starts whole and safe, or not at all."""

import pytest

from config import ConfigError, from_environment

WHOLE = {
    "HANDRAIL_ENV": "production", "SECRET_KEY": "0123456789abcdef" * 4,
    "HANDRAIL_VAR": "/var/lib/handrail", "HANDRAIL_KEYS": "/etc/handrail/keys",
    "PUBLIC_URL": "https://example.org",
}  # fmt: skip


def test_production_is_the_default_and_secure():
    config = from_environment({k: v for k, v in WHOLE.items() if k != "HANDRAIL_ENV"})
    assert config.HANDRAIL_ENV == "production"
    assert config.SIGN_IN_COOKIE == "__Host-handrail"
    assert config.SESSION_COOKIE_NAME == "__Host-handrail-form"
    assert config.SESSION_COOKIE_SECURE
    assert config.TRUSTED_HOSTS == ["example.org"]
    assert not config.TESTING


@pytest.mark.parametrize("name", ["SECRET_KEY", "HANDRAIL_VAR", "HANDRAIL_KEYS", "PUBLIC_URL"])
def test_production_does_not_start_without(name):
    lacking = {k: v for k, v in WHOLE.items() if k != name}
    with pytest.raises(ConfigError, match=name):
        from_environment(lacking)


UNSAFE = {
    "a weak secret": {"SECRET_KEY": "short"},
    "a dull secret": {"SECRET_KEY": "a" * 64},
    "plain HTTP": {"PUBLIC_URL": "http://example.org"},
    "no address": {"PUBLIC_URL": "example.org"},
    "keys among the data": {"HANDRAIL_KEYS": "/var/lib/handrail/keys"},
    "a moved clock": {"HANDRAIL_CLOCK": "2026-01-01T00:00+00:00"},
    "a demo password": {"HANDRAIL_DEMO_PASSWORD": "demo"},
    "a script to leave to": {"LEAVE_URL": "javascript:alert(1)"},
    "no number of proxies": {"PROXY_COUNT": "many"},
    "an unknown kind of place": {"HANDRAIL_ENV": "staging"},
    "a queue that is none": {"REDIS_URL": "localhost:6379"},
    "half a worker": {"HANDRAIL_WORKER": "perhaps"},
}


@pytest.mark.parametrize("what", UNSAFE)
def test_production_does_not_start_with(what):
    with pytest.raises(ConfigError):
        from_environment(WHOLE | UNSAFE[what])


def test_development_makes_its_own_secrets_for_its_owner_only(tmp_path):
    config = from_environment({"HANDRAIL_ENV": "development", "HANDRAIL_VAR": str(tmp_path)})
    assert len(config.SECRET_KEY) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    again = from_environment({"HANDRAIL_ENV": "development", "HANDRAIL_VAR": str(tmp_path)})
    assert again.SECRET_KEY == config.SECRET_KEY
    assert config.SIGN_IN_COOKIE == "handrail"


@pytest.mark.parametrize("clock", ["soon", "2026-01-01T00:00"])
def test_a_clock_says_its_zone(tmp_path, clock):
    given = {"HANDRAIL_ENV": "development", "HANDRAIL_VAR": str(tmp_path), "HANDRAIL_CLOCK": clock}
    with pytest.raises(ConfigError, match="HANDRAIL_CLOCK"):
        from_environment(given)


@pytest.mark.parametrize("address", ["postgres://x/y", "postgresql://x/y"])
def test_a_database_address_gets_the_driver_we_ship(address):
    config = from_environment(WHOLE | {"DATABASE_URL": address})
    assert config.SQLALCHEMY_DATABASE_URI == "postgresql+psycopg://x/y"


@pytest.mark.parametrize(
    ("given", "has_worker"),
    [
        ({}, True),
        ({"HANDRAIL_WORKER": "off"}, False),
        ({"REDIS_URL": "redis://queue/0"}, False),
        ({"REDIS_URL": "redis://queue/0", "HANDRAIL_WORKER": "on"}, True),
    ],
)
def test_who_serves_does_the_jobs_too_until_a_place_grows(given, has_worker):
    assert from_environment(WHOLE | given).HAS_WORKER is has_worker
