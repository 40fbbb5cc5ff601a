"""Defining lists."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from rewards.leaderboards.models import Board
from rewards.leaderboards.permissions import can_change_boards
from rewards.leaderboards.verbs import BOARD_CHANGED

BOARD_FIELDS = (
    *("name", "about", "metric", "rule_key", "period", "starts_on", "ends_on"),
    *("space", "group", "newcomer_days", "is_shown", "position"),
)


@transaction.atomic
def save_board(*, actor: Member, board: Board, changes: Mapping[str, Any]) -> Board:
    """Add a list (one without a primary key) or change it (keys from `BOARD_FIELDS`). Raises `Refused` or `Invalid`."""
    can_change_boards(actor).require()
    unknown = set(changes) - set(BOARD_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a list: {sorted(unknown)}")
    fresh = board if board.pk is None else Board.objects.select_for_update().get(pk=board.pk)
    before = values_of(fresh)
    differing = [name for name, value in changes.items() if fresh.pk is None or getattr(fresh, name) != value]
    for name in differing:
        setattr(fresh, name, changes[name])
    try:
        fresh.full_clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("board_unusable", _("Some fields need another look."), fields=fields) from error
    if differing:
        fresh.save()
        said = changed_values(before, fresh, differing)
        record(BOARD_CHANGED, actor=actor, target=fresh, payload={"board": fresh.key, **said})
    return fresh
