"""The whole site as one command, with real processes in a folder of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tests.config.stack.conftest import Copy, eventually, read_until

pytestmark = pytest.mark.stack

PARTS = ("porchlight web", "porchlight live", "porchlight worker", "porchlight beat")


def get(copy: Copy, path: str) -> tuple[int, str]:
    """Ask the copy for a page; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://localhost:{copy.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def is_ready(copy: Copy) -> bool:
    return get(copy, "/healthz/ready")[0] == 200


def test_one_command_runs_everything_and_ctrl_c_ends_it_cleanly(site: Copy) -> None:
    with site.up() as supervisor:
        assert json.loads(get(site, "/healthz/ready")[1])["status"] == "ok"
        running = " ".join(site.processes().values())
        for part in (*PARTS, "config.stack keep", "redis-server"):
            assert part in running

        supervisor.send_signal(signal.SIGINT)
        said, _ = supervisor.communicate(timeout=30)

    assert supervisor.returncode == 0
    assert said.splitlines()[-2:] == ["Stopping.", "Stopped."]
    assert (
        "database system is shut down" in (site.folder / "log" / "postgres.log").read_text().splitlines()[-1]
    )


def test_nothing_is_left_of_a_supervisor_that_is_killed(site: Copy) -> None:
    with site.up() as supervisor:
        supervisor.kill()
        supervisor.wait()

        assert site.wait_until_empty(30), site.processes()

    assert (
        "database system is shut down" in (site.folder / "log" / "postgres.log").read_text().splitlines()[-1]
    )


def test_whatever_is_killed_comes_back(site: Copy) -> None:
    with site.up() as supervisor:
        killed = {part: site.process(part) for part in PARTS}
        killed["keeper"] = site.process("config.stack keep")
        for pid in killed.values():
            os.kill(pid, signal.SIGKILL)

        for part in (*PARTS, "config.stack keep"):
            assert eventually(lambda part=part: any(part in said for said in site.processes().values())), part
        assert eventually(lambda: is_ready(site))
        assert supervisor.poll() is None
        assert not set(killed.values()) & set(site.processes())


def test_a_second_start_from_the_same_folder_says_so(site: Copy) -> None:
    with site.up():
        second = site.python("-m", "config.stack", "up")

        assert second.returncode == 1
        assert "already runs from this folder" in second.stderr
        assert f"http://localhost:{site.port}" in second.stderr
        assert is_ready(site)


def test_two_copies_run_side_by_side(site: Copy, make_copy: Callable[..., Copy]) -> None:
    other = make_copy("other")
    shutil.copytree(site.folder / "postgres", other.folder / "postgres")
    shutil.copytree(site.folder / "static", other.folder / "static")
    with site.up(), other.up():
        assert is_ready(site) and is_ready(other)
        secrets = [(copy.folder / "secrets.env").read_text() for copy in (site, other)]
        assert secrets[0] != secrets[1]


def test_a_port_in_use_is_a_sentence_with_a_cure(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()
    with socket.socket() as other_program:
        other_program.bind(("127.0.0.1", copy.port))
        other_program.listen()

        found = copy.python("-m", "config.stack", "up")

    assert found.returncode == 1
    assert f"Port {copy.port} is in use by another program." in found.stderr
    assert f"PORT={copy.port + 10} make run" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (copy.folder / "postgres" / "data").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://porchlight:hunter2@127.0.0.1:1/porchlight"),
        ("DATABASE_URL", "mysql:/nonsense"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:1/0"),
        ("REDIS_URL", "nonsense"),
        ("PORT", "eighty"),
    ],
)
def test_a_wrong_setting_is_a_sentence_that_keeps_its_secret(
    make_copy: Callable[..., Copy], name: str, value: str
) -> None:
    copy = make_copy()

    found = copy.python("-m", "config.stack", "up", **{name: value})

    assert found.returncode == 1
    assert name in found.stderr
    assert "Traceback" not in found.stderr
    assert "hunter2" not in found.stderr
    assert copy.wait_until_empty()


def test_pages_that_cannot_start_are_explained_and_everything_is_cleared_away(site: Copy) -> None:
    found = site.python("-m", "config.stack", "up", DJANGO_SETTINGS_MODULE="config.no_such_settings")

    assert found.returncode == 1
    assert "no_such_settings" in found.stderr
    assert site.wait_until_empty()


def test_ctrl_c_during_the_start_is_heard(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()
    starting = copy.start("-m", "config.stack", "up")
    read_until(starting, "Preparing")

    starting.send_signal(signal.SIGINT)

    assert starting.wait(timeout=30) == 0
    assert copy.wait_until_empty()


def test_where_forks_are_unsafe_every_process_loads_the_site_itself(
    site: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(site.environment, "PORCHLIGHT_FORK", "0")

    with site.up():
        assert is_ready(site)
        assert site.process("config.wsgi")


def test_a_command_brings_its_own_database_and_leaves_nothing_running(site: Copy) -> None:
    found: subprocess.CompletedProcess[str] = site.python("manage.py", "migrate", "--check")

    assert found.returncode == 0, found.stderr
    assert site.wait_until_empty()
