"""The manager's way to points: rules, the ledger to read, corrections and taking back with a reason."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from rewards.points import actions
from rewards.points.models import Account, EarningRule, Entry, Transfer
from rewards.points.reasons import ask_reason
from rewards.points.staff import ActionForm, WrittenOnceAdmin


class RuleForm(forms.ModelForm):
    """Asks the action's own rules through the model's checks; which happening a rule hears is fixed once it exists."""

    verb = forms.ChoiceField(
        label=_("heard verb"), choices=[(name, name) for name in actions.HEARD], required=False
    )


@admin.register(EarningRule)
class EarningRuleAdmin(ModelAdmin):
    """Rules in force. Saving puts a new version in force; what was paid keeps the version it was paid by."""

    form = RuleForm
    list_display = (
        "name",
        "points",
        "per_day",
        "counts_to_cap",
        "is_active",
        "version",
        "changed_at",
        "changed_by",
    )
    list_filter = ("is_active",)
    list_select_related = ("changed_by",)
    ordering = ("position", "key")
    readonly_fields = ("version", "changed_at", "changed_by")

    def get_queryset(self, request: HttpRequest) -> Any:
        return EarningRule.objects.in_force().order_by(*self.ordering)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        new = ("key", "verb", "beneficiary") if obj is None else ()
        return (*new, *actions.RULE_FIELDS, *(self.readonly_fields if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: EarningRule, form: Any, change: bool) -> None:
        """Put the rule, or a new version of it, in force through its action."""
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if name in actions.RULE_FIELDS}
        if change:
            stored = EarningRule.objects.get(pk=obj.pk)
            obj.pk = actions.change_rule(actor=actor_of(request), rule=stored, changes=values).pk
        else:
            new = {name: form.cleaned_data[name] for name in ("key", "verb", "beneficiary")}
            obj.pk = actions.add_rule(actor=actor_of(request), **new, values=values).pk


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """Balances. They follow from the entries and are never typed."""

    list_display = ("id", "owner", "unit", "kind", "balance", "held")
    list_filter = ("unit", "kind")
    search_fields = ("=owner__handle",)
    list_select_related = ("owner",)
    ordering = ("-balance",)


class EntryInline(TabularInline):
    """The legs of a transfer."""

    model = Entry
    fields = ("account", "amount")
    readonly_fields = ("account", "amount")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AdjustmentForm(ActionForm):
    """A correction: whose points, how many, and why. The hidden key makes a form that is sent twice count once."""

    earned = forms.IntegerField(label=_("Earned"), initial=0, widget=UnfoldAdminIntegerFieldWidget)
    spendable = forms.IntegerField(label=_("To spend"), initial=0, widget=UnfoldAdminIntegerFieldWidget)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The member reads it in their statement."),
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex, max_length=32)

    class Meta:
        model = Transfer
        fields = ("member",)

    def act(self, typed: dict[str, Any]) -> Transfer:
        """Correct the points."""
        return actions.adjust(
            actor=self.actor,
            member=typed["member"],
            earned=typed["earned"],
            spendable=typed["spendable"],
            reason=typed["reason"],
            key=typed["form_key"],
        )


@admin.register(Transfer)
class TransferAdmin(WrittenOnceAdmin):
    """Everything that moved points. Adding one is a correction; one can be taken back once."""

    list_display = ("id", "member", "kind", "earned", "spendable", "memo", "occurred_at")
    list_filter = ("kind", "rule_key")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    inlines = (EntryInline,)
    add_form = AdjustmentForm
    add_fields = ("member", "earned", "spendable", "reason", "form_key")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None else ()

    @action(description=_("Take back"), url_path="take-back", icon="undo", permissions=["take_back"])
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and reverse the transfer."""
        transfer: Transfer = self.row_or_refuse(request, object_id)
        return ask_reason(
            request,
            title=_("Take points back"),
            subject=f"{transfer.member.name}: {transfer.memo} ({transfer.earned:+d} / {transfer.spendable:+d})",
            back=reverse("admin:points_transfer_change", args=[object_id]),
            act=lambda reason: actions.reverse(actor=actor_of(request), transfer=transfer, reason=reason),
            done=_("The points were taken back."),
        )
