"""The manager's way to profile fields."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from community.access import actor_of
from community.errors import DomainError
from community.members.fields import actions
from community.members.fields.permissions import can_define_fields
from community.members.models import ProfileField

RENAMES = " -> "


class FieldForm(forms.ModelForm):
    """A field with its choices line by line. The action is asked before anything is saved, so a refusal stands in the form."""

    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One on each line. To rename one for everybody who chose it, write: old name -> new name. "
            "A choice that is left out stays with those who chose it and is no longer offered."
        ),
    )
    actor: Any = None

    class Meta:
        model = ProfileField
        fields = (
            "key", "name", "help_text", "kind", "choices", "seen_by", "filled_by", "is_required", "at_sign_up",
            "is_searchable", "is_filterable", "on_card", "is_active", "position",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["choices"] = "\n".join(self.instance.choices)

    def clean_choices(self) -> list[str]:
        """Return the lines; renames are kept apart."""
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        self.renames = [tuple(line.split(RENAMES, 1)) for line in lines if RENAMES in line]
        return [line.split(RENAMES, 1)[0].strip() for line in lines]

    def _post_clean(self) -> None:
        """Leave the checks to the action: it alone knows what answers exist."""

    def clean(self) -> dict[str, Any]:
        """Save through the actions, and put their refusals beside the fields."""
        typed: dict[str, Any] = super().clean() or {}
        if self.errors:
            return typed
        stored = ProfileField.objects.get(pk=self.instance.pk) if self.instance.pk else None
        try:
            # All of it or nothing: a name that cannot be had leaves the field as it was.
            with transaction.atomic():
                self.saved = actions.save_field(actor=self.actor, field=stored, changes=typed)
                for before, after in self.renames:
                    actions.rename_choice(
                        actor=self.actor, field=self.saved, before=before.strip(), after=after.strip()
                    )
        except DomainError as error:
            for name, sentence in (error.fields or {"": error.message}).items():
                self.add_error(name if name in self.fields else None, sentence)
        return typed


@admin.register(ProfileField)
class ProfileFieldAdmin(ModelAdmin):
    """What profiles ask, in which order, and who reads it."""

    form = FieldForm
    list_display = ("name", "key", "kind", "seen_by", "filled_by", "is_required", "is_active", "position")
    list_filter = ("kind", "seen_by", "is_active")
    actions = ("erase",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(can_define_fields(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission  # type: ignore[assignment]
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Give the form its actor."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: ProfileField, form: Any, change: bool) -> None:
        """The form has saved it through the action."""
        obj.pk = form.saved.pk

    @admin.action(description=gettext_lazy("Erase, with all answers"))
    def erase(self, request: HttpRequest, queryset: QuerySet[ProfileField]) -> None:
        """Erase the chosen fields, which must be out of use."""
        for field in queryset:
            try:
                count = actions.erase_field(actor=actor_of(request), field=field)
            except DomainError as error:
                messages.error(request, f"{field.name}: {error.message}")
                continue
            gone = ngettext("%(n)s answer was erased with it.", "%(n)s answers were erased with it.", count)
            messages.success(
                request, _("%(name)s is gone.") % {"name": field.name} + " " + gone % {"n": count}
            )
