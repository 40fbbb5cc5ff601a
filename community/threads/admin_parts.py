"""What the admin pages of threads share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from community.access import actor_of
from community.errors import DomainError
from community.members.models import Member

Do = Callable[[Member, Any], object]


def do_for_each(request: HttpRequest, rows: QuerySet[Any], do: Do) -> None:
    """Run an action for each chosen row, and say how many it changed and why others stayed."""
    done, refusals = 0, set()
    for row in rows:
        try:
            do(actor_of(request), row)
            done += 1
        except DomainError as refusal:
            refusals.add(refusal.message)
    if done:
        messages.success(request, ngettext("%(n)s was changed.", "%(n)s were changed.", done) % {"n": done})
    for refusal_text in sorted(refusals):
        messages.error(request, refusal_text)
