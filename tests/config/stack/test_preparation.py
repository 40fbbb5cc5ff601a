import pytest

from config.stack import preparation


@pytest.mark.parametrize(
    ("surroundings", "wanted"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "192.168.1.5"}, False),
        ({"BASE_URL": "https://community.example.org"}, False),
        ({"HOST": "0.0.0.0", "PORCHLIGHT_DEMO": "1"}, True),
        ({"PORCHLIGHT_DEMO": "0"}, False),
        ({"PORCHLIGHT_ENV": "production", "PORCHLIGHT_DEMO": "1"}, False),
    ],
)
def test_passwords_that_everyone_knows_stay_on_this_machine_unless_asked_for(
    monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str], wanted: bool
) -> None:
    for name in ("HOST", "BASE_URL", "PORCHLIGHT_DEMO"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    assert preparation.wants_demo() is wanted


def test_the_fingerprint_is_the_same_until_something_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_DEMO", "0")
    before = preparation.fingerprint()

    assert preparation.fingerprint() == before

    monkeypatch.setenv("PORCHLIGHT_DEMO", "1")
    assert preparation.fingerprint() != before


def test_a_database_of_your_own_is_looked_at_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/community")

    assert not preparation.is_prepared()
