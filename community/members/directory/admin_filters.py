"""What the team narrows its list of members to, each by an index."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Group, GroupMembership, Member

MOST_GROUPS = 100


class PausedFilter(SimpleListFilter):
    """Whose account is paused now."""

    title = _("Account paused")
    parameter_name = "paused"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("Now"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(suspended_until__gt=timezone.now()) if self.value() == "now" else queryset


class GroupFilter(SimpleListFilter):
    """Who is in a group."""

    title = _("Group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(group.slug, group.name) for group in Group.objects.all()[:MOST_GROUPS]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:
        if not self.value():
            return queryset
        inside = GroupMembership.objects.filter(group__slug=self.value())
        return queryset.filter(pk__in=inside.values("member"))
