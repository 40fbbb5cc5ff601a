"""The manager's way to leaderboards."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from community.access import actor_of
from rewards.leaderboards import actions
from rewards.leaderboards.models import Board
from rewards.leaderboards.ranking import forget
from rewards.points.staff import ActionForm


class BoardForm(ActionForm):
    """A list to add, or one to change."""

    def act(self, typed: dict[str, Any]) -> Board:
        """Add or change it, and have it counted anew."""
        pk = self.instance.pk
        board = Board(key=typed["key"]) if pk is None else Board.objects.get(pk=pk)
        changes = {name: typed[name] for name in actions.BOARD_FIELDS}
        saved = actions.save_board(actor=self.actor, board=board, changes=changes)
        forget(saved)
        return saved


@admin.register(Board)
class BoardAdmin(ModelAdmin):
    """Lists: what each counts, where, among whom and how far back. One is hidden, not deleted."""

    form = BoardForm
    list_display = ("name", "metric", "period", "space", "group", "newcomer_days", "is_shown")
    list_filter = ("is_shown", "metric")
    list_select_related = ("space", "group")
    ordering = ("position", "key")
    fields = ("key", *actions.BOARD_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""
