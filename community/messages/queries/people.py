"""Whom one can write to, by name or handle."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import ngettext

from community.errors import Invalid
from community.members.models import Member
from community.members.queries import members_called, resolve_handles
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


def meant_by(handles: Iterable[str], *, field: str = "to") -> list[Member]:
    """Return whom handles mean. Raises `Invalid` naming those that mean nobody."""
    found = find_recipients(",".join(handles))
    if found.unknown:
        sentence = ngettext(
            "Nobody here is called %(names)s.",
            "Nobody here is called any of these: %(names)s.",
            len(found.unknown),
        ) % {"names": ", ".join(found.unknown[:5])}
        raise Invalid("recipient_unknown", sentence, fields={field: sentence})
    return found.members


def suggest_recipients(viewer: Member, words: str) -> list[Member]:
    """Return members whose name or handle begins like `words` and who take messages from `viewer`."""
    words = words.strip().lstrip("@")[:40]
    if len(words) < 2:
        return []
    found = members_called(words, but=(viewer.pk,), most=SUGGESTED * 3)
    doors = doors_of(viewer, found)
    return [member for member in found if member.pk in doors][:SUGGESTED]
