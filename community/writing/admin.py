"""Staff see the pictures members added and can take one away."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.writing import card_admin
from community.writing.actions import remove_upload
from community.writing.models import Renewal, Upload
from community.writing.renewing import waiting

__all__ = ["card_admin"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Pictures, newest first, with what they belong to. Private ones are listed by name, not shown."""

    list_display = (
        "key",
        "picture",
        "owner",
        "kind",
        "audience",
        "attached_type",
        "attached_pk",
        "created_at",
    )
    list_filter = ("kind", "audience", ("attached_pk", admin.EmptyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("=key", "original_name")
    ordering = ("-id",)
    actions = ("remove",)

    @admin.display(description=_("picture"))
    def picture(self, upload: Upload) -> SafeString | str:
        """Link to the picture; whether it opens is decided there, as for everyone."""
        words = upload.original_name or upload.key
        return format_html('<a href="{}">{}</a>', upload.url_for(upload.largest), words)

    @admin.action(description=_("Remove the chosen pictures for good"))
    def remove(self, request: HttpRequest, queryset: QuerySet[Upload]) -> None:
        """Take pictures away, as the member's own button would."""
        chosen = list(queryset)
        for upload in chosen:
            remove_upload(actor=actor_of(request), upload=upload)
        text = ngettext("%(n)d picture removed.", "%(n)d pictures removed.", len(chosen)) % {"n": len(chosen)}
        messages.success(request, text)


@admin.register(Renewal)
class RenewalAdmin(ReadOnlyAdmin):
    """Which texts wait to be rendered again, and how far it has come. Nobody needs to do anything about it."""

    list_display = ("shelf", "version", "left", "upto", "done_at")
    ordering = ("shelf",)

    @admin.display(description=_("wait to be rendered again"))
    def left(self, renewal: Renewal) -> int:
        """Count what is left of one table."""
        return waiting(renewal.shelf)
