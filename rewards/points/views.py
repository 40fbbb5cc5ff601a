"""How points work, and a member's own statement."""

from itertools import chain

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.panels import panels_for
from community.spreadsheet import write_csv
from community.web import guest_cacheable
from rewards.points import queries


@allow(Who.GUEST, "GET")
@guest_cacheable
def how(request: HttpRequest) -> HttpResponse:
    """Every rule, rendered from the rows the engine reads; upper features add what points lead to."""
    context = {"page": queries.get_how_page(), "sections": panels_for("points_how", request)}
    return render(request, "rewards/points/how.html", context)


@allow(Who.MEMBER, "GET")
def statement(request: HttpRequest) -> HttpResponse:
    """A member's own statement: every change in words, newest first."""
    after = request.GET.get("after", "")
    page = queries.get_statement(
        actor_of(request), after=int(after) if after.isdecimal() and len(after) < 19 else 0
    )
    context = {"page": page, "sections": panels_for("points_statement", request, actor_of(request))}
    return render(request, "rewards/points/statement.html", context)


@allow(Who.MEMBER, "GET")
def statement_csv(request: HttpRequest) -> HttpResponse:
    """The whole statement for a spreadsheet."""
    head = [_("When"), _("Kind"), _("What"), _("Why"), _("Earned"), _("To spend")]
    rows = chain([head], queries.iterate_statement(actor_of(request)))
    response = StreamingHttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="points-{timezone.localdate():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]
