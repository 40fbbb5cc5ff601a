"""The manager's way to watched words: the list, a box to try it out, and bringing or taking whole lists."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.moderation.models import WatchedWord
from community.moderation.words import actions
from community.moderation.words.forms import ListForm, TryForm
from community.moderation.words.permissions import can_watch_words
from community.moderation.words.queries import Trial, export_words, try_words


class WordForm(forms.ModelForm):
    """One word. The action checks what is typed, so that a refusal stands beside its field."""

    class Meta:
        model = WatchedWord
        fields = actions.FIELDS

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            actions.check_word(self.cleaned_data)
        except DomainError as error:
            for name, sentence in error.fields.items():
                self.add_error(name, sentence)


@admin.register(WatchedWord)
class WatchedWordAdmin(ModelAdmin):
    """Shows, adds and changes words through the actions."""

    form = WordForm
    list_display = (
        "word",
        "is_regex",
        "action",
        "replacement",
        "in_title",
        "in_body",
        "in_profile",
        "in_names",
    )
    list_filter = ("action", "is_regex")
    search_fields = ("word", "note")
    ordering = ("action", "word", "pk")
    paginator = UncountedPaginator
    show_full_result_count = False
    change_list_template = "admin/moderation/words.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and can_watch_words(actor_of(request)))

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[Any]:
        """Add the box to try the list out, and the way in and out for whole lists."""
        return [
            path("tools/", self.admin_site.admin_view(self.tools), name="moderation_watchedword_tools"),
            path("table/", self.admin_site.admin_view(self.table), name="moderation_watchedword_table"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest) -> HttpResponse:
        """Try a text on the list, or bring a list. Trying writes nothing."""
        can_watch_words(actor_of(request)).require()
        wish = request.POST.get("do", "")
        trying = TryForm(request.POST if wish == "try" else None)
        bringing = ListForm(request.POST if wish == "bring" else None)
        trial: Trial | None = None
        if wish == "try" and trying.is_valid():
            trial = try_words(actor_of(request), **trying.cleaned_data)
        if wish == "bring" and bringing.is_valid() and self._bring(request, bringing):
            return HttpResponseRedirect(reverse("admin:moderation_watchedword_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Try watched words"),
            "opts": self.opts,
            "trying": trying,
            "bringing": bringing,
            "trial": trial,
        }
        status = 422 if trying.errors or bringing.errors else 200
        return TemplateResponse(request, "admin/moderation/words_tools.html", context, status=status)

    def _bring(self, request: HttpRequest, form: ListForm) -> bool:
        try:
            added, known = actions.import_words(actor=actor_of(request), **form.cleaned_data)
        except DomainError as error:
            form.add_error("text", error.message)
            return False
        said = ngettext("%(n)d word added.", "%(n)d words added.", added) % {"n": added}
        if known:
            said += " " + ngettext("%(n)d was there.", "%(n)d were there.", known) % {"n": known}
        messages.success(request, said)
        return True

    def table(self, request: HttpRequest) -> HttpResponse:
        """Send the list as a table."""
        response = HttpResponse(export_words(actor_of(request)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="watched-words.csv"'
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the action. A refusal is shown, and nothing changes."""
        values = {name: form.cleaned_data[name] for name in actions.FIELDS}
        try:
            if change:
                actions.change_word(actor=actor_of(request), word=obj, changes=values)
            else:
                obj.pk = actions.add_word(actor=actor_of(request), **values).pk
        except DomainError as error:
            messages.error(request, error.message)

    def delete_model(self, request: HttpRequest, obj: WatchedWord) -> None:
        """Take it off the list."""
        actions.remove_word(actor=actor_of(request), word=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Take several off the list."""
        for word in queryset:
            actions.remove_word(actor=actor_of(request), word=word)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The Activity that the action records is the log."""
