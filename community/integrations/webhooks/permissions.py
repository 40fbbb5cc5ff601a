"""Who may let the brand's systems listen."""

from django.utils.translation import gettext as _

from community.integrations.webhooks.models import WebhookEndpoint
from community.members.models import Member
from community.members.permissions import can_take_part
from community.verdict import YES, Verdict, no


def can_add_endpoint(actor: Member) -> Verdict:
    """Whether `actor` may add endpoints: managers, for what they may read themselves."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers add webhooks."))


def can_change_endpoint(actor: Member, endpoint: WebhookEndpoint) -> Verdict:
    """Whether `actor` may change, test and remove an endpoint: its owner and administrators."""
    verdict = can_add_endpoint(actor)
    if not verdict:
        return verdict
    if actor.pk == endpoint.owner_id or actor.is_at_least("admin"):
        return YES
    return no("not_yours", _("Only its owner or an administrator can change this endpoint."))
