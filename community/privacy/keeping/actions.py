"""Changing how long things are kept: the numbers of the rules, and no others."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import NotFound
from community.members.models import Member
from community.numbers.actions import change_numbers
from community.privacy.keeping.queries import numbers_of_rules


@transaction.atomic
def change_keeping(*, actor: Member, changes: Mapping[str, object]) -> list[str]:
    """Put numbers of days into force by key. Returns those that changed. Raises `Refused`, `NotFound` or `Invalid`."""
    known = numbers_of_rules()
    if any(key not in known for key in changes):
        raise NotFound("no_such_number", _("There is no number of this name."))
    return change_numbers(actor=actor, changes=changes)
