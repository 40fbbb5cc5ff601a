"""The manager's way to the programme at a glance: one page, its table for a spreadsheet, and holding points back."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.activity.one_row import read_row
from community.errors import DomainError, NotFound
from community.spreadsheet import write_csv
from rewards.points.actions import set_worth
from rewards.points.models import DayTotal, PointWorth
from rewards.points.overview.page import EARNER_DAYS, LONGEST, SPANS, USUAL, get_overview, iterate_days
from rewards.points.patterns import Pattern, find_patterns
from rewards.points.permissions import can_change_rules
from rewards.points.reasons import ask_reason
from rewards.points.reviewing import hold_pattern


class WorthForm(forms.ModelForm):
    """What a hundred points are worth."""

    class Meta:
        model = PointWorth
        fields = ("per_hundred", "currency")


@admin.register(DayTotal)
class OverviewAdmin(ReadOnlyAdmin):
    """Shows the programme instead of a list of sums."""

    def get_urls(self) -> list[URLPattern]:
        """Add the table, and the page that asks why points are held back."""
        table = self.admin_site.admin_view(self.table)
        hold = self.admin_site.admin_view(self.hold)
        return [
            path("table.csv", table, name="points_overview_csv"),
            path("hold/", hold, name="points_overview_hold"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A sum has no page of its own: lead to what it is part of."""
        return HttpResponseRedirect(reverse("admin:points_daytotal_changelist"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the programme over some days; keep what points are worth."""
        actor = actor_of(request)
        can_change_rules(actor).require()
        form = WorthForm(request.POST or None, instance=read_row(PointWorth))
        if request.method == "POST" and form.is_valid():
            try:
                set_worth(actor=actor, changes=form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("Kept."))
                return HttpResponseRedirect(request.get_full_path())
        page = {
            **self.admin_site.each_context(request),
            "title": _("Points at a glance"),
            "opts": self.opts,
            "page": get_overview(_span(request), request.GET.get("rule", "")[:40]),
            "spans": SPANS,
            "earner_days": EARNER_DAYS,
            "form": form,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/points/overview.html", page, status=status)

    def table(self, request: HttpRequest) -> HttpResponse:
        """The days as a table for a spreadsheet."""
        can_change_rules(actor_of(request)).require()
        rows = iterate_days(get_overview(_span(request)))
        response = StreamingHttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
        name = f"programme-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response  # type: ignore[return-value]

    def hold(self, request: HttpRequest) -> HttpResponse:
        """Ask why, and hold back what a pattern brought. What is not unusual any more is not found."""
        actor = actor_of(request)
        can_change_rules(actor).require()
        since = _since(request)
        pattern = _asked(request, since)
        return ask_reason(
            request,
            title=_("Hold points back"),
            subject=f"{pattern.member.name}: {pattern.why} ({pattern.points})",
            back=reverse("admin:points_daytotal_changelist"),
            act=lambda reason: hold_pattern(actor=actor, pattern=pattern, since=since, reason=reason),
            done=_("The points are held back. Their member was told, and can answer."),
        )


def _span(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and len(asked) < 4 else USUAL
    return min(max(days, 1), LONGEST)


def _since(request: HttpRequest) -> dt.datetime:
    today = timezone.now().astimezone(dt.UTC).date()
    days = min(_span(request), EARNER_DAYS)
    return dt.datetime.combine(today - dt.timedelta(days=days - 1), dt.time(), dt.UTC)


def _asked(request: HttpRequest, since: dt.datetime) -> Pattern:
    wanted = tuple(request.GET.get(name, "") for name in ("pattern", "member", "giver"))
    for found in find_patterns(since):
        giver = str(found.giver.pk) if found.giver else ""
        if (found.name, str(found.member.pk), giver) == wanted:
            return found
    raise NotFound()
