"""Staff see what was told, sent and decided. Failed mail can be tried again; nothing else is changed by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.admin import OneRowAdmin, ReadOnlyAdmin
from community.notifications.actions import remove_dead_browsers, save_mail_rules, save_push_rules
from community.notifications.gate import REASONS, reason_of
from community.notifications.mail.settling import retry
from community.notifications.models import (
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


@admin.register(MailRules)
class MailRulesAdmin(OneRowAdmin):
    """The numbers behind e-mail."""

    fieldsets = (
        (_("Single e-mails"), {"fields": ("wait_minutes", "reply_days")}),
        (_("Digest"), {"fields": ("digest_rhythm", "digest_items", "digest_days")}),
        (
            _("Mail that comes back"),
            {"fields": ("soft_score", "hard_score", "score_off", "score_limit", "score_days")},
        ),
    )

    def may_change(self, actor: Any) -> bool:
        """Whether a member may change the e-mail rules."""
        return bool(can_change_mail_rules(actor))

    def save_changes(self, actor: Any, changes: dict[str, Any], form: Any) -> None:
        """Change the e-mail rules."""
        save_mail_rules(actor=actor, changes=changes)


@admin.register(PushRules)
class PushRulesAdmin(OneRowAdmin):
    """The numbers behind notices to browsers."""

    fieldsets = (
        (_("When"), {"fields": ("wait_seconds", "hours_kept")}),
        (
            _("How many"),
            {"fields": ("service_per_day", "community_per_day", "marketing_per_week", "most_at_once")},
        ),
        (_("Browsers"), {"fields": ("most_browsers", "most_failures")}),
    )

    def may_change(self, actor: Any) -> bool:
        """Whether a member may change the rules for notices to browsers."""
        return bool(can_change_push_rules(actor))

    def save_changes(self, actor: Any, changes: dict[str, Any], form: Any) -> None:
        """Change the rules for notices to browsers."""
        save_push_rules(actor=actor, changes=changes)
