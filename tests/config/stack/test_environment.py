import os
from pathlib import Path

import pytest
from psycopg import conninfo
from redis.connection import parse_url

from config.stack import environment


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path))
    for name in (*environment.NAMES, *environment.OPTIONAL, "PORCHLIGHT_ENV", "CELERY_BROKER_URL"):
        monkeypatch.setenv(name, "")


def test_unset_names_get_the_addresses_of_this_copy(tmp_path: Path) -> None:
    values = environment.load()

    assert conninfo.conninfo_to_dict(values["DATABASE_URL"])["host"] == str(tmp_path / "run")
    assert parse_url(values["REDIS_URL"])["path"] == str(tmp_path / "run" / "redis.sock")
    assert all(os.environ[name] == values[name] for name in environment.NAMES)
    assert environment.owns_database() and environment.owns_redis()


def test_loading_starts_nothing(tmp_path: Path) -> None:
    environment.load()

    assert not (tmp_path / "run" / "keeper.json").exists()
    assert not (tmp_path / "postgres").exists()


def test_what_is_set_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/community")

    values = environment.load()

    assert values["DATABASE_URL"] == "postgresql://db.example.org/community"
    assert not environment.owns_database()
    assert environment.owns_redis()


def test_production_invents_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_ENV", "production")

    assert environment.load() == {"DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEY": ""}
    assert os.environ["VAPID_PRIVATE_KEY"] == ""
    assert list(tmp_path.iterdir()) == []


def test_a_copy_on_trial_gets_a_key_for_notices_and_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    environment.load()
    first = os.environ["VAPID_PRIVATE_KEY"]
    monkeypatch.setenv("VAPID_PRIVATE_KEY", "")
    environment.load()

    assert first and os.environ["VAPID_PRIVATE_KEY"] == first


@pytest.mark.parametrize(
    ("url", "number", "expected"),
    [
        ("unix:///run/redis.sock?db=0", 2, "unix:///run/redis.sock?db=2"),
        ("redis://name:secret@queue:6379/0", 1, "redis://name:secret@queue:6379/1"),
        ("rediss://queue:6380", 0, "rediss://queue:6380/0"),
    ],
)
def test_a_server_holds_several_logical_databases(
    monkeypatch: pytest.MonkeyPatch, url: str, number: int, expected: str
) -> None:
    monkeypatch.setenv("REDIS_URL", url)

    assert environment.redis_url(number) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("unix:///run/redis.sock?db=0", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix:///run/redis.sock?db=4", "redis+socket:///run/redis.sock?virtual_host=4"),
        ("redis://queue:6379/3", "redis://queue:6379/3"),
    ],
)
def test_the_queue_is_spelled_as_celery_reads_it(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: str
) -> None:
    monkeypatch.setenv("REDIS_URL", url)

    assert environment.broker_url() == expected
