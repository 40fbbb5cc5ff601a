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
from rewards.points.earning.caps import daily_cap
from rewards.points.explaining import explain_post, get_own_contribution
from rewards.points.how import get_how_page
from rewards.points.narrowing import Wanted


@allow(Who.GUEST, "GET")
@guest_cacheable
def how(request: HttpRequest) -> HttpResponse:
    """Every rule, rendered from the rows the engine reads; upper features add what points lead to."""
    context = {"page": get_how_page(), "sections": panels_for("points_how", request)}
    return render(request, "rewards/points/how.html", context)


@allow(Who.MEMBER, "GET")
def statement(request: HttpRequest) -> HttpResponse:
    """A member's own statement: every change in words, newest first."""
    after = request.GET.get("after", "")
    page = queries.get_statement(
        actor_of(request),
        after=int(after) if after.isdecimal() and len(after) < 19 else 0,
        wanted=Wanted.read(request.GET.dict()),
    )
    context = {"page": page, "sections": panels_for("points_statement", request, actor_of(request))}
    return render(request, "rewards/points/statement.html", context)


@allow(Who.MEMBER, "GET")
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a post of one's own did or did not earn points, rule by rule."""
    post = get_own_contribution(actor_of(request), pk)
    context = {
        "post": post,
        "found": explain_post(post),
        "place": post.get_absolute_url(),
        "cap": daily_cap(),
    }
    return render(request, "rewards/points/why.html", context)


@allow(Who.MEMBER, "GET")
def statement_csv(request: HttpRequest) -> HttpResponse:
    """The statement, or what is wanted of it, for a spreadsheet."""
    head = [_("When"), _("Kind"), _("What"), _("Why"), _("Earned"), _("To spend")]
    rows = chain([head], queries.iterate_statement(actor_of(request), Wanted.read(request.GET.dict())))
    response = StreamingHttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="points-{timezone.localdate():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]
