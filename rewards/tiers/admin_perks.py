"""The manager's way to what tiers open, and to tiers by invitation."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community.access import actor_of
from rewards.points.reasons import ask_reason
from rewards.points.staff import ActionForm, WrittenOnceAdmin
from rewards.tiers import actions
from rewards.tiers.models import Invitation, InvitedTier, Perk


class ActedAdmin(ModelAdmin):
    """A form whose check is the action."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""


class PerkForm(ActionForm):
    """What a tier opens."""

    def act(self, typed: dict[str, Any]) -> Perk:
        """Add or change it, and open what it opens."""
        perk = Perk() if self.instance.pk is None else Perk.objects.get(pk=self.instance.pk)
        return actions.save_perk(actor=self.actor, perk=perk, changes=typed)


@admin.register(Perk)
class PerkAdmin(ActedAdmin):
    """What tiers open. Each tier has what those below it have; a space closes again when its perk is deleted."""

    form = PerkForm
    list_display = ("kind", "tier", "invited", "space", "opens_at", "key", "words")
    list_filter = ("kind", "tier")
    list_select_related = ("tier", "invited", "space")
    ordering = ("position", "id")
    fields = actions.PERK_FIELDS

    def delete_model(self, request: HttpRequest, obj: Perk) -> None:
        """Take it away through its action."""
        actions.remove_perk(actor=actor_of(request), perk=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Take several away, each through its action."""
        for perk in queryset.order_by("pk"):
            self.delete_model(request, perk)


class InvitedTierForm(ActionForm):
    """A tier by invitation."""

    def act(self, typed: dict[str, Any]) -> InvitedTier:
        """Make or change it."""
        pk = self.instance.pk
        tier = InvitedTier() if pk is None else InvitedTier.objects.get(pk=pk)
        return actions.save_invited_tier(actor=self.actor, tier=tier, changes=typed)


@admin.register(InvitedTier)
class InvitedTierAdmin(ActedAdmin):
    """Tiers that no points lead to. Only who is in one reads of it."""

    form = InvitedTierForm
    list_display = ("name", "about")
    ordering = ("name",)
    fields = actions.INVITED_FIELDS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class InvitationForm(ActionForm):
    """Inviting a member."""

    class Meta:
        model = Invitation
        fields = ("tier", "member", "reason")

    def act(self, typed: dict[str, Any]) -> Invitation:
        """Put the member into the tier."""
        return actions.invite_to_tier(
            actor=self.actor, tier=typed["tier"], member=typed["member"], reason=typed["reason"]
        )


@admin.register(Invitation)
class InvitationAdmin(WrittenOnceAdmin):
    """Who is in a tier by invitation, since when and why. One can be ended with a reason."""

    list_display = ("tier", "member", "reason", "given_by", "given_at", "ended_at")
    list_filter = ("tier", ("ended_at", admin.EmptyFieldListFilter))
    search_fields = ("=member__handle",)
    list_select_related = ("tier", "member", "given_by")
    add_form = InvitationForm
    add_fields = ("tier", "member", "reason")

    @action(description=_("End it"), url_path="take-back", icon="undo", permissions=["take_back"])
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and take the member out of the tier."""
        invitation: Invitation = self.row_or_refuse(request, object_id)
        return ask_reason(
            request,
            title=_("End the invitation"),
            subject=f"{invitation.member.name}: {invitation.tier.name}",
            back=reverse("admin:tiers_invitation_change", args=[object_id]),
            act=lambda reason: actions.end_invitation(
                actor=actor_of(request), invitation=invitation, reason=reason
            ),
            done=_("The invitation has ended."),
        )
