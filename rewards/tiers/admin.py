"""The manager's way to tiers: what a change would do to everybody is shown before it is saved."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from rewards.points.staff import ActionForm
from rewards.tiers import actions, admin_perks
from rewards.tiers.models import Tier, TierMove, TierRules
from rewards.tiers.simulating import Simulation, simulate

# What else the admin of tiers holds is registered with it.
__all__ = ["TierAdmin", "TierMoveAdmin", "TierRulesAdmin", "admin_perks"]

SEEN = "seen"


class SimulatedAdmin(ModelAdmin):
    """A form whose saving is asked again with what it would do, and once more when that changed meanwhile."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""

    def proposal(self, row: Any) -> Simulation:
        """Return what a row that is not saved would do."""
        raise TypeError("an admin says what it simulates")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method == "POST":
            asked = self._ask(request, object_id)
            if asked is not None:
                return asked
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _ask(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """Return the page that shows the numbers; None when nobody would move, or these numbers were seen."""
        row = self.get_object(request, object_id) if object_id else self.model()
        allowed = self.has_change_permission(request, row) if object_id else self.has_add_permission(request)
        if row is None or not allowed:
            return None
        fixed = self.get_readonly_fields(request, row)
        names = [name for name in self.get_fields(request, row) if name not in fixed]
        plain = forms.modelform_factory(self.model, fields=names)
        form = plain(request.POST, instance=row)
        if not form.is_valid():
            return None
        found, seen = self.proposal(form.instance), request.POST.get(SEEN, "")
        # Who falls short and is kept all the same does so whatever else is changed.
        if not found.shifts or found.digest in (seen, simulate().digest):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": str(form.instance),
            "found": found,
            "grace": found.falls.partition(":")[2],
            "is_other": bool(seen),
            "typed": [
                (name, value)
                for name, value in request.POST.items()
                if name not in (SEEN, "csrfmiddlewaretoken")
            ],
            "back": request.path,
        }
        return render(request, "admin/tiers/change.html", context, using="django")


class TierForm(ActionForm):
    """A tier to add, or one to change."""

    def act(self, typed: dict[str, Any]) -> Tier:
        """Add or change it."""
        values = {name: typed[name] for name in actions.TIER_FIELDS}
        if self.instance.pk is None:
            return actions.add_tier(actor=self.actor, key=typed["key"], values=values)
        return actions.change_tier(
            actor=self.actor, tier=Tier.objects.get(pk=self.instance.pk), changes=values
        )


@admin.register(Tier)
class TierAdmin(SimulatedAdmin):
    """Names and thresholds. A tier that members have reached is renamed or moved, not deleted."""

    form = TierForm
    list_display = ("name", "threshold", "key", "is_kept")
    ordering = ("threshold",)
    fields = ("key", *actions.TIER_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None and obj.pk is not None else ()

    def proposal(self, row: Any) -> Simulation:
        """Return what the tiers with this one among them would do."""
        return simulate(tiers=[*Tier.objects.exclude(pk=row.pk), row])


class TierRulesForm(ActionForm):
    """How tiers are reached and left."""

    def act(self, typed: dict[str, Any]) -> TierRules:
        """Change the rules."""
        return actions.save_tier_rules(actor=self.actor, changes=typed)


@admin.register(TierRules)
class TierRulesAdmin(SimulatedAdmin):
    """Which points decide, whether tiers can be lost, and after which grace. There is one row."""

    form = TierRulesForm
    fields = ("basis", "months", "may_fall", "grace_days")
    list_display = ("basis", "months", "may_fall", "grace_days", "changed_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not TierRules.objects.exists()

    def proposal(self, row: Any) -> Simulation:
        """Return what these rules would do."""
        return simulate(rules=row)


@admin.register(TierMove)
class TierMoveAdmin(ReadOnlyAdmin):
    """Who moved from which tier to which, when, why and by whom. Written by what happens, never typed."""

    list_display = ("member", "before", "after", "why", "reason", "actor", "at")
    list_filter = ("why",)
    search_fields = ("=member__handle",)
    list_select_related = ("member", "actor")
    ordering = ("-id",)
