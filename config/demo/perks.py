"""What tiers open in the demo: a room for Guides, something done by hand, and one tier that nobody is told of."""

from community.members.models import Member
from community.spaces.actions import create_space
from community.spaces.models import Space
from rewards.tiers.actions import invite_to_tier, save_invited_tier, save_perk
from rewards.tiers.models import InvitedTier, Perk, PerkKind, Tier
from rewards.tiers.queries import list_tiers


def add_perks(members: dict[str, Member]) -> None:
    """Open a space with a tier, promise one thing by hand, and invite one member to a tier of its own. Once."""
    if Perk.objects.exists():
        return
    dewi, tiers = members["dewi"], {tier.key: tier for tier in list_tiers()}
    lodge = Space.objects.filter(slug="guides-lodge").first() or create_space(
        actor=dewi,
        name="Guides’ lodge",
        slug="guides-lodge",
        description="Drawings and samples of what comes next, for those who guide others here.",
        access="private",
        is_listed=True,
        icon="star",
    )
    wanted: tuple[tuple[Tier, dict[str, object]], ...] = (
        (tiers["guide"], {"kind": PerkKind.SPACE, "space": lodge}),
        (
            tiers["steward"],
            {
                "kind": PerkKind.REWARD,
                "key": "workshop-visit",
                "words": "A day in the workshop, once a year",
            },
        ),
    )
    for tier, fields in wanted:
        save_perk(actor=dewi, perk=Perk(), changes={"tier": tier, **fields})
    circle = save_invited_tier(
        actor=dewi,
        tier=InvitedTier(),
        changes={"name": "Founding hut", "about": "Those who were here before there was a here."},
    )
    save_perk(
        actor=dewi,
        perk=Perk(),
        changes={"invited": circle, "kind": PerkKind.WORDS, "words": "A chair at the yearly planning table"},
    )
    invite_to_tier(
        actor=dewi,
        tier=circle,
        member=members["tomasz"],
        reason="Answered the first hundred questions, long before there were points.",
    )
