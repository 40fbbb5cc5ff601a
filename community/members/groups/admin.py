"""The manager's way to groups: settings, owners, and who is in them. Every change goes through an action."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.members.groups import actions
from community.members.groups.actions.managing import GROUP_FIELDS
from community.members.groups.permissions import can_manage_groups
from community.members.models import Group, GroupAsk, GroupMembership, words_for_rule


class GroupMembershipInline(TabularInline):
    """Who is in a group: added and taken out here, and who looks after it."""

    model = GroupMembership
    autocomplete_fields = ("member",)
    fields = ("member", "is_owner", "source", "added_at")
    readonly_fields = ("source", "added_at")
    extra = 0
    per_page = 50
    ordering = ("pk",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the box in each row: the head of its column is no label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "is_owner":
            field.widget.attrs["aria-label"] = field.label
        return field


class GroupForm(forms.ModelForm):
    """Checked by the action, with the same sentences as everywhere."""

    class Meta:
        model = Group
        fields = sorted(GROUP_FIELDS)


@admin.register(Group)
class GroupAdmin(ModelAdmin):
    """Groups and who is in them."""

    form = GroupForm
    list_display = ("name", "slug", "way_in_words", "visibility", "member_count")
    list_filter = ("join_mode", "visibility")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "title")}),
        (_("Coming in"), {"fields": ("join_mode", "email_domains", "claim")}),
        (_("Seen and called by"), {"fields": ("visibility", "members_visibility", "callers")}),
    )
    inlines = (GroupMembershipInline,)
    paginator = UncountedPaginator
    show_full_result_count = False
    actions = None

    @admin.display(description=_("how people join"), ordering="join_mode")
    def way_in_words(self, group: Group) -> str:
        """How people come into it, or whom it holds by itself."""
        return _("Automatic: %(who)s") % {"who": words_for_rule(group.rule)} if group.rule else group.way_in

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """In a group that keeps itself nothing opens it to others."""
        return ("join_mode", "email_domains", "claim", "callers") if obj is not None and obj.rule else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Nobody is put into a group that keeps itself."""
        return () if obj is not None and obj.rule else self.inlines

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Create or change through the actions. A refusal is shown, and nothing changes."""
        actor = actor_of(request)
        try:
            if change:
                changes = {name: form.cleaned_data[name] for name in form.changed_data}
                actions.change_group(actor=actor, group=obj, changes=changes)
            else:
                values = {name: form.cleaned_data[name] for name in form.cleaned_data if name in GROUP_FIELDS}
                obj.pk = actions.create_group(actor=actor, values=values).pk
        except DomainError as error:
            form.refused = True
            messages.error(request, " ".join(error.fields.values()) or error.message)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Put people in and take them out through the actions."""
        if getattr(form, "refused", False):
            return
        for formset in formsets:
            formset.save(commit=False)
            self._people(request, form.instance, formset)

    def _people(self, request: HttpRequest, group: Group, formset: Any) -> None:
        actor = actor_of(request)
        try:
            for place in formset.deleted_objects:
                actions.remove_from_group(actor=actor, group=group, member=place.member)
            for place, _fields in formset.changed_objects:
                actions.set_owner(actor=actor, group=group, member=place.member, is_owner=place.is_owner)
            for place in formset.new_objects:
                actions.add_to_group(actor=actor, group=group, member=place.member)
                if place.is_owner:
                    actions.set_owner(actor=actor, group=group, member=place.member, is_owner=True)
        except DomainError as error:
            messages.error(request, error.message)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete through the action."""
        actions.delete_group(actor=actor_of(request), group=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj) and bool(can_manage_groups(actor_of(request)))
        return allowed and (obj is None or not obj.rule)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The Activity that the action records is the log."""


@admin.register(GroupAsk)
class GroupAskAdmin(ReadOnlyAdmin):
    """Who asked to join which group, who was invited, and what came of it."""

    list_display = ("group", "member", "is_invitation", "state", "asked_at", "answered_by")
    list_filter = ("state", "is_invitation")
    list_select_related = ("group", "member", "answered_by")
    search_fields = ("group__name", "=member__handle")
    ordering = ("-id",)
