"""Staff see what was told, sent and decided. Failed mail can be tried again; nothing else is changed by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.admin import ReadOnlyAdmin
from community.notifications.gate import REASONS
from community.notifications.mail.settling import retry
from community.notifications.models import ContactDecision, Notice, OutboundMail, Reach


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

    list_display = ("id", "member", "kind", "purpose", "answer", "reason", "due_at", "decided_at")
    list_filter = ("answer", "code", "purpose")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-id",)

    @admin.display(description=_("Reason"))
    def reason(self, decision: ContactDecision) -> str:
        """The reason as a sentence."""
        return str(REASONS.get(decision.code, decision.code))


@admin.register(Reach)
class ReachAdmin(ManagersOnly):
    """Pauses members asked for, and addresses that refuse mail."""

    list_display = ("member", "paused_until", "refused_address", "refusals", "changed_at")
    search_fields = ("=member__handle",)
    list_select_related = ("member",)
    ordering = ("-changed_at",)
