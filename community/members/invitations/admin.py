"""The team's way to invitations: all of them, and lists of addresses from a file."""

import csv
import io
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.members.invitations import actions, limits, queries
from community.members.invitations.permissions import can_invite_many, standing
from community.members.models import Invitation, InvitationBatch


def _may(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(can_invite_many(actor_of(request)))


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Everybody's invitations. Their links are not here: whoever made one has it."""

    list_display = (
        "invited",
        "inviter",
        "use_count",
        "most_uses",
        "state",
        "mail",
        "created_at",
        "expires_at",
    )
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "mail")
    list_select_related = ("inviter", "group")
    search_fields = ("=email", "=inviter__handle")
    ordering = ("-id",)
    actions = ("revoke",)
    fields = (
        "inviter", "email", "message", "group", "landing", "most_uses", "use_count", "created_at", "expires_at",
        "revoked_at", "declined_at", "mail",
    )  # fmt: skip

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request)

    @admin.display(description=gettext_lazy("For"))
    def invited(self, row: Invitation) -> str:
        """Name the address, or that it is a link."""
        return row.email or _("A link")

    @admin.display(description=gettext_lazy("State"))
    def state(self, row: Invitation) -> str:
        """Say whether it can be used, or why not."""
        return standing(row).reason or _("Open")

    @admin.action(description=gettext_lazy("Take back"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Take the chosen invitations back."""
        count = 0
        for row in queryset:
            actions.revoke_invitation(actor=actor_of(request), invitation=row)
            count += 1
        said = ngettext("%(n)s invitation is taken back.", "%(n)s invitations are taken back.", count)
        messages.success(request, said % {"n": count})


class BatchForm(forms.ModelForm):
    """A file of addresses. Handed in through the action, whose refusals stand in the form."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or plain text, one address on each line (the first column), at most 50,000 lines."
        ),
    )
    actor: Any = None

    class Meta:
        model = InvitationBatch
        fields = ("group", "landing", "message", "is_dry_run")

    def clean_file(self) -> list[str]:
        """Return the addresses in the file."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > limits.MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(n)s MB.") % {"n": limits.MOST_BYTES >> 20}
            )
        try:
            text = file.read(limits.MOST_BYTES + 1).decode("utf-8-sig")
            rows = [
                row[0].strip() if row else "" for row in csv.reader(io.StringIO(text.replace("\x00", "")))
            ]
        except (UnicodeDecodeError, csv.Error) as error:
            raise forms.ValidationError(
                _("This file is not readable text. Save it as CSV in UTF-8.")
            ) from error
        # A heading is not an address.
        return rows[1:] if rows and "@" not in rows[0] else rows

    def clean(self) -> dict[str, Any]:
        """Hand the list in."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors:
            values = {**typed, "addresses": typed["file"]}
            values.pop("file")
            try:
                self.batch = actions.begin_batch(actor=self.actor, **values)
            except DomainError as error:
                for name, sentence in (error.fields or {"": error.message}).items():
                    self.add_error({"addresses": "file"}.get(name, name) or None, sentence)
        return typed


@admin.register(InvitationBatch)
class InvitationBatchAdmin(ModelAdmin):
    """Lists: hand one in, see how far it has come, read which rows were left out."""

    list_display = (
        "created_at",
        "actor",
        "is_dry_run",
        "state",
        "done_count",
        "row_count",
        "good_count",
        "bad_count",
    )
    list_select_related = ("actor",)
    ordering = ("-id",)
    paginator = UncountedPaginator
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("file", "group", "landing", "message", "is_dry_run")
        progress = ("state", "done_count", "row_count", "good_count", "bad_count", "report_lines")
        return ("is_dry_run", "group", "landing", "message", *progress)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else self.get_fields(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Handing in has a form of its own."""
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("BatchForm", (BatchForm,), {"actor": actor_of(request)})

    @admin.display(description=gettext_lazy("Left out"))
    def report_lines(self, batch: InvitationBatch) -> str:
        """List the rows that were left out, with the reason."""
        rows = queries.left_out(batch)
        return format_html_join("", "<div>{}: <code>{}</code> {}</div>", rows) or "–"

    def save_model(self, request: HttpRequest, obj: InvitationBatch, form: Any, change: bool) -> None:
        """The form has handed it in through the action."""
        obj.pk = form.batch.pk
