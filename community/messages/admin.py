"""What managers see of conversations: that they exist, who is in them, when and how much was written. Never a word."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.activity.admin import ReadOnlyAdmin
from community.messages.models import Conversation, Participation


class ParticipationInline(TabularInline):
    """Who takes part, since when."""

    model = Participation
    fields = readonly_fields = ("member", "joined_at", "left_at", "is_muted")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participation]:
        rows: QuerySet[Participation] = super().get_queryset(request)
        return rows.select_related("member")


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """The shells of conversations. A reported message is read in the review queue."""

    list_display = ("id", "two", "begun_by", "created_at", "last_position", "last_message_at")
    list_select_related = ("begun_by",)
    search_fields = ("=participations__member__handle",)
    ordering = ("-id",)
    fields = readonly_fields = ("two", "begun_by", "created_at", "last_position", "last_message_at")
    inlines = (ParticipationInline,)

    @admin.display(description=_("Of two people"), boolean=True)
    def two(self, conversation: Conversation) -> bool:
        """Whether it is of two people."""
        return conversation.is_direct
