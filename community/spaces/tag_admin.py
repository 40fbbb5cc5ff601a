"""The manager's way to tags: written better, merged, with synonyms, in groups."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from community.access import actor_of
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.spaces import actions, tagging
from community.spaces.models import Tag, TagGroup
from community.spaces.permissions import can_manage_spaces


class TagForm(forms.ModelForm):
    """A tag, the other words for it, and the tag it becomes part of."""

    synonyms = forms.CharField(
        label=_("Synonyms"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Other words, with commas between them. Whoever types one gets this tag."),
    )
    merge_into = forms.CharField(
        label=_("Merge into"),
        required=False,
        max_length=40,
        widget=UnfoldAdminTextInputWidget,
        help_text=_(
            "The other tag. Threads follow within minutes, this word becomes its synonym, and its page leads there."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.instance.synonyms.values_list("name", flat=True) if self.instance.pk else ()
        self.initial["synonyms"] = ", ".join(words)

    def clean_merge_into(self) -> Tag | None:
        """Find the other tag by its word or address."""
        typed = self.cleaned_data["merge_into"].strip().lstrip("#")
        if not typed:
            return None
        found = (
            Tag.objects.filter(slug=slugify(typed, allow_unicode=True)).exclude(pk=self.instance.pk).first()
        )
        if found is None:
            raise forms.ValidationError(_("Choose another tag to merge into."))
        return found

    def clean(self) -> dict[str, Any]:
        """Try it, so that a refusal stands beside its field and what was typed is kept."""
        super().clean()
        if self.errors or self.actor is None:
            return self.cleaned_data
        try:
            with transaction.atomic():
                self.apply()
                transaction.set_rollback(True)
        except DomainError as refusal:
            placed = {name: text for name, text in refusal.fields.items() if name in self.fields}
            for name, text in placed.items():
                self.add_error(name, text)
            if not placed:
                self.add_error(None, refusal.message)
        return self.cleaned_data

    # Who changes it; set by the admin.
    actor: Any = None

    def apply(self) -> None:
        """Change the tag through the actions."""
        tag = Tag.objects.get(pk=self.instance.pk)
        values = self.cleaned_data
        actions.rename_tag(actor=self.actor, tag=tag, name=values["name"])
        changes = {name: values[name] for name in tagging.TAG_FIELDS}
        tagging.change_tag(actor=self.actor, tag=tag, changes=changes)
        if "synonyms" in self.changed_data:
            tagging.set_synonyms(actor=self.actor, tag=tag, words=values["synonyms"].split(","))
        if values["merge_into"] is not None:
            tagging.merge_tags(actor=self.actor, source=tag, target=values["merge_into"])


class ManagersAdmin(ModelAdmin):
    """Some words stand only in rooms that moderators may not enter."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and can_manage_spaces(actor_of(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Tag)
class TagAdmin(ManagersAdmin):
    """Tags come from threads; the team may write them better, group, keep and merge them."""

    form = TagForm
    list_display = ("slug", "name", "group", "is_restricted", "thread_count")
    list_filter = ("group", "is_restricted")
    list_select_related = ("group",)
    search_fields = ("slug", "name")
    ordering = ("-thread_count", "slug")
    fields = ("slug", "name", "thread_count", "group", "is_restricted", "synonyms", "merge_into")
    readonly_fields = ("slug", "thread_count")
    paginator = UncountedPaginator
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who changes the tag."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.actor = actor_of(request)
        return form

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Change the tag through its actions."""
        form.apply()


class TagGroupForm(forms.ModelForm):
    """Asks the rule of names, so that a refusal stands beside its field."""

    def clean_name(self) -> str:
        """Check the length as the action does."""
        name = " ".join(self.cleaned_data["name"].split())
        if len(name) < 2:
            raise forms.ValidationError(gettext("A name has 2 to 40 characters."))
        return name


@admin.register(TagGroup)
class TagGroupAdmin(ManagersAdmin):
    """Groups of tags."""

    form = TagGroupForm
    list_display = ("name", "one_only", "is_restricted")
    search_fields = ("name",)
    fields = ("name", "one_only", "is_restricted")

    def save_model(self, request: HttpRequest, obj: TagGroup, form: Any, change: bool) -> None:
        """Make or change the group through its action."""
        changes = {name: form.cleaned_data[name] for name in tagging.GROUP_FIELDS}
        saved = tagging.save_tag_group(
            actor=actor_of(request), group=obj if change else None, changes=changes
        )
        obj.pk = saved.pk
