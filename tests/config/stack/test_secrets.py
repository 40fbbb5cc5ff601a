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
