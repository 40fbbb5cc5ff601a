"""On the page of a member in the admin: notes of the team, and looking as them."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as say

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError, NotFound
from community.members.models import Member
from community.moderation.members_desk.actions import begin_seeing_as, write_note
from community.moderation.members_desk.queries import notes_about
from community.moderation.members_desk.views import SEEING
from community.moderation.models import SeeingAs, StaffNote
from community.moderation.models.notes import NOTE_LENGTH
from community.moderation.permissions import can_note, can_see_as


@admin.register(StaffNote)
class StaffNoteAdmin(ReadOnlyAdmin):
    """Notes of the team. They are written on the page of a member and never changed."""

    list_display = ("member", "body", "author", "created_at")
    list_select_related = ("member", "author")
    search_fields = ("=member__handle",)
    ordering = ("-id",)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_authenticated and bool(can_note(actor_of(request)))

    def get_urls(self) -> list[URLPattern]:
        """The two forms of a member's page."""
        wrap = self.admin_site.admin_view
        mine = [
            path("about/<int:member>/", wrap(self.write), name="moderation_note_about"),
            path("see-as/<int:member>/", wrap(self.see_as), name="moderation_see_as"),
        ]
        return [*mine, *super().get_urls()]

    def write(self, request: HttpRequest, member: int) -> HttpResponse:
        """Write a note, and go back to the member."""
        actor, about = actor_of(request), _member(request, member)
        if request.method == "POST":
            try:
                write_note(actor=actor, member=about, body=request.POST.get("body", ""))
                messages.success(request, say("The note is kept. Only the team reads it."))
            except DomainError as error:
                messages.error(request, error.message)
        return HttpResponseRedirect(f"{_page(about)}#notes")

    def see_as(self, request: HttpRequest, member: int) -> HttpResponse:
        """Begin to look as a member."""
        actor, about = actor_of(request), _member(request, member)
        if request.method != "POST":
            return HttpResponseRedirect(_page(about))
        try:
            seeing = begin_seeing_as(actor=actor, member=about, reason=request.POST.get("reason", ""))
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(_page(about))
        request.session[SEEING] = seeing.pk
        return redirect("/")


@admin.register(SeeingAs)
class SeeingAsAdmin(ReadOnlyAdmin):
    """Who looked as whom."""

    list_display = ("actor", "member", "reason", "began_at", "ended_at")
    list_select_related = ("actor", "member")
    ordering = ("-id",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_authenticated and actor_of(request).is_at_least("manager")


def draw_notes(request: HttpRequest, member: Member) -> str:
    """Draw the notes about a member and the form for another."""
    actor = actor_of(request)
    if not can_note(actor):
        return ""
    context = {
        "member": member,
        "notes": notes_about(actor, member),
        "may_see_as": can_see_as(actor, member),
        "length": NOTE_LENGTH,
    }
    return render_to_string("admin/moderation/member_desk.html", context, request=request)


def _member(request: HttpRequest, pk: int) -> Member:
    if not can_note(actor_of(request)):
        raise NotFound()
    member = Member.objects.get_queryset().filter(pk=pk).first()
    if member is None:
        raise NotFound()
    return member


def _page(member: Member) -> str:
    return reverse("admin:members_member_change", args=[member.pk])
