"""What badges tell the brand's systems. Why the team took one back stays inside."""

from django.utils.translation import gettext_lazy as _

from community.integrations.webhooks.catalogue import Group, deliver
from community.integrations.webhooks.looks import at_member, for_managers
from rewards.badges import verbs

deliver(
    verbs.BADGE_AWARDED,
    Group.RECOGNITION,
    _("A member gets a badge"),
    ("badge", "name", "member_id", "value", "again"),
    at_member,
)
deliver(
    verbs.BADGE_REVOKED,
    Group.RECOGNITION,
    _("A badge is taken back from a member"),
    ("badge", "name", "member_id"),
    at_member,
)
deliver(
    verbs.BADGE_CHANGED, Group.RECOGNITION, _("A badge is made or changed"), ("badge", "fields"), for_managers
)
