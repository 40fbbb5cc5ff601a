"""The doorbell: what a worker is told, and what a page does when nobody answers."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import celery
import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from config import broker
from config.celery import app, become_patient
from config.schedule import SCHEDULE
from config.stack import redis


def test_our_app_is_the_current_one_wherever_django_is() -> None:
    assert celery.current_app.main == "porchlight"


def test_a_lost_worker_does_not_lose_its_task() -> None:
    settings = broker.settings(patient=True)

    assert settings["task_acks_late"] and settings["task_reject_on_worker_lost"]
    assert settings["worker_prefetch_multiplier"] == 1
    assert settings["task_time_limit"] < settings["broker_transport_options"]["visibility_timeout"]


def test_only_json_is_read_and_no_result_is_kept() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_ignore_result
    assert app.conf.result_backend is None


def test_a_message_reaches_one_queue_only() -> None:
    keys = [(queue.exchange.name, queue.routing_key) for queue in app.amqp.queues.values()]

    assert set(app.amqp.queues) == {"critical", "default", "bulk"}
    assert len(set(keys)) == len(keys)


def test_a_worker_waits_for_the_queue_and_a_page_does_not() -> None:
    assert app.conf.broker_transport_options["socket_timeout"] == 1
    assert app.conf.task_publish_retry is False

    worker = Celery("worker", set_as_current=False)
    become_patient(conf=worker.conf)

    assert worker.conf.broker_transport_options["socket_timeout"] == 10


def test_every_bell_names_a_known_queue_and_forgets_what_nobody_heard() -> None:
    for name, bell in SCHEDULE.items():
        assert bell["options"]["queue"] in broker.QUEUES, name
        assert bell["options"]["expires"] > 0, name


@pytest.fixture
def own_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A Redis for this test alone, and its address."""
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    address = tmp_path / "r.sock"
    command = [str(redis.server_program()), "--port", "0", "--unixsocket", str(address), "--save", ""]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    while not address.exists():
        time.sleep(0.02)
    yield server, f"redis+socket://{address}"
    os.kill(server.pid, signal.SIGCONT)
    server.kill()
    server.wait()


@pytest.mark.stack
@pytest.mark.parametrize("fault", [signal.SIGSTOP, signal.SIGKILL])
def test_ringing_a_queue_that_does_not_answer_fails_within_seconds(
    own_queue: tuple[subprocess.Popen[bytes], str], fault: signal.Signals
) -> None:
    server, url = own_queue
    page = Celery("page", broker=url, set_as_current=False, fixups=[])
    page.conf.update({**broker.settings(patient=False), "broker_url": url})
    page.send_task("activity.sweep", queue="critical")

    server.send_signal(fault)
    started = time.monotonic()
    with pytest.raises((OperationalError, OSError)):
        page.send_task("activity.sweep", queue="critical")

    assert time.monotonic() - started < 4


def test_every_task_may_be_rung() -> None:
    """Celery refuses to send a task whose soft limit lies above its hard one, and only the beat's log would say so."""
    app.loader.import_default_modules()
    hard = broker.settings(patient=True)["task_time_limit"]
    ours = {entry["task"] for entry in SCHEDULE.values()}

    assert ours <= set(app.tasks)
    late = [
        name
        for name, task in app.tasks.items()
        if task.soft_time_limit and task.soft_time_limit > (task.time_limit or hard)
    ]
    assert late == []
