"""The time of an answer: in whole steps where it might tell something, and at once where it cannot."""

import time
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from community.members.doors.pace import Pace, at_one_pace, left_of_step, some_of_step
from tests.community.members.doors.counting import count_anew


def test_what_is_left_of_a_step() -> None:
    assert left_of_step(0.1, 0.4) == pytest.approx(0.3)
    assert left_of_step(0.5, 0.4) == pytest.approx(0.3)
    assert left_of_step(0.5, 0.0) == 0


def test_chance_adds_a_small_part_of_a_step_that_nobody_foresees() -> None:
    added = [some_of_step(0.4) for _try in range(500)]

    assert 0 <= min(added) < 0.002 and 0.018 < max(added) <= 0.02
    assert len(set(added)) > 400
    assert some_of_step(0.0) == 0


@pytest.mark.parametrize(
    ("method", "status", "waits"), [("post", 302, True), ("post", 422, False), ("get", 302, False)]
)
def test_only_a_form_that_was_in_order_waits(settings: Any, method: str, status: int, waits: bool) -> None:
    settings.DOOR_STEP = 0.2
    view = Pace(at_one_pace(lambda request: HttpResponse(status=status)))
    begun = time.monotonic()

    view(getattr(RequestFactory(), method)("/"))

    assert (time.monotonic() - begun >= 0.19) == waits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/account/password/reset/", {"email": "nobody@example.org"}),
        ("/account/login/code/", {"email": "nobody@example.org"}),
        ("/join/", {"name": "Nina", "email": "nina@example.org", "password1": "a long enough password"}),
        (
            "/account/signup/",
            {"name": "Nina", "email": "nina@example.org", "password1": "a long enough password"},
        ),
    ],
)
def test_each_door_that_leads_on_keeps_the_pace(settings: Any, path: str, typed: dict[str, str]) -> None:
    count_anew()
    settings.DOOR_STEP = 1.0
    begun = time.monotonic()

    assert Client(REMOTE_ADDR="198.51.100.201").post(path, typed).status_code == 302

    assert time.monotonic() - begun >= 1.0
