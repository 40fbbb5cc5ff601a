import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client


def test_live_asks_nobody(client: Client) -> None:
    answer = client.get("/healthz/live")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_names_what_it_asked(client: Client) -> None:
    answer = client.get("/healthz/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "queue": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_without_the_queue_it_is_degraded_and_still_ready(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"

    answer = client.get("/healthz/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "queue": "down"}


@pytest.mark.django_db(transaction=True)
def test_without_the_database_it_is_not_ready_and_heals_by_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    with monkeypatch.context() as broken:
        broken.setitem(connection.settings_dict, "OPTIONS", {"host": "/nowhere"})
        answer = client.get("/healthz/ready")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert json.loads(answer.content)["database"] == "down"
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_nothing_is_written_by_asking(client: Client) -> None:
    assert client.post("/healthz/live").status_code == 405
    assert client.head("/healthz/live").status_code == 200
