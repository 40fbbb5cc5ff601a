import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.stack import diagnosis, keeper, paths, privileges
from tests.config.stack.conftest import Copy


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "")


def only(findings: Iterable[diagnosis.Finding]) -> diagnosis.Finding:
    """The one finding that needs a cure."""
    (found,) = [finding for finding in findings if not finding.fine]
    return found


def test_a_sound_machine_needs_no_cure() -> None:
    assert [finding for finding in diagnosis.examine() if finding.fatal and not finding.fine] == []


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    assert "Python 3.9.2" in only(diagnosis.python_version()).sentence


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path / "file"))

    found = only(diagnosis.data_folder())

    assert str(tmp_path / "file") in found.sentence
    assert found.fatal


@pytest.mark.parametrize(("free", "fatal"), [(50_000_000, True), (600_000_000, False)])
def test_little_room_is_noted_and_none_is_fatal(
    monkeypatch: pytest.MonkeyPatch, free: int, fatal: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))

    found = only(diagnosis.data_folder())

    assert "are free on the disk" in found.sentence
    assert found.fatal is fatal


def test_each_port_in_use_is_named_with_the_setting_that_moves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(number - 1))

        found = only(diagnosis.ports())

    assert f"Port {number} is in use" in found.sentence
    assert f"PORCHLIGHT_LIVE_PORT={number + 10}" in found.cure


def test_root_without_user_namespaces_is_told_three_ways_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "var" / "postgres").mkdir(parents=True)
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(privileges, "can_make_user_namespace", lambda: False)
    monkeypatch.setattr(privileges, "_reachable", lambda place, user: False)
    monkeypatch.setattr(paths, "private_folder", lambda folder: folder)

    found = only(diagnosis.database())

    assert "user namespace" in found.sentence
    for way in ("ordinary user", "/srv", "DATABASE_URL"):
        assert way in found.cure


def test_no_database_programs_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))

    assert "No PostgreSQL programs" in only(diagnosis.database()).sentence


def test_a_note_of_a_killed_run_is_mentioned_and_needs_nothing() -> None:
    keeper.note_file().write_text('{"pid": 1, "ready": true}')

    (found,) = diagnosis.leftovers()

    assert "the next start clears it" in found.sentence
    assert found.fine


def test_a_missing_browser_is_only_a_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))

    found = only(diagnosis.browser())

    assert "CHROMIUM=" in found.cure
    assert not found.fatal


def test_doctor_answers_though_django_cannot_start(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy(DATABASE_URL="postgresql://nobody:hunter2@127.0.0.1:1/none", DEBUG="perhaps")

    found = copy.python("manage.py", "doctor")

    assert found.returncode == 1
    assert "STOP  DATABASE_URL (postgresql://127.0.0.1/none) does not answer" in found.stdout
    assert "hunter2" not in found.stdout
    assert found.stderr == ""


def test_doctor_is_the_same_from_every_door(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()

    doors = (copy.python("manage.py", "doctor"), copy.python("-m", "config.stack", "doctor"))
    # How much is free may change in between.
    first, second = (
        [line for line in door.stdout.splitlines() if "GB are free" not in line] for door in doors
    )

    assert first == second
    assert f"ok    Port {copy.port} is free." in first


def test_a_site_without_a_key_for_notices_is_told_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_ENV", "production")
    monkeypatch.setenv("VAPID_PRIVATE_KEY", "")

    found = only(diagnosis.notices_to_browsers())

    assert "off" in found.sentence and "vapid-key" in found.cure and not found.fatal


def test_a_key_for_notices_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAPID_PRIVATE_KEY", "secret")

    assert "32 bytes" in only(diagnosis.notices_to_browsers()).sentence


def test_a_trial_makes_its_key_for_notices_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAPID_PRIVATE_KEY", "")

    assert [finding.fine for finding in diagnosis.notices_to_browsers()] == [True]
