"""What the admin of points and of badges have in common: rows made by an action, read ever after, taken back with a reason."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError, NotFound
from community.members.models import Member


class ActionForm(forms.ModelForm):
    """A form whose check is the action, so that a refusal stands in the form with what was typed."""

    actor: Member

    def act(self, typed: dict[str, Any]) -> Model:
        """Call the action and return the row it made. Raises `DomainError`."""
        raise TypeError("a form says which action it asks")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            try:
                self.instance = self.act(self.cleaned_data)
            except DomainError as refusal:
                for field, sentence in (refusal.fields or {"__all__": refusal.message}).items():
                    self.add_error(None if field == "__all__" else field, sentence)
        return self.cleaned_data


def row_or_refuse(page: ReadOnlyAdmin, request: HttpRequest, object_id: Any) -> Any:
    """Return the row that an address of the admin names. Raises `NotFound` when there is none."""
    row = page.get_object(request, str(object_id))
    if row is None:
        raise NotFound()
    return row


class WrittenOnceAdmin(ReadOnlyAdmin):
    """Rows that staff add through an action and may take back, but never change or delete."""

    ordering = ("-id",)
    autocomplete_fields = ("member",)
    actions_detail: ClassVar[Sequence[str]] = ("take_back",)
    add_form: ClassVar[type[ActionForm]]
    add_fields: ClassVar[Sequence[str]]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever Django's permissions let add one; nobody may change one, which is what `ReadOnlyAdmin` is for."""
        return bool(super(ReadOnlyAdmin, self).has_add_permission(request))

    def has_take_back_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever may add one may take one back."""
        return self.has_add_permission(request)

    def row_or_refuse(self, request: HttpRequest, object_id: Any) -> Any:
        """Return the row that an address names. Raises `NotFound` when there is none."""
        return row_or_refuse(self, request, object_id)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, form=self.add_form, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.add_fields if obj is None else [field.name for field in self.opts.fields]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""
