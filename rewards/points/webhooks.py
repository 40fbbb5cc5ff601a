"""What points tell the brand's systems: amounts and rules, never the words of a correction."""

from django.utils.translation import gettext_lazy as _

from community.integrations.webhooks.catalogue import Group, deliver
from community.integrations.webhooks.looks import at_member, for_managers
from rewards.points import verbs

deliver(
    verbs.POINTS_CHANGED,
    Group.RECOGNITION,
    _("A member earns, spends or loses points"),
    ("member_id", "programme", "kind", "rule", "earned", "spendable", "earned_total", "spendable_total"),
    at_member,
)
deliver(
    verbs.POINTS_HELD,
    Group.RECOGNITION,
    _("Points of a member are set aside"),
    ("member_id", "amount", "expires_at"),
    at_member,
)
deliver(
    verbs.HOLD_ENDED,
    Group.RECOGNITION,
    _("Points that were set aside are spent or free again"),
    ("member_id", "how", "amount", "captured"),
    at_member,
)
deliver(
    verbs.POINTS_EXPIRING,
    Group.RECOGNITION,
    _("Points of a member reach their date soon"),
    ("member_id", "amount", "expires_at", "days"),
    at_member,
)
deliver(
    verbs.RULE_CHANGED,
    Group.RECOGNITION,
    _("A rule for earning points changes"),
    ("key", "version"),
    for_managers,
)
deliver(
    verbs.CAMPAIGN_CHANGED,
    Group.RECOGNITION,
    _("A points campaign changes"),
    ("key", "version"),
    for_managers,
)
