"""The manager's way to thanks: all of them with filters, shout-outs, and what thanks are for."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from rewards.points.reasons import ask_reason
from rewards.points.staff import ActionForm, row_or_refuse
from rewards.praise import actions
from rewards.praise.models import Praise, PraiseKind, ShoutOut


class KindForm(ActionForm):
    """A reason for thanks to add, or one to change."""

    def act(self, typed: dict[str, Any]) -> PraiseKind:
        """Add or change it."""
        pk = self.instance.pk
        kind = PraiseKind(key=typed["key"]) if pk is None else PraiseKind.objects.get(pk=pk)
        changes = {name: typed[name] for name in actions.KIND_FIELDS}
        return actions.save_kind(actor=self.actor, kind=kind, changes=changes)


@admin.register(PraiseKind)
class PraiseKindAdmin(ModelAdmin):
    """What thanks can be for. One is put away, not deleted: thanks that were given keep it."""

    form = KindForm
    list_display = ("name", "is_active", "position")
    list_filter = ("is_active",)
    ordering = ("position", "key")
    fields = ("key", *actions.KIND_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""


@admin.register(Praise)
class PraiseAdmin(ReadOnlyAdmin):
    """Who thanked whom. Thanks are removed with a reason here, and shown again on their own page; nobody changes somebody's words."""

    list_display = ("given_at", "giver", "receiver", "kind", "words", "state")
    list_filter = ("state", "kind", "given_at")
    search_fields = ("=giver__handle", "=receiver__handle", "words")
    list_select_related = ("giver", "receiver", "kind")
    ordering = ("-given_at", "-id")
    actions_detail = ("remove",)

    def has_judge_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Those who keep order everywhere; the action asks the rest."""
        return bool(actor_of(request).is_at_least("moderator"))

    @action(description=_("Remove"), url_path="remove", icon="visibility_off", permissions=["judge"])
    def remove(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and take the thanks off every page."""
        praise: Praise = row_or_refuse(self, request, object_id)
        return ask_reason(
            request,
            title=_("Remove thanks"),
            subject=praise.words,
            back=self._page(object_id),
            act=lambda reason: actions.remove_thanks(actor=actor_of(request), praise=praise, reason=reason),
            done=_("Removed. Whoever gave them is told why."),
        )

    def _page(self, object_id: str) -> str:
        return reverse("admin:praise_praise_change", args=[object_id])


@admin.register(ShoutOut)
class ShoutOutAdmin(ReadOnlyAdmin):
    """Whom the team thanked. They are made and pinned on the site itself, where everybody reads them."""

    list_display = ("made_at", "by", "words", "state", "pinned_until")
    list_filter = ("state", ("pinned_until", admin.EmptyFieldListFilter), "made_at")
    search_fields = ("words", "=named__member__handle")
    list_select_related = ("by",)
    ordering = ("-made_at", "-id")
