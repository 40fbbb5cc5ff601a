"""The manager's way to the terms: publish a version, and see who agreed."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from community.members.models import TermsAcceptance, TermsVersion
from community.members.permissions import can_keep_doors
from community.members.terms.actions import publish_terms


@admin.register(TermsVersion)
class TermsVersionAdmin(ModelAdmin):
    """Versions are added; what was published stays as it is."""

    list_display = ("document", "version", "is_material", "changes", "published_at", "published_by")
    list_filter = ("document",)
    list_select_related = ("published_by",)
    fields = ("document", "body_md", "changes", "is_material")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(can_keep_doors(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Publish through the action. A refusal is shown, and nothing changes."""
        typed = form.cleaned_data
        try:
            row = publish_terms(
                actor=actor_of(request),
                document=typed["document"],
                body=typed["body_md"],
                changes=typed["changes"],
                is_material=typed["is_material"],
            )
        except DomainError as error:
            messages.error(request, " ".join(error.fields.values()) or error.message)
        else:
            obj.pk, obj.version = row.pk, row.version

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """On to the list, which says what is in force."""
        if obj.pk is not None:
            messages.success(request, _("It is published and in force."))
        return HttpResponseRedirect(reverse("admin:members_termsversion_changelist"))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The Activity that the action records is the log."""


@admin.register(TermsAcceptance)
class TermsAcceptanceAdmin(ReadOnlyAdmin):
    """Who agreed to what, when."""

    list_display = ("member", "round", "versions", "source", "accepted_at")
    list_select_related = ("member",)
    search_fields = ("=member__handle",)
    ordering = ("-id",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(can_keep_doors(actor_of(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)
