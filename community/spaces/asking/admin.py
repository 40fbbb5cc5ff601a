"""The page on which a manager says what a space asks of whoever begins a thread in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from community.access import actor_of
from community.errors import DomainError, NotFound
from community.spaces.asking import limits
from community.spaces.asking.actions import arrange_asking
from community.spaces.asking.queries import all_fields_of, template_of
from community.spaces.models import FieldKind, Space
from community.spaces.permissions import can_manage_spaces


class TemplateForm(forms.Form):
    """The text posts begin with."""

    template = forms.CharField(
        label=_("Text a post begins with"),
        required=False,
        max_length=limits.TEMPLATE_MAX,
        help_text=_("Markdown. Who writes can change all of it. Leave empty for none."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class FieldForm(forms.Form):
    """One thing asked, in a line of the page."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    position = forms.IntegerField(label=_("Order"), required=False, min_value=0, max_value=99)
    label = forms.CharField(label=_("What is asked"), required=False, max_length=limits.LABEL_MAX)
    kind = forms.ChoiceField(label=_("Kind"), choices=FieldKind.choices)
    options = forms.CharField(
        label=_("Answers to choose, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    hint = forms.CharField(label=_("Hint"), required=False, max_length=limits.HINT_MAX)
    is_required = forms.BooleanField(label=_("Needed"), required=False)
    for_team = forms.BooleanField(label=_("Only the team and the author see the answer"), required=False)
    is_asked = forms.BooleanField(label=_("Asked and shown"), required=False, initial=True)


FieldForms = forms.formset_factory(FieldForm, extra=2, max_num=limits.FIELDS_MAX + 2)


def asking_view(site: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save the template and the fields of a space."""
    actor = actor_of(request)
    can_manage_spaces(actor).require()
    space = Space.objects.visible_to(actor).filter(pk=pk).first()
    if space is None:
        raise NotFound()
    typed = request.POST if request.method == "POST" else None
    text = TemplateForm(typed, initial={"template": template_of(space)})
    rows = FieldForms(typed, initial=_known(space), prefix="fields")
    if typed is not None and _save(request, space, text, rows):
        return HttpResponseRedirect(request.path)
    page = {
        **site.each_context(request),
        "title": _("What %(name)s asks") % {"name": space.name},
        "space": space,
        "text": text,
        "rows": rows,
        "opts": Space._meta,
    }
    return TemplateResponse(request, "admin/spaces/asking.html", page, status=422 if typed else 200)


def _known(space: Space) -> list[dict[str, Any]]:
    names = ("key", "position", "label", "kind", "hint", "is_required", "for_team", "is_asked")
    return [
        {name: getattr(field, name) for name in names} | {"options": "\n".join(field.options)}
        for field in all_fields_of(space)
    ]


def _save(request: HttpRequest, space: Space, text: TemplateForm, rows: Any) -> bool:
    if not (text.is_valid() and rows.is_valid()):
        return False
    typed = [row.cleaned_data for row in rows if row.cleaned_data.get("label")]
    typed.sort(key=lambda row: row["position"] if row["position"] is not None else len(typed))
    fields = [{**row, "options": row["options"].splitlines()} for row in typed]
    try:
        arrange_asking(
            actor=actor_of(request), space=space, template=text.cleaned_data["template"], fields=fields
        )
    except DomainError as error:
        text.add_error(None, error.message)
        return False
    messages.success(request, _("Saved. It is asked from now on."))
    return True
