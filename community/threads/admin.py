"""The moderator's way to threads and posts: find, close, pin, move, correct, hide, remove and show again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.activity.paging import UncountedPaginator
from community.digits import number_in
from community.errors import Invalid
from community.spaces.models import Space
from community.threads import actions, composing, order_admin, polls_admin, rules_admin
from community.threads.admin_parts import Do, do_for_each
from community.threads.models import Post, PostRevision, State, Thread
from community.threads.order_admin import BulkActions, BulkForm

__all__ = ["order_admin", "polls_admin", "rules_admin"]


class SpaceFilter(admin.SimpleListFilter):
    """By the spaces the moderator may enter."""

    title = _("space")
    parameter_name = "space"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        spaces = Space.objects.visible_to(actor_of(request))
        return [(str(pk), name) for pk, name in spaces.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = number_in(self.value())
        return queryset if wanted is None else queryset.filter(space_id=wanted)


class LargeAdmin(ModelAdmin):
    """Rows that come from members and never by hand; lists that stay quick in a large community."""

    paginator = UncountedPaginator
    show_full_result_count = False
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ThreadForm(forms.ModelForm):
    """Title, tags and space; the actions' own rules answer beside the fields."""

    def clean_title(self) -> str:
        """Ask the rule of titles."""
        return str(_ask(composing.check_title, self.cleaned_data["title"]))

    def clean_tags(self) -> list[str]:
        """Ask the rule of tags."""
        return list(_ask(composing.check_tags, self.cleaned_data["tags"]))


def _ask(rule: Callable[[Any], Any], value: Any) -> Any:
    try:
        return rule(value)
    except Invalid as refusal:
        raise forms.ValidationError(refusal.message, code=refusal.code) from refusal


@admin.register(Thread)
class ThreadAdmin(BulkActions, LargeAdmin):
    """Threads the moderator may read, whatever their state."""

    form = ThreadForm
    list_display = ("title", "space", "author", "kind", "state", "is_locked", "reply_count", "last_post_at")
    list_filter = ("state", "kind", "is_locked", SpaceFilter)
    list_select_related = ("space", "author")
    search_fields = ("title",)
    search_help_text = _("Words of the title, or a number.")
    autocomplete_fields = ("space",)
    fields = (
        "title",
        "tags",
        "space",
        "author",
        "kind",
        "state",
        "is_locked",
        "pinned_at",
        "created_at",
        "view_count",
    )
    readonly_fields = ("author", "kind", "state", "is_locked", "pinned_at", "created_at", "view_count")
    action_form = BulkForm
    actions = (
        "close",
        "open_again",
        "pin",
        "unpin",
        "unlist",
        "list_again",
        "archive",
        "unarchive",
        "move",
        "add_tag",
        "hide",
        "remove",
        "show_again",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        return Thread.objects.visible_to(actor_of(request)).order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search by the index over the words of titles; a number finds its thread."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if term.isdecimal() and len(term) < 19:
            return queryset.filter(pk=int(term)), False
        words = SearchVector("title", config="simple")
        return queryset.annotate(words=words).filter(words=SearchQuery(term, config="simple")), False

    def save_model(self, request: HttpRequest, obj: Thread, form: Any, change: bool) -> None:
        """Rename, tag and move through the actions."""
        actor = actor_of(request)
        stored = Thread.objects.select_related("space").get(pk=obj.pk)
        if {"title", "tags"} & set(form.changed_data):
            title, tags = form.cleaned_data["title"], form.cleaned_data["tags"]
            actions.rename_thread(actor=actor, thread=stored, title=title, tags=tags)
        if "space" in form.changed_data:
            actions.move_thread(actor=actor, thread=stored, space=form.cleaned_data["space"])

    @admin.action(description=_("Close to replies"))
    def close(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Close the chosen threads."""
        do_for_each(request, queryset, lambda actor, thread: actions.lock_thread(actor=actor, thread=thread))

    @admin.action(description=_("Open to replies"))
    def open_again(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Open the chosen threads."""
        do_for_each(
            request, queryset, lambda actor, thread: actions.unlock_thread(actor=actor, thread=thread)
        )

    @admin.action(description=_("Pin to the top of the space"))
    def pin(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Pin the chosen threads."""
        do_for_each(request, queryset, lambda actor, thread: actions.pin_thread(actor=actor, thread=thread))

    @admin.action(description=_("Unpin"))
    def unpin(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Unpin the chosen threads."""
        do_for_each(request, queryset, lambda actor, thread: actions.unpin_thread(actor=actor, thread=thread))

    @admin.action(description=_("Hide until decided"))
    def hide(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Hide the chosen threads by their first posts."""
        do_for_each(request, queryset, _decide_thread(State.HIDDEN))

    @admin.action(description=_("Show again"))
    def show_again(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        """Show the chosen threads again."""
        do_for_each(request, queryset, _decide_thread(State.VISIBLE))


def _first_of(thread: Thread) -> Post:
    return Post.objects.select_related("thread__space").get(thread=thread, position=1)


def _decide_post(state: State) -> Do:
    # Their authors are told, and may ask the team to look again.
    said = "" if state == State.VISIBLE else str(_("It is hidden until the team has decided about it"))
    return lambda actor, post: actions.judge_post(actor=actor, post=post, state=state, reason=said)


def _decide_thread(state: State) -> Do:
    return lambda actor, thread: _decide_post(state)(actor, _first_of(thread))


class PostForm(forms.ModelForm):
    """The text, and why it is changed."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=140,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Kept in the history, where the author reads it."),
    )

    class Meta:
        labels = {"body_md": _("Text")}

    def clean_body_md(self) -> str:
        """Ask the rule of bodies."""
        least = composing.least_body(self.instance.thread.kind, self.instance.position)
        return str(_ask(lambda body: composing.check_body(body, least=least), self.cleaned_data["body_md"]))


class RevisionInline(TabularInline):
    """How the post read before each edit."""

    model = PostRevision
    fields = readonly_fields = ("number", "created_at", "editor", "reason", "title", "body_md")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostRevision]:
        rows: QuerySet[PostRevision] = super().get_queryset(request)
        return rows.select_related("editor")


@admin.register(Post)
class PostAdmin(LargeAdmin):
    """Posts the moderator may read, whatever their state."""

    form = PostForm
    list_display = ("beginning", "thread", "position", "author", "state", "created_at", "edited_at")
    list_filter = ("state",)
    search_fields = ("=id", "=thread__id", "=author__handle")
    search_help_text = _("The number of a post or a thread, or the handle of its author.")
    fields = ("thread", "position", "author", "state", "state_reason", "created_at", "body_md", "reason")
    readonly_fields = ("thread", "position", "author", "state", "state_reason", "created_at")
    inlines = (RevisionInline,)
    actions = ("hide", "remove", "show_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        posts = (
            Post.objects.visible_to(actor_of(request))
            .select_related("thread__space", "author")
            .order_by(*self.ordering)
        )
        if request.resolver_match and str(request.resolver_match.url_name).endswith("_changelist"):
            # A list reads only the beginnings of the texts.
            return posts.defer("body_md", "body_html").annotate(start=Left("body_md", 80))
        return posts

    @admin.display(description=_("text"))
    def beginning(self, post: Post) -> str:
        """Show how the text begins."""
        return " ".join(str(getattr(post, "start", "")).split())

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        """Correct the text through the action."""
        stored = Post.objects.select_related("thread__space").get(pk=obj.pk)
        body, reason = form.cleaned_data["body_md"], form.cleaned_data["reason"]
        actions.edit_post(actor=actor_of(request), post=stored, body=body, reason=reason)

    @admin.action(description=_("Hide until decided"))
    def hide(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        """Hide the chosen posts."""
        do_for_each(request, queryset, _decide_post(State.HIDDEN))

    @admin.action(description=_("Remove"))
    def remove(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        """Remove the chosen posts."""
        do_for_each(request, queryset, _decide_post(State.REMOVED))

    @admin.action(description=_("Show again"))
    def show_again(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        """Show the chosen posts again."""
        do_for_each(request, queryset, _decide_post(State.VISIBLE))


@admin.register(PostRevision)
class PostRevisionAdmin(ReadOnlyAdmin):
    """The history of all posts, newest first."""

    list_display = ("post", "number", "editor", "reason", "created_at")
    list_select_related = ("post", "editor")
    search_fields = ("=post__id", "=editor__handle")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostRevision]:
        seen = Post.objects.visible_to(actor_of(request)).values("pk")
        rows: QuerySet[PostRevision] = super().get_queryset(request)
        return rows.filter(post__in=seen)
