"""The keeper and its users, with real servers in a folder of their own."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from config.stack import paths
from tests.config.stack.conftest import Copy, eventually

pytestmark = pytest.mark.stack

USE = """
import os, sys, psycopg, redis
from config.stack.services import ensure_services
ensure_services()
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(connection.execute(sys.argv[1]).fetchone()[0], flush=True)
redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
"""
HOLD = USE + "import signal; signal.pause()"
WRITE = USE.replace(".fetchone()[0]", ".statusmessage")


@contextmanager
def user_of(copy: Copy) -> Iterator[subprocess.Popen[str]]:
    """Somebody who uses the servers until the end of the block."""
    user = copy.start("-c", HOLD, "SELECT 1")
    assert user.stdout and user.stdout.readline() == "1\n"
    try:
        yield user
    finally:
        user.kill()
        user.wait()


@pytest.fixture
def copy(make_copy: Callable[..., Copy]) -> Copy:
    return make_copy()


def test_several_first_callers_at_once_share_one_pair_of_servers(copy: Copy) -> None:
    callers = [copy.start("-c", USE, "SELECT current_database()") for _ in range(4)]

    said = [caller.communicate(timeout=60)[0].strip() for caller in callers]

    assert said == ["porchlight"] * 4
    assert (copy.folder / "log" / "postgres.log").read_text().count("ready to accept connections") == 1


def test_the_last_one_to_leave_turns_off_the_light(copy: Copy) -> None:
    assert copy.python("-c", USE, "SELECT 1").stdout.strip() == "1"

    assert copy.wait_until_empty()
    assert "database system is shut down" in (copy.folder / "log" / "postgres.log").read_text()
    assert not (copy.folder / "postgres" / "data" / "postmaster.pid").exists()
    assert not (copy.folder / "run" / "keeper.json").exists()


def test_a_second_user_keeps_the_servers_when_the_first_is_killed(copy: Copy) -> None:
    with user_of(copy):
        with user_of(copy):
            pass

        assert not copy.wait_until_empty(1.5)
        assert copy.python("-c", USE, "SELECT 1").stdout.strip() == "1"

    assert copy.wait_until_empty()


def test_a_killed_keeper_takes_its_servers_along_and_the_next_start_mends_it(copy: Copy) -> None:
    with user_of(copy) as user:
        os.kill(copy.process("config.stack keep"), signal.SIGKILL)

        assert eventually(lambda: set(copy.processes()) == {user.pid}), copy.processes()
        assert copy.python("-c", USE, "SELECT 1").stdout.strip() == "1"


def test_a_killed_database_is_started_again_with_all_it_had(copy: Copy) -> None:
    with user_of(copy):
        copy.python("-c", WRITE, "CREATE TABLE kept AS SELECT 42 AS answer")

        os.kill(copy.process("bin/postgres -D"), signal.SIGKILL)

        assert eventually(lambda: copy.python("-c", USE, "SELECT answer FROM kept").stdout.strip() == "42")


def test_a_process_number_left_by_a_killed_run_is_no_obstacle(copy: Copy) -> None:
    copy.python("-c", USE, "SELECT 1")
    assert copy.wait_until_empty()
    stale = copy.folder / "postgres" / "data" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{copy.folder}/postgres/data\n1\n5432\n{copy.folder}/run\n\n")
    (copy.folder / "run" / "redis.sock").touch()
    (copy.folder / "run" / "keeper.json").write_text('{"pid": 1, "ready": true}')

    found = copy.python("-c", USE, "SELECT 1")

    assert found.stdout.strip() == "1", found.stderr


def test_a_database_that_was_half_made_is_made_afresh(copy: Copy) -> None:
    half = copy.folder / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    assert copy.python("-c", USE, "SELECT 1").stdout.strip() == "1"


def test_data_of_another_version_is_refused_in_a_sentence(copy: Copy) -> None:
    data = copy.folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")

    found = copy.python("-m", "config.stack", "services")

    assert found.returncode == 1
    assert "was made by PostgreSQL 12" in found.stderr
    assert "Traceback" not in found.stderr
    assert (data / "PG_VERSION").read_text() == "12\n"


def test_a_very_long_folder_name_is_no_obstacle(
    make_copy: Callable[..., Copy], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = make_copy("long" * 30)
    monkeypatch.setenv("PORCHLIGHT_VAR", str(copy.folder))

    found = copy.python("-c", USE, "SELECT 1")

    assert found.stdout.strip() == "1", found.stderr
    assert copy.wait_until_empty()
    assert not paths.socket_folder().is_relative_to(copy.folder)
    shutil.rmtree(paths.socket_folder())


@pytest.mark.skipif(
    os.getuid() != 0 or not shutil.which("unshare"), reason="only root can look like another user"
)
@pytest.mark.parametrize("user", ["65534", "54321"], ids=["with a name", "without a name"])
def test_whoever_starts_it_has_a_database(copy: Copy, user: str) -> None:
    whoever = ["unshare", "--user", f"--map-user={user}", f"--map-group={user}", "--"]

    found = subprocess.run(
        [*whoever, sys.executable, "-c", USE, "SELECT 1"],
        env=copy.environment,
        cwd=paths.REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.stdout.strip() == "1", found.stderr
    assert copy.wait_until_empty()


def test_servers_of_your_own_are_used_and_nothing_is_started(make_copy: Callable[..., Copy]) -> None:
    named = {"DATABASE_URL": os.environ["DATABASE_URL"], "REDIS_URL": os.environ["REDIS_URL"]}
    copy = make_copy(**named)

    found = copy.python("-c", USE, "SELECT current_database()")

    assert found.stdout.strip() == "porchlight", found.stderr
    assert not (copy.folder / "postgres").exists()
    assert not copy.processes()


def test_stop_ends_the_servers_though_someone_uses_them(copy: Copy) -> None:
    with user_of(copy) as user:
        assert "Stopped." in copy.python("-m", "config.stack", "stop").stdout
        assert "Nothing was running." in copy.python("-m", "config.stack", "stop").stdout
        assert set(copy.processes()) == {user.pid}
