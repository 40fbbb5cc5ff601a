"""The manager's way to the spam score: what was judged and why, and what other numbers would have done."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from community.moderation.models import HostStanding, Judgement
from community.moderation.spam.replay import Replay, all_spam_numbers, check_numbers, replay
from community.moderation.spam.signals import NAMES
from community.numbers.actions import change_numbers
from community.numbers.permissions import can_change_numbers
from community.spaces.models import Space


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    """What new members wrote and what it was scored, with each sign."""

    list_display = ("created_at", "author", "place", "score", "band", "outcome", "sample")
    list_filter = ("band", "outcome", "place")
    list_select_related = ("author",)
    search_fields = ("=author__handle",)
    ordering = ("-id",)
    fields = (
        "author",
        "place",
        "score",
        "band",
        "outcome",
        "signs",
        "hosts",
        "sample",
        "check_note",
        "created_at",
    )
    readonly_fields = ("signs",)
    change_list_template = "admin/moderation/judgements.html"

    @admin.display(description=gettext_lazy("signs"))
    def signs(self, judgement: Judgement) -> str:
        """Say what was seen, and how much of the score each sign made."""
        weighed = [
            (round(value * judgement.weights.get(name, 0)), str(NAMES.get(name, name)))
            for name, value in judgement.signals.items()
        ]
        return "; ".join(f"{name}: +{points}" for points, name in sorted(weighed, reverse=True)) or "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        readable = Space.objects.visible_to(actor_of(request)).values("pk")
        return super().get_queryset(request).filter(space_id__in=readable)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and can_change_numbers(actor_of(request)))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[Any]:
        """Add the page that tries other numbers on what was."""
        view = self.admin_site.admin_view(self.try_numbers)
        return [path("replay/", view, name="moderation_judgement_replay"), *super().get_urls()]

    def try_numbers(self, request: HttpRequest) -> HttpResponse:
        """Show what the last thirty days would have been by the numbers typed; save them only after that was seen."""
        actor = actor_of(request)
        can_change_numbers(actor).require()
        typed = request.POST if request.method == "POST" else request.GET
        numbers = all_spam_numbers()
        raw = {key: typed[key] for key in numbers if key in typed}
        wrong: dict[str, str] = {}
        found: Replay | None = None
        try:
            values = check_numbers(raw)
            if request.method == "POST":
                return self._save(request, values)
            found = replay(actor, values)
        except DomainError as error:
            wrong = error.fields
            messages.error(request, error.message)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Spam score"),
            "opts": self.opts,
            # Not the numbers themselves: a template would call them.
            "rows": [
                {
                    "key": key,
                    "title": number.title,
                    "least": number.least,
                    "most": number.most,
                    "typed": raw.get(key, number()),
                    "error": wrong.get(key, ""),
                }
                for key, number in numbers.items()
            ],
            "is_other": any(str(raw.get(key, number())) != str(number()) for key, number in numbers.items()),
            "found": found,
        }
        page = "admin/moderation/replay.html"
        return TemplateResponse(request, page, context, status=422 if wrong else 200)

    def _save(self, request: HttpRequest, values: dict[str, int]) -> HttpResponse:
        changed = change_numbers(actor=actor_of(request), changes=values)
        said = ngettext("%(n)d number changed.", "%(n)d numbers changed.", len(changed)) % {"n": len(changed)}
        messages.success(request, said if changed else _("Nothing was different."))
        return HttpResponseRedirect(reverse("admin:moderation_judgement_replay"))


@admin.register(HostStanding)
class HostStandingAdmin(ReadOnlyAdmin):
    """Sites that texts led to, and what the team found about those."""

    list_display = ("host", "fine", "bad")
    search_fields = ("host",)
    ordering = ("-bad", "host")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_authenticated and can_change_numbers(actor_of(request)))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
