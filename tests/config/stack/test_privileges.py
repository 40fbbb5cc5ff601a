import os
import subprocess
from pathlib import Path

import pytest

from config.stack import postgres, privileges


@pytest.fixture(autouse=True)
def forget() -> None:
    privileges.can_make_user_namespace.cache_clear()


def test_an_ordinary_user_starts_postgres_as_themselves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: privileges.NOBODY)

    account = privileges.account_for_postgres(tmp_path, tmp_path)

    assert account.wrap(["postgres", "-D", "data"], dies_with="INT") == ["postgres", "-D", "data"]


def test_root_ties_the_server_to_its_parent_only_inside_the_namespace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(privileges, "can_make_user_namespace", lambda: True)

    command = privileges.account_for_postgres(tmp_path, tmp_path).wrap(["postgres"], dies_with="INT")

    assert command[0] == "unshare"
    assert command.index("unshare") < command.index("--pdeathsig") < command.index("postgres")


@pytest.mark.stack
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_root_without_namespaces_becomes_somebody_who_can_reach_the_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programs = next((path for path in Path("/usr/lib/postgresql").glob("*/bin")), None)
    if programs is None:
        pytest.skip("no PostgreSQL of the system here")
    monkeypatch.setattr(privileges, "can_make_user_namespace", lambda: False)
    account = privileges.account_for_postgres(programs, Path("/tmp"))

    seen = subprocess.run(
        account.wrap(["id", "-u"], dies_with="INT"), capture_output=True, text=True, check=True
    )

    assert seen.stdout.strip() == str(privileges.NOBODY)
    assert postgres.version(programs) >= 13
