"""The manager's way to link cards: whether there are any, which hosts are asked, and what became of asking."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.writing.card_actions import save_card_rules
from community.writing.card_models import THE_ROW, CardRules, LinkCard, card_rules
from community.writing.permissions import can_change_card_rules


class CardRulesForm(forms.ModelForm):
    """The model's own `clean` answers beside the fields."""


@admin.register(CardRules)
class CardRulesAdmin(ModelAdmin):
    """The rules for link cards, on one page; saved through the action."""

    form = CardRulesForm
    fields = ("is_on", "never_hosts", "only_hosts")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and can_change_card_rules(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Go straight to the one row."""
        return HttpResponseRedirect(reverse("admin:writing_cardrules_change", args=[THE_ROW]))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> CardRules | None:
        """Return the rules, or the defaults while nobody has changed any."""
        return card_rules()

    def save_model(self, request: HttpRequest, obj: CardRules, form: Any, change: bool) -> None:
        """Save through the action."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        save_card_rules(actor=actor_of(request), changes=changes)


@admin.register(LinkCard)
class LinkCardAdmin(ReadOnlyAdmin):
    """Which pages were asked, and what they answered. For managers: links of private spaces are among them."""

    list_display = ("url", "state", "title", "site", "attempts", "error", "fetched_at", "due_at")
    list_filter = ("state",)
    search_fields = ("url", "title")
    ordering = ("-id",)
    actions = ("ask_again",)

    @admin.action(description=_("Ask again now"))
    def ask_again(self, request: HttpRequest, queryset: QuerySet[LinkCard]) -> None:
        """Make the chosen cards due."""
        if can_change_card_rules(actor_of(request)):
            queryset.update(due_at=timezone.now(), attempts=0)
