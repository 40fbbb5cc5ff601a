"""Groups that follow from facts: a confirmed address at a domain, or what a signed sign-on says.

What a rule gave it takes again; nobody who came by another way is put out.
"""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db import transaction

from community.members.groups.actions.joining import put_in, take_out
from community.members.groups.permissions import can_manage_groups
from community.members.groups.queries import domains_of
from community.members.models import Group, GroupMembership, Member, Source

MOST_CLAIMS = 200


@transaction.atomic
def sync_groups_from_claims(
    *, actor: Member | None, member: Member, claims: Collection[str]
) -> tuple[int, int]:
    """Put `member` into exactly those groups by sign-on whose claim is among `claims`; a signed sign-on calls it.

    Returns how many they came into and left. `actor` is None for the sign-on; a person must manage groups.
    """
    if actor is not None:
        can_manage_groups(actor).require()
    said = {claim.strip() for claim in list(claims)[:MOST_CLAIMS] if isinstance(claim, str) and claim.strip()}
    wanted = Group.objects.exclude(claim="").filter(claim__in=said)
    return _follow(member, list(wanted.order_by("pk")), Source.CLAIM)


@transaction.atomic
def settle_domains(*, member: Member) -> tuple[int, int]:
    """Put `member` into the groups of the domains at which they have confirmed an address, and out of the others."""
    domains = domains_of(member)
    wanted = Group.objects.filter(email_domains__overlap=sorted(domains)) if domains else Group.objects.none()
    return _follow(member, list(wanted.order_by("pk")), Source.DOMAIN)


def _follow(member: Member, wanted: list[Group], source: str) -> tuple[int, int]:
    came = sum(put_in(None, group, member, source) for group in wanted)
    left = 0
    places = GroupMembership.objects.filter(member=member, source=source).exclude(group__in=wanted)
    for place in places.select_related("group").order_by("group_id"):
        left += take_out(None, place.group, member)
    return came, left


def settle_group_domains(*, group: Group) -> int:
    """Bring a group whose domains changed up to date with everyone's confirmed addresses. Returns how many moved."""
    inside = GroupMembership.objects.filter(group=group)
    fitting = _at(group.email_domains)
    by_rule = set(inside.filter(source=Source.DOMAIN).values_list("member_id", flat=True))
    moved = fitting - set(inside.values_list("member_id", flat=True)) | by_rule - fitting
    for member in Member.objects.filter(pk__in=moved, is_active=True).order_by("pk").iterator(chunk_size=500):
        settle_domains(member=member)
    return len(moved)


def _at(domains: Collection[str]) -> set[int]:
    """Return who has a confirmed address at exactly one of these domains."""
    found: set[int] = set()
    for domain in domains:
        rows = EmailAddress.objects.filter(verified=True, email__iendswith=f"@{domain}")
        found |= set(rows.values_list("user_id", flat=True))
    return found
