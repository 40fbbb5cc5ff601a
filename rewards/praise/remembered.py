"""That nothing is pinned, which is how it mostly is: remembered for some seconds, so that homes do not ask each time.

What is pinned is never remembered: who unpins or takes back is obeyed at once. A new pin is seen after these seconds by
processes that did not pin it.
"""

import time

REMEMBERED_SECONDS = 10.0


class _Known:
    nothing_until = 0.0


def nothing_is_pinned() -> bool:
    """Whether this process saw a moment ago that nothing is pinned."""
    return time.monotonic() < _Known.nothing_until


def remember_nothing() -> None:
    """Remember that nothing is pinned now."""
    _Known.nothing_until = time.monotonic() + REMEMBERED_SECONDS


def forget() -> None:
    """Ask again next time, because something was pinned."""
    _Known.nothing_until = 0.0
