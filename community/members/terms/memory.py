"""The round of the terms in force, remembered for a few seconds: every page of a member compares it with the one on their row."""

import time

from django.core.exceptions import SynchronousOnlyOperation
from django.db.models import Max

from community.members.models.terms import TermsVersion

REMEMBERED_SECONDS = 10.0


class _Memory:
    """The round last read by this process, and when."""

    round = 0
    read_at = float("-inf")


def current_round() -> int:
    """Return the round that members must have agreed to; 0 while nothing was published. Changes hold within ten seconds."""
    if time.monotonic() - _Memory.read_at > REMEMBERED_SECONDS:
        try:
            remember(TermsVersion.objects.aggregate(last=Max("round"))["last"] or 0)
        except SynchronousOnlyOperation:
            return _Memory.round
    return _Memory.round


def remember(number: int) -> None:
    """Keep this round for the next seconds."""
    _Memory.round, _Memory.read_at = number, time.monotonic()


def forget() -> None:
    """Look anew at the next occasion."""
    _Memory.read_at = float("-inf")
