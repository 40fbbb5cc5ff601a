"""Staff see what was told, sent and decided. Failed mail can be tried again; nothing else is changed by hand."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from community.members.models import Member
from community.notifications.actions import remove_dead_browsers, save_mail_rules, save_push_rules
from community.notifications.gate import REASONS, reason_of
from community.notifications.mail.settling import retry
from community.notifications.models import (
    THE_ROW,
    ContactDecision,
    Digest,
    InboundMail,
    MailRules,
    MailState,
    Notice,
    OutboundMail,
    OutboundPush,
    PushRules,
    PushSubscription,
    Reach,
)
from community.notifications.permissions import can_change_mail_rules, can_change_push_rules
from community.notifications.queries.browsers import service_of
from community.notifications.queries.rules import current_push_rules, current_rules
from community.verdict import Verdict


class ManagersOnly(ReadOnlyAdmin):
    """What members are told is theirs: only those who run the community look into it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and request.user.is_at_least("manager"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)


@admin.register(Notice)
class NoticeAdmin(ManagersOnly):
    """What members were told. Words are not kept, so none are shown."""

    list_display = (
        "id",
        "member",
        "kind",
        "subject_type",
        "subject_pk",
        "event_count",
        "updated_at",
        "read_at",
    )
    list_filter = ("kind", ("read_at", admin.EmptyFieldListFilter))
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)


@admin.register(OutboundMail)
class OutboundMailAdmin(ManagersOnly):
    """E-mails and where they are."""

    list_display = ("id", "member", "kind", "state", "attempts", "due_at", "sent_at", "error")
    list_filter = ("state", "kind", "purpose")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)
    # What a letter says may be private to the one it was written to.
    exclude = ("html", "text", "stop_url")
    actions = ("try_again",)

    @admin.action(description=_("Try again now"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutboundMail]) -> None:
        """Make failed and waiting mail due at once; the contact gate is asked again."""
        count = retry(list(queryset.values_list("pk", flat=True)))
        messages.success(
            request, ngettext("%(n)s e-mail is due now.", "%(n)s e-mails are due now.", count) % {"n": count}
        )


@admin.register(ContactDecision)
class ContactDecisionAdmin(ManagersOnly):
    """Every answer of the contact gate, with its reason."""

    list_display = ("id", "member", "kind", "channel", "purpose", "answer", "reason", "due_at", "decided_at")
    list_filter = ("channel", "answer", "code", "purpose")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)

    @admin.display(description=_("Reason"))
    def reason(self, decision: ContactDecision) -> str:
        """The reason as a sentence."""
        return reason_of(decision.channel, decision.code)


@admin.register(Reach)
class ReachAdmin(ManagersOnly):
    """Pauses members asked for, and addresses that refuse mail."""

    list_display = (
        "member",
        "paused_until",
        "refused_address",
        "bounce_score",
        "stopped_for",
        "stopped_at",
        "detail",
    )
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-changed_at",)


@admin.register(Digest)
class DigestAdmin(ManagersOnly):
    """Every digest that was due: what was sent, and why the others were not."""

    list_display = ("id", "member", "window", "rhythm", "became", "entries", "planned_at")
    list_filter = ("rhythm", "code", "mail__state")
    search_fields = ("=member__handle",)
    list_select_related = ("member", "mail")
    ordering = ("-id",)

    @admin.display(description=_("What became of it"))
    def became(self, digest: Digest) -> str:
        """The state of its e-mail, or the reason why there was none."""
        if digest.code:
            return str(REASONS.get(digest.code, digest.code))
        mail = getattr(digest, "mail", None)
        return str(MailState(mail.state).label) if mail is not None else ""

    @admin.display(description=_("Entries"))
    def entries(self, digest: Digest) -> int:
        """How many things were in it. What they were is the reader's."""
        return len(digest.shown)


@admin.register(InboundMail)
class InboundMailAdmin(ManagersOnly):
    """What came in by e-mail, and what became of it."""

    list_display = ("id", "kind", "member", "state", "reason", "source", "received_at")
    list_filter = ("kind", "state", "source")
    search_fields = ("=member__handle", "=message_id")
    list_select_related = ("member",)
    ordering = ("-id",)
    exclude = ("raw",)


@admin.register(PushSubscription)
class PushSubscriptionAdmin(ManagersOnly):
    """Browsers that are told. Addresses and keys are the browsers'; those that were given up can be removed."""

    list_display = (
        "id",
        "member",
        "label",
        "service",
        "created_at",
        "last_success_at",
        "failures",
        "retired_at",
        "detail",
    )
    list_filter = (("retired_at", admin.EmptyFieldListFilter),)
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)
    exclude = ("endpoint", "p256dh", "auth", "session_key")
    actions = ("remove_dead",)

    @admin.display(description=_("Push service"))
    def service(self, browser: PushSubscription) -> str:
        """Whose service it is reached by."""
        return service_of(browser.endpoint)

    @admin.action(description=_("Remove those that were given up"), permissions=["view"])
    def remove_dead(self, request: HttpRequest, queryset: QuerySet[PushSubscription]) -> None:
        """Remove what nobody reaches any more. Browsers that still work stay."""
        pks = list(queryset.values_list("pk", flat=True))
        count = remove_dead_browsers(actor=request.user, pks=pks)  # type: ignore[arg-type]
        said = ngettext("%(n)s browser is removed.", "%(n)s browsers are removed.", count)
        messages.success(request, said % {"n": count})


@admin.register(OutboundPush)
class OutboundPushAdmin(ManagersOnly):
    """Notices to browsers and where they are. What they say is not kept."""

    list_display = ("id", "member", "kind", "state", "browsers", "attempts", "due_at", "sent_at", "error")
    list_filter = ("state", "kind", "purpose")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)


class RulesAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Numbers on one page, saved through an action."""

    may_change: ClassVar[Callable[[Member], Verdict]]
    save_rules: ClassVar[Callable[..., Any]]
    read_rules: ClassVar[Callable[[], Any]]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and bool(type(self).may_change(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Go straight to the one row."""
        page = f"admin:notifications_{self.model._meta.model_name}_change"
        return HttpResponseRedirect(reverse(page, args=[THE_ROW]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the rules, or the defaults while nobody has changed any."""
        return type(self).read_rules()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the action. A refusal is shown, and nothing changes."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            type(self).save_rules(actor=request.user, changes=changes)
        except DomainError as error:
            self.message_user(request, " ".join(error.fields.values()) or error.message, level="error")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""


@admin.register(MailRules)
class MailRulesAdmin(RulesAdmin):
    """The numbers behind e-mail."""

    may_change = can_change_mail_rules
    save_rules = save_mail_rules
    read_rules = current_rules
    fieldsets = (
        (_("Single e-mails"), {"fields": ("wait_minutes", "reply_days")}),
        (_("Digest"), {"fields": ("digest_rhythm", "digest_items", "digest_days")}),
        (
            _("Mail that comes back"),
            {"fields": ("soft_score", "hard_score", "score_off", "score_limit", "score_days")},
        ),
    )


@admin.register(PushRules)
class PushRulesAdmin(RulesAdmin):
    """The numbers behind notices to browsers."""

    may_change = can_change_push_rules
    save_rules = save_push_rules
    read_rules = current_push_rules
    fieldsets = (
        (_("When"), {"fields": ("wait_seconds", "hours_kept")}),
        (
            _("How many"),
            {"fields": ("service_per_day", "community_per_day", "marketing_per_week", "most_at_once")},
        ),
        (_("Browsers"), {"fields": ("most_browsers", "most_failures")}),
    )
