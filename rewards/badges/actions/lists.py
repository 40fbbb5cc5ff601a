"""A badge for many at once, from a list: looked through first, line by line, and given as often as you like with one result."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from community.errors import DomainError, Invalid
from community.members.models import Member
from rewards.badges import limits
from rewards.badges.actions.by_hand import give_badge
from rewards.badges.models import Award, Badge
from rewards.badges.permissions import can_change_badges, can_give_badges

LONGEST_LIST = 200_000


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line: who is named, whether they get the badge by it, and what there is to say."""

    number: int
    handle: str
    citation: str
    is_good: bool
    words: str


def read_list(text: str) -> list[tuple[int, str, str]]:
    """Return (line, handle, citation) of a list: a handle in each line, and after a comma what everyone reads.

    Raises `Invalid` for an empty list, one that is too long, and what is not a table.
    """
    most = limits.MOST_LINES()
    if len(text) > LONGEST_LIST:
        raise _unusable(_("A list has at most %(n)s lines.") % {"n": most})
    try:
        rows = [(n, row) for n, row in enumerate(csv.reader(io.StringIO(text), strict=True), 1) if any(row)]
    except csv.Error as error:
        raise _unusable(_("This is not a table: a line ends within quotes.")) from error
    if rows and rows[0][1][0].strip().lower() in ("handle", "member"):
        rows = rows[1:]
    if not rows:
        raise _unusable(_("Write a handle in each line."))
    if len(rows) > most:
        raise _unusable(_("A list has at most %(n)s lines.") % {"n": most})
    return [(n, row[0].strip().lstrip("@").lower(), ",".join(row[1:]).strip()) for n, row in rows]


def give_from_list(
    *, actor: Member, badge: Badge, text: str, reason: str, is_dry_run: bool = True
) -> list[ListLine]:
    """Give a badge to everyone a list names, or (`is_dry_run`) only say what each line would do. Whoever holds it is left as
    they are, so the same list changes nothing when it comes again.

    Raises `Refused` or `Invalid`.
    """
    can_change_badges(actor).require()
    rows = read_list(text)
    found = Member.objects.get_queryset().present().filter(handle__in=[handle for _n, handle, _c in rows])
    members = {member.handle: member for member in found}
    held = set(Award.objects.filter(badge=badge, revoked_at=None).values_list("member_id", flat=True))
    lines: list[ListLine] = []
    for number, handle, citation in rows:
        member = members.get(handle)
        words = _refusal(actor, member, held)
        if not words and member is not None:
            held.add(member.pk)
            if not is_dry_run:
                words = _give(actor, badge, member, reason, citation)
        lines.append(ListLine(number, handle, citation[:300], not words, words or _("Gets the badge")))
    return lines


def _refusal(actor: Member, member: Member | None, held: Sequence[int] | set[int]) -> str:
    if member is None:
        return _("Nobody has this handle")
    if member.pk in held:
        return _("Holds it already")
    verdict = can_give_badges(actor, member)
    return "" if verdict else verdict.reason


def _give(actor: Member, badge: Badge, member: Member, reason: str, citation: str) -> str:
    try:
        give_badge(actor=actor, badge=badge, member=member, reason=reason, citation=citation)
    except DomainError as refusal:
        return refusal.message
    return ""


def _unusable(sentence: str) -> Invalid:
    return Invalid("list_unusable", sentence, fields={"list": sentence})
