import os
import stat
from pathlib import Path

import pytest

from config.stack import paths
from config.stack.faults import StackFault


def test_data_is_kept_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path / "elsewhere"))

    assert paths.var_folder() == tmp_path / "elsewhere"


def test_data_is_kept_in_the_repository_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORCHLIGHT_VAR", raising=False)

    assert paths.var_folder() == paths.REPOSITORY / "var"


def test_nobody_else_may_look_into_the_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path / "var"))

    for folder in (paths.run_folder(), paths.log_folder(), paths.ensure_socket_folder(), paths.var_folder()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_sockets_move_to_a_short_folder_when_their_address_would_be_too_long(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path / ("long" * 30)))

    folder = paths.ensure_socket_folder()

    assert len(os.fsencode(folder / ".s.PGSQL.5432.lock")) < 107
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_a_socket_folder_that_is_a_link_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORCHLIGHT_VAR", str(tmp_path / ("long" * 30)))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "of somebody else").mkdir()
    paths.socket_folder().symlink_to(tmp_path / "of somebody else")

    with pytest.raises(StackFault, match="belongs to someone else"):
        paths.ensure_socket_folder()


def test_a_folder_that_cannot_be_made_is_a_sentence_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(StackFault) as caught:
        paths.private_folder(tmp_path / "file" / "var")

    assert "cannot be written" in caught.value.sentence
    assert "PORCHLIGHT_VAR" in caught.value.cure
