"""The manager's way to points: rules, the ledger to read, corrections and taking back with a reason."""

import uuid
from collections.abc import Callable
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
from rewards.points import actions, campaigns_admin, overview_admin, rules_admin
from rewards.points.models import (
    REVIEW_SCOPE,
    Account,
    Entry,
    Hold,
    HoldState,
    Programme,
    Proposal,
    ProposalState,
    Transfer,
)
from rewards.points.reasons import ask_reason
from rewards.points.staff import ActionForm, WrittenOnceAdmin, row_or_refuse

__all__ = ["campaigns_admin", "overview_admin", "rules_admin"]


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


class CorrectionForm(ActionForm):
    """Whose points, how many, and why. The hidden key makes a form that is sent twice count once."""

    earned = forms.IntegerField(label=_("Earned"), initial=0, widget=UnfoldAdminIntegerFieldWidget)
    spendable = forms.IntegerField(label=_("To spend"), initial=0, widget=UnfoldAdminIntegerFieldWidget)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The member reads it in their statement."),
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex, max_length=32)


class AdjustmentForm(CorrectionForm):
    """A correction that one manager makes alone."""

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


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """Points set aside. Nobody sets them aside by hand; a manager may let go of them, with a reason."""

    list_display = ("id", "member", "amount", "captured", "state", "memo", "expires_at")
    list_filter = ("state",)
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)
    actions_detail = ("let_go", "take_away")

    def has_let_go_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever sees a hold that is still open may ask; the action decides."""
        row = self.get_object(request, str(object_id)) if object_id is not None else None
        return self.has_view_permission(request) and (row is None or row.state == HoldState.OPEN)

    @action(description=_("Let go"), url_path="let-go", icon="lock_open", permissions=["let_go"])
    def let_go(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and free the points."""
        hold: Hold = row_or_refuse(self, request, object_id)
        return ask_reason(
            request,
            title=_("Let go of held points"),
            subject=f"{hold.member.name}: {hold.memo} ({hold.amount})",
            back=reverse("admin:points_hold_change", args=[object_id]),
            act=lambda reason: actions.release(actor=actor_of(request), hold=hold, reason=reason),
            done=_("The points are free again."),
        )

    def has_take_away_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Only what the team holds back can be taken, and only while it is."""
        row = self.get_object(request, str(object_id)) if object_id is not None else None
        mine = row is None or row.scope == REVIEW_SCOPE
        return mine and self.has_let_go_permission(request, object_id)

    @action(description=_("Take away"), url_path="take-away", icon="undo", permissions=["take_away"])
    def take_away(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and take the points by one correction."""
        hold: Hold = row_or_refuse(self, request, object_id)
        return ask_reason(
            request,
            title=_("Take held points away"),
            subject=f"{hold.member.name}: {hold.memo} ({hold.amount})",
            back=reverse("admin:points_hold_change", args=[object_id]),
            act=lambda reason: actions.take_held(actor=actor_of(request), hold=hold, reason=reason),
            done=_("The points were taken away."),
        )


@admin.register(Programme)
class ProgrammeAdmin(ModelAdmin):
    """What the points are called and how long those to spend count. A new policy begins when it is saved."""

    list_display = ("name", "expiry", "switched_at")
    fields = ("name", "expiry", "months", "month", "day", "switched_at")
    readonly_fields = ("switched_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Programme, form: Any, change: bool) -> None:
        """Change it through its action."""
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.change_programme(actor=actor_of(request), programme=obj, changes=values)


class ProposalForm(CorrectionForm):
    """The same, of any size: another manager confirms it."""

    class Meta:
        model = Proposal
        fields = ("member",)

    def act(self, typed: dict[str, Any]) -> Proposal:
        """Propose the correction."""
        return actions.propose_adjustment(
            actor=self.actor,
            member=typed["member"],
            earned=typed["earned"],
            spendable=typed["spendable"],
            reason=typed["reason"],
            key=typed["form_key"],
        )


@admin.register(Proposal)
class ProposalAdmin(WrittenOnceAdmin):
    """Corrections that take two: one manager adds one here, another confirms or declines it."""

    list_display = ("id", "member", "earned", "spendable", "state", "proposed_by", "decided_by", "created_at")
    list_filter = ("state",)
    search_fields = ("=member__handle",)
    list_select_related = ("member", "proposed_by", "decided_by")
    add_form = ProposalForm
    add_fields = ("member", "earned", "spendable", "reason", "form_key")
    actions_detail = ("confirm", "decline")

    def has_decide_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever may add one may decide on one that waits; never on their own."""
        row = self.get_object(request, str(object_id)) if object_id is not None else None
        theirs = row is None or (
            row.state == ProposalState.WAITING and row.proposed_by_id != actor_of(request).pk
        )
        return self.has_add_permission(request) and theirs

    @action(description=_("Confirm"), url_path="confirm", icon="check", permissions=["decide"])
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask once more, with a word for the log, and correct the points."""
        proposal: Proposal = row_or_refuse(self, request, object_id)
        return self._ask(
            request,
            proposal,
            _("Confirm the correction"),
            lambda note: actions.confirm_adjustment(actor=actor_of(request), proposal=proposal, note=note),
        )

    @action(description=_("Decline"), url_path="decline", icon="close", permissions=["decide"])
    def decline(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and leave the points as they are."""
        proposal: Proposal = row_or_refuse(self, request, object_id)
        return self._ask(
            request,
            proposal,
            _("Decline the correction"),
            lambda reason: actions.decline_adjustment(
                actor=actor_of(request), proposal=proposal, reason=reason
            ),
        )

    def _ask(
        self, request: HttpRequest, proposal: Proposal, title: Any, act: Callable[[str], object]
    ) -> HttpResponse:
        return ask_reason(
            request,
            title=title,
            subject=f"{proposal.member.name}: {proposal.reason} ({proposal.earned:+d} / {proposal.spendable:+d})",
            back=reverse("admin:points_proposal_change", args=[proposal.pk]),
            act=act,
            done=_("Decided."),
        )
