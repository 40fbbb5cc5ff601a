"""Copies and erasures, for those who answer for them; erasing a member and joining two accounts."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError, NotFound
from community.members.models import Member
from community.privacy import actions
from community.privacy.forms import AnonymiseForm, MergeForm
from community.privacy.keeping.admin import RetentionAdmin
from community.privacy.merging.moving import count_rows
from community.privacy.models import Erasure, Export
from community.privacy.permissions import can_anonymise, can_merge

__all__ = ["ErasureAdmin", "ExportAdmin", "RetentionAdmin"]


class ManagersOnly(ReadOnlyAdmin):
    """Moderators do not see who leaves."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_authenticated and actor_of(request).is_at_least("manager")


@admin.register(Export)
class ExportAdmin(ManagersOnly):
    """Who asked for a copy and how far it is. Its file is its owner's alone."""

    list_display = ("id", "member", "state", "asked_at", "rows", "bytes", "ends_at", "fetched_at")
    list_filter = ("state",)
    list_select_related = ("member",)
    exclude = ("key",)
    ordering = ("-id",)


@admin.register(Erasure)
class ErasureAdmin(ManagersOnly):
    """Who is to be erased, and when it begins."""

    list_display = ("id", "member", "state", "deletes_posts", "asked_at", "due_at", "done_at", "asked_by")
    list_filter = ("state",)
    list_select_related = ("member", "asked_by")
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        """The two pages about one member."""
        wrap = self.admin_site.admin_view
        mine = [
            path("anonymise/<int:member>/", wrap(self.anonymise), name="privacy_anonymise"),
            path("merge/<int:member>/", wrap(self.merge), name="privacy_merge"),
        ]
        return [*mine, *super().get_urls()]

    def anonymise(self, request: HttpRequest, member: int) -> HttpResponse:
        """Erase a member for them, once the reason is written."""
        actor, about = actor_of(request), _member(request, member)
        may = can_anonymise(actor, about)
        form = AnonymiseForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                actions.anonymise_member(
                    actor=actor,
                    member=about,
                    reason=form.cleaned_data["reason"],
                    deletes_posts=form.cleaned_data["posts"] == "delete",
                )
            except DomainError as error:
                form.add_error(None, error.message)
            else:
                messages.success(request, _("It begins within a minute and is done soon after."))
                return HttpResponseRedirect(reverse("admin:privacy_erasure_changelist"))
        return self._page(request, "anonymise", about, form, may=may)

    def merge(self, request: HttpRequest, member: int) -> HttpResponse:
        """Make an account part of another: count first, then do it."""
        actor, about = actor_of(request), _member(request, member)
        form = MergeForm(request.POST if request.method == "POST" else None)
        target, counted = None, []
        if request.method == "POST" and form.is_valid():
            target = _other(form)
            verdict = can_merge(actor, about, target) if target is not None else None
            if verdict is not None and not verdict:
                form.add_error("into", verdict.reason)
            elif target is not None and "do" in request.POST:
                return self._merge(request, about, target, form.cleaned_data["reason"])
            counted = count_rows(about) if not form.errors else []
        return self._page(request, "merge", about, form, target=target, counted=counted, may=True)

    def _merge(self, request: HttpRequest, about: Member, target: Member, reason: str) -> HttpResponse:
        try:
            moved = actions.merge_members(actor=actor_of(request), source=about, target=target, reason=reason)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            said = ngettext("Joined. %(n)d row moved.", "Joined. %(n)d rows moved.", moved)
            messages.success(request, said % {"n": moved})
        return HttpResponseRedirect(reverse("admin:members_member_change", args=[target.pk]))

    def _page(self, request: HttpRequest, name: str, about: Member, form: Any, **more: Any) -> HttpResponse:
        titles = {"anonymise": _("Erase a member"), "merge": _("Join with another account")}
        context = {
            **self.admin_site.each_context(request),
            "title": titles[name],
            "opts": self.opts,
            "member": about,
            "form": form,
            **more,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, f"admin/privacy/{name}.html", context, status=status)


def draw_links(request: HttpRequest, member: Member) -> str:
    """Draw the ways to these pages under the form of a member."""
    if not can_anonymise(actor_of(request), member):
        return ""
    return render_to_string("admin/privacy/links.html", {"member": member}, request=request)


def _other(form: MergeForm) -> Member | None:
    handle = form.cleaned_data["into"].strip().removeprefix("@")
    target = Member.objects.get_queryset().with_handle(handle).first()
    if target is None:
        form.add_error("into", _("Nobody has this handle."))
    return target


def _member(request: HttpRequest, pk: int) -> Member:
    member = Member.objects.get_queryset().filter(pk=pk).first()
    if member is None or not actor_of(request).is_at_least("manager"):
        raise NotFound()
    return member
