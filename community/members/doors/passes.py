"""Who may join although the doors are closed: invitations say so. They register here, because they come later in the house."""

from collections.abc import Callable

from django.http import HttpRequest

Check = Callable[[HttpRequest], bool]
_checks: list[Check] = []


def accept_pass(check: Check) -> None:
    """Let whoever passes `check` join by invitation. Called once, when the app is ready."""
    if check not in _checks:
        _checks.append(check)


def has_pass(request: HttpRequest) -> bool:
    """Return whether this visitor was invited."""
    return any(check(request) for check in _checks)
