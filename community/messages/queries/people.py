"""Whom one can write to, by name or handle."""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from community.members.models import Member
from community.members.queries import resolve_handles
from community.messages.limits import MOST_PEOPLE
from community.messages.permissions import doors_of

_BETWEEN = re.compile(r"[\s,;]+")
SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who was meant by what was typed, in its order, and what meant nobody."""

    members: list[Member] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def find_recipients(typed: str) -> Recipients:
    """Return whom handles between commas or blanks mean, each once."""
    wanted = [word.lstrip("@").lower() for word in _BETWEEN.split(typed) if word.strip("@")]
    wanted = list(dict.fromkeys(wanted))[: MOST_PEOPLE * 3]
    known = resolve_handles(set(wanted))
    pks = [known[handle].pk for handle in wanted if handle in known]
    rows = Member.objects.in_bulk(pks)
    return Recipients([rows[pk] for pk in pks], [handle for handle in wanted if handle not in known])


def suggest_recipients(viewer: Member, words: str) -> list[Member]:
    """Return members whose name or handle begins like `words` and who take messages from `viewer`."""
    words = words.strip().lstrip("@")[:40]
    if len(words) < 2:
        return []
    named = Q(handle__istartswith=words) | Q(name__istartswith=words) | Q(name__icontains=f" {words}")
    rows = Member.objects.get_queryset().present().exclude(pk=viewer.pk).filter(named)
    found = list(rows.order_by("-last_seen_at", "pk")[: SUGGESTED * 3])
    doors = doors_of(viewer, found)
    return [member for member in found if member.pk in doors][:SUGGESTED]
