"""The log in the admin: narrowed by who, what, to what, when and in which words; taken out as a file."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.moderation.log.api import file_of
from community.moderation.log.audited import AUDITED
from community.moderation.log.files import FORMATS
from community.moderation.log.queries import Narrowing, differences, page_of_entries
from community.moderation.models import AuditEntry
from community.moderation.permissions import can_read_log


class NarrowingForm(forms.Form):
    """What is looked for."""

    actor = forms.CharField(label=_("Who (handle)"), max_length=31, required=False)
    act = forms.ChoiceField(label=_("What"), required=False)
    target_type = forms.CharField(label=_("To what"), max_length=48, required=False)
    target_pk = forms.IntegerField(label=_("Number"), required=False, min_value=0, max_value=2**63 - 1)
    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        act = self.fields["act"]
        assert isinstance(act, forms.ChoiceField)
        # Known by the code: asking the log itself which acts there are would read all of it.
        act.choices = [("", _("Anything")), *((name, name) for name in sorted(AUDITED))]

    def narrowing(self) -> Narrowing:
        """Return what was filled in; what cannot be read narrows nothing."""
        self.is_valid()
        held = self.cleaned_data
        return Narrowing(**{name: held[name] for name in held if held[name] not in ("", None)})


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """What people of the team did, in private spaces as well: for those who may enter all of them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and bool(can_read_log(actor_of(request)))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page of the log by key, or the file of all that is looked for."""
        actor = actor_of(request)
        can_read_log(actor).require()
        asked = request.POST if request.method == "POST" else request.GET
        form = NarrowingForm(asked)
        narrowing = form.narrowing()
        if request.method == "POST":
            format = request.POST.get("format", "")
            return file_of(request, narrowing, format if format in FORMATS else "csv")  # type: ignore[arg-type]
        before = request.GET.get("before", "")
        rows, after = page_of_entries(
            actor, narrowing, int(before) if before.isdecimal() and len(before) < 19 else None
        )
        query = request.GET.copy()
        query["before"] = str(after)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Audit log"),
            "opts": self.opts,
            "form": form,
            "entries": [(entry, differences(entry)) for entry in rows],
            "older": query.urlencode() if after else "",
        }
        return TemplateResponse(request, "admin/moderation/log.html", context)
