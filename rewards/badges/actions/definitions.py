"""Creating and changing badges."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from rewards.badges.models import Badge
from rewards.badges.permissions import can_change_badges
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import RuleFault, dump, leaves_of, parse
from rewards.badges.titles import check_title
from rewards.badges.verbs import BADGE_CHANGED

# As long as `badge:` and a key may be among those a right in a space is given to.
LONGEST_KEY = 34
BADGE_FIELDS = (
    *("name", "description", "criteria", "art", "metal", "family", "rule", "every"),
    *("is_active", "gives_title", "opens_spaces", "takes_nominations", "position"),
)


@transaction.atomic
def save_badge(*, actor: Member, badge: Badge, changes: Mapping[str, Any]) -> Badge:
    """Create a badge (one without a primary key) or change it (keys from `BADGE_FIELDS`); who holds it is counted again soon.

    Raises `Refused` or `Invalid`.
    """
    can_change_badges(actor).require()
    unknown = set(changes) - set(BADGE_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a badge: {sorted(unknown)}")
    fresh = badge if badge.pk is None else Badge.objects.select_for_update().get(pk=badge.pk)
    differing = [name for name, value in changes.items() if fresh.pk is None or getattr(fresh, name) != value]
    before = values_of(fresh)
    for name in differing:
        setattr(fresh, name, changes[name])
    if "rule" in differing:
        fresh.rule = _checked(changes["rule"])
        if fresh.pk and "criteria" not in differing:
            # Words that were written for other conditions would say what is no longer true.
            fresh.criteria = ""
            differing.append("criteria")
    try:
        fresh.full_clean()
    except ValidationError as error:
        raise _said(error) from error
    check_badge(fresh)
    if differing:
        if {"rule", "every", "is_active"} & set(differing):
            fresh.counted_at = None
        fresh.save()
        record(
            BADGE_CHANGED,
            actor=actor,
            target=fresh,
            payload={"badge": fresh.key, **changed_values(before, fresh, differing)},
        )
    return fresh


def _checked(rule: Any) -> dict[str, Any] | None:
    """Return a rule as it is stored; of one that cannot be, say which part and which field (`rule.1.number`)."""
    if rule is None:
        return None
    try:
        return dump(parse(rule))
    except RuleFault as fault:
        raise _unusable({f"rule.{fault.where}".rstrip("."): fault.sentence}) from fault


def check_badge(badge: Badge) -> None:
    """Refuse what fields alone do not show: a title that is too long, and a badge that comes again for what has no date.

    Raises `Invalid`.
    """
    try:
        check_title(badge)
    except ValidationError as error:
        raise _said(error) from error
    if badge.opens_spaces and len(badge.key) > LONGEST_KEY:
        raise _unusable({"opens_spaces": _("Its address is too long for that.")})
    tree = badge.tree
    if badge.every and (tree is None or any(not SOURCES[leaf.of].when for leaf in leaves_of(tree))):
        raise _unusable({"every": _("What can be earned again counts only things that have a date.")})


def _said(error: ValidationError) -> Invalid:
    return _unusable({name: " ".join(found) for name, found in error.message_dict.items()})


def _unusable(fields: dict[str, str]) -> Invalid:
    return Invalid("badge_unusable", _("Some fields need another look."), fields=fields)
