"""What was split and merged, and timers, for the team; and what several threads can be told at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.digits import number_in
from community.spaces.models import Space
from community.threads import actions
from community.threads.admin_parts import Do, do_for_each
from community.threads.models import Post, Regrouping, State, Thread, ThreadTimer


class BulkForm(ActionForm):
    """What some of the actions on several threads need besides."""

    space = forms.ModelChoiceField(
        queryset=Space.objects.none(), required=False, label=_("Space"), widget=UnfoldAdminSelectWidget
    )
    tag = forms.CharField(required=False, max_length=40, label=_("Topic"), widget=UnfoldAdminTextInputWidget)
    reason = forms.CharField(
        required=False, max_length=300, label=_("Reason"), widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The actions ask who may move where; names of private spaces are shown to nobody who cannot enter.
        self.fields["space"].queryset = Space.objects.exclude(access="private")  # type: ignore[attr-defined]


class BulkActions:
    """Actions on several threads, each thread through its action, so that a refusal of one leaves the others done."""

    @admin.action(description=_("Take out of the lists"))
    def unlist(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Unlist the chosen threads."""
        do_for_each(request, queryset, _each(actions.unlist_thread))

    @admin.action(description=_("Put into the lists again"))
    def list_again(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """List the chosen threads again."""
        do_for_each(request, queryset, _each(actions.list_thread))

    @admin.action(description=_("Archive"))
    def archive(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Archive the chosen threads."""
        do_for_each(request, queryset, _each(actions.archive_thread))

    @admin.action(description=_("Take back into use"))
    def unarchive(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Take the chosen threads back into use."""
        do_for_each(request, queryset, _each(actions.unarchive_thread))

    @admin.action(description=_("Move to the space beside"))
    def move(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Move the chosen threads to the space chosen beside the action."""
        wanted = number_in(request.POST.get("space")) or 0
        space = Space.objects.visible_to(actor_of(request)).filter(pk=wanted)
        found = space.first()
        if found is None:
            messages.error(request, _("Choose a space beside the action."))
            return
        do_for_each(
            request,
            queryset,
            lambda actor, thread: actions.move_thread(actor=actor, thread=thread, space=found),
        )

    @admin.action(description=_("Add the topic beside"))
    def add_tag(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Give the chosen threads the topic typed beside the action, after those they carry."""
        tag = request.POST.get("tag", "").strip()
        if not tag:
            messages.error(request, _("Write a topic beside the action."))
            return
        do_for_each(
            request,
            queryset,
            lambda actor, thread: actions.rename_thread(actor=actor, thread=thread, tags=[*thread.tags, tag]),
        )

    @admin.action(description=_("Remove, with the reason beside"))
    def remove(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Take the chosen threads off by their first posts; their authors are told why."""
        reason = request.POST.get("reason", "").strip() or gettext("It does not fit the guidelines.")
        do_for_each(request, queryset, judge_threads(State.REMOVED, reason))


def _each(act: Any) -> Do:
    return lambda actor, thread: act(actor=actor, thread=thread)


def judge_threads(state: State, reason: str) -> Do:
    """Return what takes a thread off, or puts it back, by its first post."""
    return lambda actor, thread: actions.judge_post(
        actor=actor,
        post=Post.objects.select_related("thread__space").get(thread=thread, position=1),
        state=state,
        reason=reason,
    )


@admin.register(Regrouping)
class RegroupingAdmin(ReadOnlyAdmin):
    """What was split off and merged, newest first; it is taken back here or on the page of the thread."""

    list_display = ("source", "kind", "target", "actor", "reason", "created_at", "undone_at")
    list_filter = ("kind",)
    list_select_related = ("source", "target", "actor")
    fields = readonly_fields = (*list_display, "places")
    ordering = ("-id",)
    actions = ("take_back",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regrouping]:
        spaces = Space.objects.visible_to(actor_of(request))
        rows: QuerySet[Regrouping] = super().get_queryset(request)
        return rows.filter(source__space__in=spaces, target__space__in=spaces)

    @admin.action(description=_("Take back"), permissions=["view"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Regrouping]) -> None:
        """Let the posts return to where they were."""
        do_for_each(request, queryset, lambda actor, entry: actions.undo_regrouping(actor=actor, entry=entry))


@admin.register(ThreadTimer)
class ThreadTimerAdmin(ReadOnlyAdmin):
    """What will happen to threads by itself, the next first; reminders are their members' own business."""

    list_display = ("thread", "kind", "due_at", "idle_days", "space", "set_by")
    list_filter = ("kind",)
    list_select_related = ("thread", "space", "set_by")
    ordering = ("due_at", "id")
    actions = ("cancel",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ThreadTimer]:
        seen = Thread.objects.visible_to(actor_of(request)).values("pk")
        rows: QuerySet[ThreadTimer] = super().get_queryset(request)
        return rows.filter(thread__in=seen).exclude(kind="remind")

    @admin.action(description=_("Cancel"), permissions=["view"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[ThreadTimer]) -> None:
        """Let them not happen."""
        do_for_each(
            request,
            queryset,
            lambda actor, timer: actions.cancel_timer(actor=actor, thread=timer.thread, kind=timer.kind),
        )
