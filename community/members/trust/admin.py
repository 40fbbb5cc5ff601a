"""The manager's way to trust: grant a level, lock one, and see who was vouched for."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.members.models import TrustRecord
from community.members.trust.actions import set_trust
from community.members.trust.permissions import can_set_trust


class TrustForm(forms.ModelForm):
    """A level needs a reason: the member reads it."""

    class Meta:
        model = TrustRecord
        fields = ("member", "floor", "is_locked", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            self.fields["reason"].required = True


@admin.register(TrustRecord)
class TrustRecordAdmin(ModelAdmin):
    """Levels that somebody or a sign-on decided, and regulars in their grace. Everyone else's follow from what they do."""

    form = TrustForm
    list_display = (
        "member",
        "level_now",
        "floor",
        "is_locked",
        "customer_source",
        "below_since",
        "set_by",
        "set_at",
    )
    list_filter = ("is_locked",)
    list_select_related = ("member", "set_by")
    search_fields = ("member__name", "=member__handle")
    autocomplete_fields = ("member",)
    fields = (
        "member",
        "floor",
        "is_locked",
        "reason",
        "customer_source",
        "customer_since",
        "below_since",
        "set_by",
        "set_at",
    )
    readonly_fields = ("customer_source", "customer_since", "below_since", "set_by", "set_at")
    ordering = ("-set_at", "-member_id")
    paginator = UncountedPaginator
    show_full_result_count = False
    actions = None

    @admin.display(description=_("now"))
    def level_now(self, row: TrustRecord) -> int:
        """The level the member has."""
        return row.member.trust_level

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose it is stays."""
        return self.readonly_fields if obj is None else (*self.readonly_fields, "member")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or bool(can_set_trust(actor_of(request), obj.member)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Decide through the action. A refusal is shown, and nothing changes."""
        given = form.cleaned_data
        try:
            row = set_trust(
                actor=actor_of(request),
                member=obj.member,
                level=given["floor"],
                locked=given["is_locked"],
                reason=given["reason"],
            )
            obj.pk = row.pk
        except DomainError as error:
            messages.error(request, " ".join(error.fields.values()) or error.message)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""
