"""The manager's way to badges: define them, give one by hand, take one back with a reason."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community.access import actor_of
from rewards.badges import actions
from rewards.badges.models import Award, Badge
from rewards.points.reasons import ask_reason
from rewards.points.staff import ActionForm, WrittenOnceAdmin


@admin.register(Badge)
class BadgeAdmin(ModelAdmin):
    """Badges are paused, not deleted: who earned one keeps it."""

    list_display = ("name", "metric", "number", "holder_count", "is_active")
    list_filter = ("is_active", "metric")
    search_fields = ("name", "=key")
    ordering = ("position", "key")
    fields = ("key", *actions.BADGE_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Badge, form: Any, change: bool) -> None:
        """Create or change the badge through its action."""
        values = {name: form.cleaned_data[name] for name in actions.BADGE_FIELDS}
        badge = Badge.objects.get(pk=obj.pk) if change else Badge(key=form.cleaned_data["key"])
        obj.pk = actions.save_badge(actor=actor_of(request), badge=badge, changes=values).pk


class AwardForm(ActionForm):
    """Giving a badge by hand."""

    class Meta:
        model = Award
        fields = ("badge", "member", "reason")

    def act(self, typed: dict[str, Any]) -> Award:
        """Give the badge."""
        return actions.give_badge(
            actor=self.actor, badge=typed["badge"], member=typed["member"], reason=typed["reason"]
        )


@admin.register(Award)
class AwardAdmin(WrittenOnceAdmin):
    """Who holds what. Adding one gives a badge by hand; one can be taken back."""

    list_display = ("badge", "member", "awarded_at", "revoked_at", "is_by_hand", "reason")
    list_filter = ("badge", "is_by_hand", ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("=member__handle",)
    list_select_related = ("badge", "member")
    add_form = AwardForm
    add_fields = ("badge", "member", "reason")

    @action(description=_("Take back"), url_path="take-back", icon="undo", permissions=["take_back"])
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and take the badge back."""
        award: Award = self.row_or_refuse(request, object_id)
        return ask_reason(
            request,
            title=_("Take the badge back"),
            subject=f"{award.member.name}: {award.badge.name}",
            back=reverse("admin:badges_award_change", args=[object_id]),
            act=lambda reason: actions.revoke_award(actor=actor_of(request), award=award, reason=reason),
            done=_("The badge was taken back."),
        )
