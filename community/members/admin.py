"""The manager's way to members: find them, see them whole, correct a profile, change a role."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.activity.admin import ReadOnlyAdmin
from community.activity.paging import UncountedPaginator
from community.errors import DomainError
from community.members import actions
from community.members.directory.admin_filters import GroupFilter, PausedFilter
from community.members.directory.queries import called
from community.members.doors_admin import AdmissionAdmin, DoorRulesAdmin
from community.members.fields.admin import ProfileFieldAdmin
from community.members.groups.admin import GroupAdmin, GroupAskAdmin
from community.members.invitations.admin import InvitationAdmin, InvitationBatchAdmin
from community.members.models import ConsentRecord, Follow, Member
from community.members.permissions import can_change_role
from community.members.signon.admin import SignOnProviderAdmin
from community.members.terms.admin import TermsAcceptanceAdmin, TermsVersionAdmin
from community.members.trust.admin import TrustRecordAdmin
from community.panels import panels_for

__all__ = [
    "AdmissionAdmin",
    "DoorRulesAdmin",
    "GroupAdmin",
    "GroupAskAdmin",
    "InvitationAdmin",
    "InvitationBatchAdmin",
    "ProfileFieldAdmin",
    "SignOnProviderAdmin",
    "TermsAcceptanceAdmin",
    "TermsVersionAdmin",
    "TrustRecordAdmin",
]


def sees_addresses(request: HttpRequest) -> bool:
    """Whether the reader may see members' e-mail addresses and what they agreed to: managers and above."""
    return bool(request.user.is_authenticated and request.user.is_at_least("manager"))


@admin.register(Member)
class MemberAdmin(ModelAdmin):
    """Everyone. Penalties are decided in the review queue, points in the ledger."""

    list_display = (
        "name",
        "handle",
        "role",
        "tier",
        "trust_level",
        "post_count",
        "joined_at",
        "last_seen_at",
    )
    list_filter = ("role", "trust_level", "is_active", PausedFilter, GroupFilter, "joined_at")
    # What is searched says `get_search_results`; the admin shows the field while this is not empty.
    search_fields = ("handle",)
    search_help_text = _("Beginnings of a name, a handle or, for managers, an e-mail")
    # The newest first: of two hundred thousand, no other order has an index for every filter.
    sortable_by = ()
    ordering = ("-id",)
    paginator = UncountedPaginator
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("name", "handle", "email", "role", "team_title", "trust_level")}),
        (_("About"), {"fields": ("bio_md", "location", "website")}),
        (_("Choices"), {"fields": ("language", "time_zone", "theme", "on_leaderboards")}),
        (
            _("Standing"),
            {
                "fields": (
                    "suspended_until",
                    "silenced_until",
                    "restriction_reason",
                    "points_earned",
                    "tier",
                    "joined_at",
                )
            },
        ),
    )
    readonly_fields = (
        "handle",
        "email",
        "suspended_until",
        "silenced_until",
        "restriction_reason",
        "points_earned",
        "tier",
        "joined_at",
        "trust_level",
        "on_leaderboards",
    )

    change_form_outer_after_template = "admin/members/panels.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a member with what features above add under the form."""
        known = object_id.isdecimal() and len(object_id) < 19
        member = Member.objects.get_queryset().filter(pk=int(object_id)).first() if known else None
        panels = panels_for("admin_member", request, member) if member is not None else []
        context = {**(extra_context or {}), "panels": panels}
        page: HttpResponse = super().change_view(request, object_id, form_url, context)
        return page

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Moderators keep order without anybody's address."""
        sections = super().get_fieldsets(request, obj)
        if sees_addresses(request):
            return sections
        return [
            (title, {**section, "fields": tuple(name for name in section["fields"] if name != "email")})
            for title, section in sections
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the indexes of the directory. Searching by an address would tell moderators whose it is."""
        if not search_term.strip():
            return queryset, False
        found = called(search_term, by_address=sees_addresses(request))
        return queryset.filter(pk__in=found), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        actor: Any = request.user
        return fields if obj is not None and can_change_role(actor, obj) else (*fields, "role")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write through the same actions as everywhere."""
        stored = Member.objects.get(pk=obj.pk)
        actor: Any = request.user
        typed = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            # All of it or nothing.
            with transaction.atomic():
                if "role" in typed:
                    actions.change_role(actor=actor, member=stored, role=typed.pop("role"))
                if "team_title" in typed:
                    actions.set_team_title(actor=actor, member=stored, title=typed.pop("team_title"))
                if typed:
                    actions.edit_profile(actor=actor, member=stored, changes=typed)
        except DomainError as error:
            messages.error(request, error.message)


@admin.register(ConsentRecord)
class ConsentRecordAdmin(ReadOnlyAdmin):
    """What members agreed to."""

    list_display = ("member", "purpose", "given", "source", "recorded_at")
    list_filter = ("purpose", "given")
    list_select_related = ("member",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return sees_addresses(request) and super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return sees_addresses(request) and super().has_view_permission(request, obj)


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    """Who follows whom."""

    list_display = ("follower", "followed", "created_at")
    list_select_related = ("follower", "followed")
