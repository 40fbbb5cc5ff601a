"""The containers of a server: the description is valid, careful, and every command in it runs."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.broker import QUEUES
from config.stack import paths, postgres, privileges, redis
from tests.config.stack.conftest import Copy, eventually, free_ports

FILE = paths.REPOSITORY / "docker-compose.yml"
DESCRIPTION = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = DESCRIPTION["services"]
OURS = {name for name, service in SERVICES.items() if "build" in service}
# Seconds; what the description grants each of our containers.
GRACE = int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))
HOLD = "from config.stack.services import ensure_services; print(ensure_services(), flush=True); import signal; signal.pause()"


def test_the_description_follows_the_compose_specification() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")

    done = subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", FILE],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_it_names_every_process_that_runs() -> None:
    assert set(SERVICES) == {"migrate", "web", "live", "worker", "beat", "postgres", "valkey"}
    assert {"migrate", "web", "live", "worker", "beat"} == OURS


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_may_do_more_than_it_must(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service["user"].startswith(("0", "root"))
    assert "privileged" not in service and "cap_add" not in service


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_container_is_watched_and_started_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_nothing_serves_before_the_database_is_up_to_date() -> None:
    for name in ("web", "live", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["restart"] == "no"


def test_only_this_machine_reaches_the_published_ports_and_no_one_the_database() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert published and all(port.startswith("127.0.0.1:") for port in published)
    assert not SERVICES["postgres"].get("ports") and not SERVICES["valkey"].get("ports")


def test_data_is_kept_in_named_volumes() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}

    assert used == set(DESCRIPTION["volumes"])


def test_no_secret_has_a_default() -> None:
    text = FILE.read_text(encoding="utf-8")

    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "BASE_URL"):
        assert re.search(rf"\$\{{{name}:\?", text), name
        assert not re.search(rf"\$\{{{name}:-", text), name


def test_every_setting_may_stand_in_the_file_of_the_server() -> None:
    for name in OURS:
        assert SERVICES[name]["env_file"] == [{"path": ".env", "required": False}]


def test_the_clock_remembers_over_a_new_start_when_it_rang_last() -> None:
    assert SERVICES["beat"]["command"][-1].startswith("/data/")
    assert "files:/data" in SERVICES["beat"]["volumes"]


def test_the_worker_hears_every_queue() -> None:
    command = SERVICES["worker"]["command"]

    assert command[command.index("--queues") + 1] == ",".join(QUEUES)


def test_the_image_alone_serves_pages_as_the_web_container_does() -> None:
    text = (paths.REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    alone = json.loads(text.partition("\nCMD ")[2].replace("\\\n", ""))

    def without_workers(command: list[str]) -> list[str]:
        at = command.index("--workers")
        return command[:at] + command[at + 2 :]

    assert without_workers(alone) == without_workers(SERVICES["web"]["command"])
    last_stage = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last_stage, re.MULTILINE)


class Containers:
    """Runs a service's own command here, with ports and folders of this test."""

    def __init__(self, copy: Copy, folder: Path) -> None:
        self.folder = folder
        self.ports = dict(zip(("8000", "8001"), map(str, free_ports(2)), strict=True))
        self.environment = {
            **copy.environment,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "BASE_URL": "https://community.example.com",
            "SECRET_KEY": "only-for-this-test-" * 4,
            "DATABASE_URL": f"postgresql://porchlight@/porchlight?host={copy.folder}/run",
            "REDIS_URL": f"unix://{copy.folder}/run/redis.sock?db=0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def here(self, words: list[str]) -> list[str]:
        """A command of the description with this test's ports and folders."""
        return [self.ports.get(word, re.sub(r"^/(tmp|data)/", f"{self.folder}/", word)) for word in words]

    def environment_of(self, name: str) -> dict[str, str]:
        """What the description gives the container, as far as it is written out there."""
        given = {
            key: self.here([value])[0]
            for key, value in SERVICES[name]["environment"].items()
            if "${" not in value and key not in ("DATABASE_URL", "REDIS_URL")
        }
        own = given | (
            {"PORCHLIGHT_ALIVE_FILE": f"{self.folder}/{name}"} if name in ("worker", "beat") else {}
        )
        return self.environment | own

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start a service."""
        log = (self.folder / f"{name}.log").open("wb")
        self.running[name] = subprocess.Popen(
            self.here(SERVICES[name]["command"]),
            env=self.environment_of(name),
            cwd=paths.REPOSITORY,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        return self.running[name]

    def is_healthy(self, name: str) -> bool:
        """Ask what the container's own health check asks."""
        assert self.running[name].poll() is None, (self.folder / f"{name}.log").read_text()
        command = [word.replace("/alive", f"/{name}") for word in SERVICES[name]["healthcheck"]["test"][1:]]
        environment = self.environment_of(name)
        return (
            subprocess.run(self.here(command), env=environment, cwd=paths.REPOSITORY, check=False).returncode
            == 0
        )

    def stop(self) -> list[str]:
        """Stop all as an engine stops containers, and name those that had to be killed when the grace was over."""
        late = []
        for process in self.running.values():
            process.terminate()
        for name, process in self.running.items():
            try:
                process.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                late.append(name)
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return late


@pytest.fixture
def containers(make_copy: Callable[..., Copy], tmp_path: Path) -> Iterator[Containers]:
    copy = make_copy()
    holder = copy.start("-c", HOLD)
    assert holder.stdout and "Services(" in holder.stdout.readline()
    made = Containers(copy, tmp_path)
    yield made
    late = made.stop()
    holder.kill()
    holder.wait()
    assert late == []


@pytest.mark.stack
def test_every_command_of_ours_runs_and_becomes_healthy(containers: Containers) -> None:
    assert containers.start("migrate").wait(timeout=90) == 0, (containers.folder / "migrate.log").read_text()
    del containers.running["migrate"]

    lasting = sorted(OURS - {"migrate"})
    for name in lasting:
        containers.start(name)

    for name in lasting:
        assert eventually(lambda name=name: containers.is_healthy(name), 40), (
            containers.folder / f"{name}.log"
        ).read_text()


@pytest.mark.stack
def test_the_database_command_runs(tmp_path: Path) -> None:
    programs = postgres.bin_folder()
    account = privileges.account_for_postgres(programs, tmp_path)
    (port,) = free_ports(1)
    surroundings = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PGDATA": f"{tmp_path}/data"}
    surroundings |= {"PGPORT": str(port), "PGHOST": "127.0.0.1"}
    options = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    initialise = account.wrap(["initdb", "-U", "porchlight", "--auth=trust", "--no-sync", *options])
    subprocess.run(initialise, env=surroundings, capture_output=True, check=True)

    server = subprocess.Popen(
        account.wrap(SERVICES["postgres"]["command"]), env=surroundings, stderr=subprocess.DEVNULL
    )

    probe = [*SERVICES["postgres"]["healthcheck"]["test"][1:-1], "postgres"]
    try:
        assert eventually(lambda: subprocess.run(probe, env=surroundings, check=False).returncode == 0)
    finally:
        server.terminate()
        server.wait()


@pytest.mark.stack
def test_the_queue_command_runs(tmp_path: Path) -> None:
    program, *options = SERVICES["valkey"]["command"]
    assert program == "valkey-server"
    address = tmp_path / "q.sock"

    server = subprocess.Popen(
        [str(redis.server_program()), *options, "--port", "0", "--unixsocket", str(address)],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )

    try:
        assert eventually(address.exists)
        assert server.poll() is None
    finally:
        server.terminate()
        assert server.wait() == 0
