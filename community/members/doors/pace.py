"""Doors that answer the known and the unknown alike take alike long too: making an account hashes a password, a letter to somebody who has
one does not. So what is answered by leading on is answered in whole steps of time, and a little by chance on top: what a step does not hide, as what
the server does when the answer has gone, is a millisecond and drowns in it."""

import time
from collections.abc import Callable
from functools import wraps
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

# How much of a step chance adds at most.
BY_CHANCE = 1 / 20
_random = SystemRandom()


def at_one_pace(view: View) -> View:
    """Let a door's answer to a form that was in order wait for the next full step. What is refused, and what is too often, does not wait."""

    @wraps(view)
    def paced(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code in (302, 303):
            response.keeps_pace = True  # type: ignore[attr-defined]
        return response

    return paced


class Pace:
    """Waits where a view asked for it, when all else is done: what comes after a view, its session for one, takes time too."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.monotonic()
        response = self.get_response(request)
        if getattr(response, "keeps_pace", False):
            step = settings.DOOR_STEP
            time.sleep(left_of_step(time.monotonic() - begun, step) + some_of_step(step))
        return response


def left_of_step(elapsed: float, step: float) -> float:
    """Return how many seconds are left of the step that has begun."""
    return step - elapsed % step if step > 0 else 0.0


def some_of_step(step: float) -> float:
    """Return some seconds by chance, from none to a small part of a step."""
    return _random.uniform(0, step * BY_CHANCE)
