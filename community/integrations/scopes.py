"""What a key may carry, and the permission every API view is held to."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from community.errors import Refused
from community.integrations.models import ApiKey

if TYPE_CHECKING:
    from rest_framework.views import APIView

SCOPES = {
    "me:read": _("Read the account the key belongs to"),
    "me:write": _("Follow, bookmark and mark as read for that account, change its profile and settings"),
    "members:read": _("Read profiles"),
    "members:write": _("Follow members"),
    "members:trust": _("Read and decide levels of trust"),
    "fields:write": _("Say what profiles ask, and fill it in for others"),
    "invitations:read": _("Read everybody’s invitations, where the account may"),
    "invitations:write": _("Invite people and take invitations back"),
    "groups:read": _("Read groups, who is in them and who asked"),
    "groups:write": _("Create and change groups, and choose who is in them"),
    "spaces:read": _("Read spaces and tags"),
    "spaces:write": _("Create, change and archive spaces, and choose who is in them"),
    "threads:read": _("Read threads and posts"),
    "threads:write": _("Begin threads, rename and close them, accept answers"),
    "posts:write": _("Reply, edit and delete posts"),
    "reactions:write": _("React to posts"),
    "drafts:read": _("Read drafts"),
    "drafts:write": _("Keep and discard drafts, and preview texts"),
    "uploads:write": _("Add pictures"),
    "messages:read": _("Read the conversations of that account"),
    "messages:write": _("Write, edit and delete messages of that account"),
    "points:read": _("Read points and rules"),
    "points:examine": _("Ask what an event would earn a member"),
    "badges:read": _("Read badges, quests and leaderboards"),
    "thanks:read": _("Read thanks and shout-outs"),
    "thanks:write": _("Thank others and take it back"),
    "events:read": _("Read the events of the brand’s systems, their types, and customer numbers"),
    "events:write": _("Send events of the brand’s systems, declare their types, link customer numbers"),
    "notices:read": _("Read notifications, and what the account wants to hear"),
    "notices:write": _("Mark notifications as read, and choose what the account hears"),
    "search:read": _("Search"),
    "reports:write": _("Report posts and messages to the team"),
    "numbers:read": _("Read the numbers of the community"),
    "numbers:write": _("Change the numbers of the community"),
    "doors:read": _("Read who may join and how people sign in"),
    "doors:write": _("Change who may join and how people sign in"),
    "accounts:write": _("Erase members, and make two accounts one"),
    "webhooks:manage": _("Add, change, test and remove webhook endpoints, and send events again"),
    "moderation:read": _("Read reports and cases"),
    "moderation:write": _("Decide cases"),
}
# What no one may open for somebody else: see `can_grant`.
PRIVATE = ("messages:read", "messages:write", "drafts:read")
EVERYTHING = tuple(name for name in SCOPES if name not in PRIVATE)
_MEMBERS = tuple(
    n
    for n in EVERYTHING
    if not n.startswith(
        ("moderation", "numbers", "fields", "doors", "accounts", "points:examine", "webhooks", "events")
    )
)
READING = tuple(n for n in _MEMBERS if n.endswith(":read"))
WRITING = (*READING, *(n for n in _MEMBERS if n.endswith(":write")))


class HasScope(BasePermission):
    """Refuses whatever a view does not declare: see `community.rest.views.ApiView`."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether this caller may use this method. Guests where open, members by role, keys by scope."""
        method = "GET" if request.method == "HEAD" else str(request.method)
        scope = getattr(view, "scopes", {}).get(method)
        if not hasattr(view, method.lower()):
            return True
        if scope is None and method not in getattr(view, "guests", ()):
            return False
        if request.user is None:
            return method in getattr(view, "guests", ())
        return self._may(request, scope, getattr(view, "least", {}).get(method, "member"))

    def _may(self, request: Request, scope: str | None, least: str) -> bool:
        key: Any = request.auth
        if isinstance(key, ApiKey) and scope is not None and scope not in key.scopes:
            raise Refused("scope_missing", f"This key does not carry the scope {scope}.")
        member: Any = request.user
        if least != "member" and member.is_staff and member.lacks_second_factor:
            raise Refused("second_factor_required", gettext("Set up a second step for this account first."))
        return bool(member.is_at_least(least))
