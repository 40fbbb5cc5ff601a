"""Pages about oneself: what became of what one said, and why the home looks as it does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Who, actor_of, allow
from community.threads import queries
from community.threads.queries.concern import REASONS, WAITS, count_followed
from community.threads.queries.outcomes import LOOKED_AT, list_outcomes
from community.web import is_fragment


@allow(Who.MEMBER, "GET")
def outcomes(request: HttpRequest) -> HttpResponse:
    """Show a member what became of their words, the latest first."""
    after = queries.read_cursor(request.GET.get("after", ""))
    page = list_outcomes(actor_of(request), after)
    part = "_outcomes.html" if is_fragment(request) and after is not None else "outcomes.html"
    return render(request, f"community/threads/{part}", {"page": page, "looked_at": LOOKED_AT})


@allow(Who.MEMBER, "GET")
def why(request: HttpRequest) -> HttpResponse:
    """Explain by what formula the home is put together, and what of it the member chose."""
    context = {
        "reasons": [(reason.said, reason.points) for reason in REASONS.values()],
        "waits": WAITS,
        "followed": count_followed(actor_of(request)),
    }
    return render(request, "community/threads/why.html", context)
