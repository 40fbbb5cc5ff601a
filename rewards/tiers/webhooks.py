"""What tiers tell the brand's systems. Who is invited to one that is not listed stays between them and the team."""

from django.utils.translation import gettext_lazy as _

from community.integrations.webhooks.catalogue import Group, deliver
from community.integrations.webhooks.looks import at_member, for_managers
from rewards.tiers import verbs

deliver(
    verbs.TIER_REACHED,
    Group.RECOGNITION,
    _("A member reaches a tier"),
    ("member_id", "tier", "name", "earned"),
    at_member,
)
deliver(
    verbs.TIER_GRACE,
    Group.RECOGNITION,
    _("A member falls short of their tier, and keeps it for a while"),
    ("member_id", "tier", "name", "until"),
    at_member,
)
deliver(
    verbs.TIER_LEFT,
    Group.RECOGNITION,
    _("A member goes down one tier"),
    ("member_id", "tier", "name", "after"),
    at_member,
)
deliver(
    verbs.TIER_CHANGED, Group.RECOGNITION, _("A tier is added or changed"), ("tier", "fields"), for_managers
)
