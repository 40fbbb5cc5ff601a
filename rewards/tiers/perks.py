"""What tiers open, as members read it, and the question other features ask: does this member have that right?"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.members.models import Member
from community.spaces.models import Access, Space
from rewards.points.words import translated
from rewards.tiers.models import Invitation, Perk, PerkKind, Tier


@dataclass(frozen=True, slots=True)
class PerkLine:
    """One thing a tier opens, in words; `href` leads there for who may go."""

    text: str
    href: str


def has_perk(member: Member, key: str) -> bool:
    """Return whether a tier of this member, or one below it, gives the right `key`. For the store and others to ask."""
    rights = Perk.objects.filter(kind=PerkKind.REWARD, key=key)
    if member.tier:
        here = Tier.objects.filter(name=member.tier).values("threshold")[:1]
        reached = Q(tier__threshold__lte=here)
    else:
        reached = Q(tier__threshold=0)
    return rights.filter(reached | Q(invited__in=held_invitations(member).values("tier"))).exists()


def held_invitations(member: Member) -> QuerySet[Invitation]:
    """Return the tiers by invitation that a member is in now."""
    return Invitation.objects.filter(member=member, ended_at=None)


def lines_of_tiers(viewer: Member | None) -> dict[int, list[PerkLine]]:
    """Return what each tier opens, by its id, as a viewer may read it."""
    return _lines(viewer, Perk.objects.exclude(tier=None), "tier_id")


def lines_of_invited(member: Member, tier_ids: list[int]) -> dict[int, list[PerkLine]]:
    """Return what tiers by invitation open, by their ids, to a member who is in them."""
    return _lines(member, Perk.objects.filter(invited__in=tier_ids), "invited_id")


def _lines(viewer: Member | None, perks: QuerySet[Perk], owner: str) -> dict[int, list[PerkLine]]:
    rows = list(perks.select_related("space", "tier", "invited__group"))
    wanted = {perk.space_id for perk in rows if perk.space_id}
    seen = (
        set(Space.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted
        else set()
    )
    lines: dict[int, list[PerkLine]] = defaultdict(list)
    for perk in rows:
        line = _line(perk, seen, is_member=viewer is not None)
        if line is not None:
            lines[getattr(perk, owner)].append(line)
    return lines


def _line(perk: Perk, seen: set[int], *, is_member: bool) -> PerkLine | None:
    """Say what a perk opens; nothing where it is not so, because somebody closed the space to the tier again."""
    space = perk.space
    if space is None:
        return PerkLine(translated(perk.words), "")
    if space.access == Access.PRIVATE and audience_key(perk) not in space.see_for:
        return None
    if perk.kind == PerkKind.EARLY and (perk.opened_at or space.access != Access.PRIVATE):
        return None
    known = space.pk in seen or (is_member and space.is_listed)
    name = space.name if known else _("a space of its own")
    href = space.get_absolute_url() if space.pk in seen else ""
    if perk.kind == PerkKind.EARLY and perk.opens_at:
        day = date_format(perk.opens_at.date())
        return PerkLine(
            _("Opens %(space)s; everyone else follows on %(day)s") % {"space": name, "day": day}, href
        )
    return PerkLine(_("Opens %(space)s") % {"space": name}, href)


def audience_key(perk: Perk) -> str:
    """Return whom the space of a perk is opened to."""
    return perk.invited.audience_key if perk.invited else f"tier:{perk.tier.name if perk.tier else ''}"
