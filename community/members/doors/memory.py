"""The doors in force, remembered by each process for a few seconds: every page of a member asks."""

import time

from django.conf import settings
from django.core.exceptions import SynchronousOnlyOperation

from community.activity.one_row import read_row
from community.members.models.doors import DoorRules

REMEMBERED_SECONDS = 10.0


class _Memory:
    """The rules last read by this process, and when."""

    rules: DoorRules | None = None
    read_at = float("-inf")


def door_rules() -> DoorRules:
    """Return the rules in force. Another process sees a change within ten seconds."""
    if _Memory.rules is None or time.monotonic() - _Memory.read_at > REMEMBERED_SECONDS:
        try:
            remember(read_row(DoorRules))
        except SynchronousOnlyOperation:
            # Asked amid an event loop, which must not wait for the database: what is known is good enough.
            return _Memory.rules or DoorRules()
    assert _Memory.rules is not None
    return _Memory.rules


def remember(rules: DoorRules) -> None:
    """Keep these rules for the next seconds."""
    _Memory.rules, _Memory.read_at = rules, time.monotonic()


def forget() -> None:
    """Read the rules anew at the next occasion."""
    _Memory.read_at = float("-inf")


def closes_local_ways() -> bool:
    """Whether only the sign-in of the brand's own site opens the community; the environment can open the old ways again."""
    return door_rules().sign_on_only and not settings.LOCAL_SIGN_IN
