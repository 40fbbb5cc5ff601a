"""The manager's way to spaces, the people in them, and tags."""

from copy import copy
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget

from community.access import actor_of
from community.digits import number_in
from community.errors import Invalid, NotFound
from community.spaces import actions, group_levels_admin, nesting, tag_admin
from community.spaces.asking.admin import asking_view
from community.spaces.entering import admin as _entering  # noqa: F401 - its lists are of this app
from community.spaces.models import ICONS, Space, SpaceMembership
from community.spaces.rights_admin import rights_view

__all__ = ["group_levels_admin", "tag_admin"]


class SpaceForm(forms.ModelForm):
    """Asks the action's own rules, so that a refusal stands beside its field."""

    icon = forms.ChoiceField(
        label=capfirst(_("icon")),
        choices=[(name, name) for name in ICONS],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            tops = Space.objects.filter(parent=None).exclude(pk=self.instance.pk)
            self.fields["parent"].queryset = tops  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add what the action would refuse to the fields it concerns."""
        super().clean()
        for name in ("slow_seconds", "auto_close_days", "first_posts"):
            self.cleaned_data[name] = self.cleaned_data.get(name) or 0
        values = {name: value for name, value in self.cleaned_data.items() if name in actions.FIELDS}
        try:
            usable = actions.usable_settings(values)
            nesting.check_place(_as_typed(self.instance, usable))
        except Invalid as error:
            for field, message in error.fields.items():
                self.add_error(field if field in self.fields else None, message)
        return self.cleaned_data


def _as_typed(space: Space, values: dict[str, Any]) -> Space:
    """Return what a space would be, without touching the one on the page."""
    typed = copy(space)
    for name, value in values.items():
        setattr(typed, name, value)
    return typed


class OrderFormSet(forms.BaseModelFormSet):
    """The places of spaces, typed or dragged: each space once."""

    def clean(self) -> None:
        """Refuse all of it when a space stands in two places: which of them was meant, nobody knows."""
        super().clean()
        named = [form.cleaned_data["id"] for form in self.forms if form.cleaned_data.get("id")]
        if len(named) != len(set(named)):
            raise forms.ValidationError(_("A space stands in one place only. Load the list again."))


class SpaceMembershipInline(TabularInline):
    """Who is in a space, and who moderates it."""

    model = SpaceMembership
    autocomplete_fields = ("member",)
    fields = ("member", "is_moderator", "added_at")
    readonly_fields = ("added_at",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[SpaceMembership]:
        rows: QuerySet[SpaceMembership] = super().get_queryset(request)
        return rows.select_related("member")


@admin.register(Space)
class SpaceAdmin(ModelAdmin):
    """Spaces are archived, not deleted: what was said in them stays readable."""

    form = SpaceForm
    list_display = (
        "name",
        "slug",
        "access",
        "posting",
        "replying",
        "parent",
        "kind",
        "position",
        "thread_count",
        "last_thread_at",
        "is_archived",
    )
    list_filter = ("access", "kind", "is_archived")
    search_fields = ("name", "=slug")
    ordering = ("position", "name")
    fields = (
        "name",
        "slug",
        "description",
        "parent",
        "access",
        "posting",
        "kind",
        "required_group",
        "slow_seconds",
        "auto_close_days",
        "first_posts",
        "icon",
        "colour",
        "position",
        "is_archived",
    )
    list_select_related = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
    actions_detail = ("open_rights", "open_asking")
    # Dragged, or typed as numbers.
    ordering_field = "position"
    list_editable = ("position",)
    inlines = (SpaceMembershipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Space]:
        return Space.objects.visible_to(actor_of(request)).order_by(*self.ordering)

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, formset=OrderFormSet, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Take one order after the other: of two managers who drag at once the later one's holds, whole."""
        with transaction.atomic():
            if request.method == "POST" and self.has_change_permission(request):
                nesting.lock_all()
            answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer

    def get_urls(self) -> list[Any]:
        rights = self.admin_site.admin_view(partial(rights_view, self.admin_site))
        asking = self.admin_site.admin_view(partial(asking_view, self.admin_site))
        return [
            path("<int:pk>/rights/", rights, name="spaces_space_rights"),
            path("<int:pk>/asking/", asking, name="spaces_space_asking"),
            *super().get_urls(),
        ]

    @action(description=_("Who may do what"), url_path="open-rights")
    def open_rights(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Lead to the page of its rights."""
        return _lead("rights", object_id)

    @action(description=_("What it asks"), url_path="open-asking")
    def open_asking(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Lead to the page of its template and fields."""
        return _lead("asking", object_id)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj is not None else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Space, form: Any, change: bool) -> None:
        """Open or change the space through its action."""
        values = {name: form.cleaned_data[name] for name in actions.FIELDS if name in form.cleaned_data}
        if change:
            actions.change_space(actor=actor_of(request), space=obj, changes=values)
        else:
            obj.pk = actions.create_space(actor=actor_of(request), **values).pk

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Let people in and out through the actions."""
        actor, space = actor_of(request), form.instance
        for row in formset.save(commit=False):
            held = SpaceMembership.objects.filter(pk=row.pk).select_related("member").first()
            if held is not None and held.member_id != row.member_id:
                # Someone else was put in the line: whoever stood there is not in the space any more.
                actions.remove_space_member(actor=actor, space=space, member=held.member)
            actions.add_space_member(
                actor=actor, space=space, member=row.member, is_moderator=row.is_moderator
            )
        for row in formset.deleted_objects:
            actions.remove_space_member(actor=actor, space=space, member=row.member)
        formset.new_objects, formset.changed_objects = [], []


def _lead(page: str, object_id: object) -> HttpResponse:
    pk = number_in(str(object_id))
    if pk is None:
        raise NotFound()
    return HttpResponseRedirect(reverse(f"admin:spaces_space_{page}", args=(pk,)))
