"""The manager's way to the levels of attention that a group brings: one row a space or topic."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.members.models import Group
from community.spaces.group_levels import levels_of, set_group_levels
from community.spaces.models import GroupLevel


@admin.register(GroupLevel)
class GroupLevelAdmin(ModelAdmin):
    """What those who come into a group attend to from then on, unless they chose otherwise themselves."""

    list_display = ("group", "space", "tag", "level")
    list_filter = ("group",)
    list_select_related = ("group", "space", "tag")
    autocomplete_fields = ("group",)
    paginator = UncountedPaginator
    show_full_result_count = False
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write all levels of the group anew, with this one, through the action."""
        rows = [row for row in levels_of(obj.group) if row.pk != obj.pk]
        self._write(request, obj.group, [*rows, obj])
        obj.pk = obj.pk or GroupLevel.objects.filter(group=obj.group).values_list("pk", flat=True).last()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Write the others."""
        self._write(request, obj.group, [row for row in levels_of(obj.group) if row.pk != obj.pk])

    def _write(self, request: HttpRequest, group: Group, rows: list[GroupLevel]) -> None:
        spaces = {row.space.slug: row.level for row in rows if row.space is not None}
        tags = {row.tag.slug: row.level for row in rows if row.tag is not None}
        try:
            set_group_levels(actor=actor_of(request), group=group, spaces=spaces, tags=tags)
        except DomainError as error:
            messages.error(request, error.message)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The Activity that the action records is the log."""
