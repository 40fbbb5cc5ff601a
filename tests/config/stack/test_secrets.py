import stat
from pathlib import Path

import pytest

from config.stack import secrets


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path))


def test_a_first_start_invents_a_long_key_that_only_its_owner_can_read() -> None:
    values = secrets.ensure_secrets()

    assert len(values["SECRET_KEY"]) >= 60
    assert stat.S_IMODE(secrets.secrets_file().stat().st_mode) == 0o600


def test_the_key_stays_the_same_ever_after() -> None:
    assert secrets.ensure_secrets() == secrets.ensure_secrets() == secrets.read_secrets()


def test_what_someone_added_to_the_file_is_kept() -> None:
    secrets.secrets_file().write_text("# ours\nEMAIL_PASSWORD=abc=def\n")

    values = secrets.ensure_secrets()

    assert values["EMAIL_PASSWORD"] == secrets.read_secrets()["EMAIL_PASSWORD"] == "abc=def"
    assert values["SECRET_KEY"]


def test_the_key_for_notices_is_one_that_a_curve_takes() -> None:
    from community.notifications.push import keys

    made = {secrets.new_vapid_key() for _again in range(20)}

    assert len(made) == 20
    assert all(secrets.is_vapid_key(key) for key in made)
    assert all(keys._private(key).private_numbers().private_value for key in made)


@pytest.mark.parametrize("text", ["", "short", "é" * 43, "A" * 43, "_" * 43, "not base64 at all!"])
def test_what_is_no_key_is_told_from_one(text: str) -> None:
    assert not secrets.is_vapid_key(text)


def test_a_copy_that_has_its_secret_already_only_gets_what_is_new() -> None:
    secrets.secrets_file().write_text("SECRET_KEY=ours\n")

    values = secrets.ensure_secrets()

    assert values["SECRET_KEY"] == "ours"
    assert secrets.is_vapid_key(secrets.read_secrets()["VAPID_PRIVATE_KEY"])
