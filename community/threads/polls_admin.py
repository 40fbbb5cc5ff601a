"""The moderator's way to polls: find them, close them, open them again. Who voted for what stays out of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.threads import actions
from community.threads.admin_parts import do_for_each
from community.threads.models import Poll, PollOption, Post


class OptionInline(TabularInline):
    """The options and their votes."""

    model = PollOption
    extra = 0
    can_delete = False
    fields = readonly_fields = ("text", "vote_count")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Poll)
class PollAdmin(ReadOnlyAdmin):
    """Polls in posts the moderator may read."""

    list_display = ("question", "post", "voter_count", "closes_at", "closed_at", "created_at")
    list_filter = ("results", "shows_voters")
    search_fields = ("question", "=post__id")
    search_help_text = _("Words of the question, or the number of a post.")
    fields = (
        "post",
        "question",
        "least",
        "most",
        "results",
        "shows_voters",
        "closes_at",
        "closed_at",
        "voter_count",
        "created_at",
    )
    inlines = (OptionInline,)
    ordering = ("-id",)
    actions = ("close", "open_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Poll]:
        seen = Post.objects.visible_to(actor_of(request)).values("pk")
        rows: QuerySet[Poll] = super().get_queryset(request)
        return rows.filter(post__in=seen).select_related("post__thread__space")

    @admin.action(description=_("Close"))
    def close(self, request: HttpRequest, queryset: QuerySet[Poll]) -> None:
        """Take no more votes."""
        do_for_each(request, queryset, lambda actor, poll: actions.close_poll(actor=actor, post=poll.post))

    @admin.action(description=_("Open again"))
    def open_again(self, request: HttpRequest, queryset: QuerySet[Poll]) -> None:
        """Take votes again."""
        do_for_each(request, queryset, lambda actor, poll: actions.reopen_poll(actor=actor, post=poll.post))
