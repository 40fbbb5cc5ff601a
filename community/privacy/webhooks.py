"""What the brand's systems hear so that they can do as we do: a member was erased, or two accounts became one."""

from django.utils.translation import gettext_lazy as _

from community.integrations.webhooks.catalogue import Group, deliver
from community.integrations.webhooks.looks import gone
from community.privacy.verbs import MEMBER_ERASED, MEMBERS_MERGED

# Ids alone: whoever keeps a copy finds it by them, and nobody learns anything else.
deliver(
    MEMBER_ERASED,
    Group.MEMBERS,
    _("A member is erased: forget what you hold about them"),
    ("member_id", "deletes_posts"),
    gone,
    says_actor=False,
)
deliver(
    MEMBERS_MERGED,
    Group.MEMBERS,
    _("Two accounts become one"),
    ("from_id", "into_id"),
    gone,
    says_actor=False,
)
