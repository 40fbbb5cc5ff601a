"""The brand's way to the review queue: reading it, claiming, deciding one case or several, and taking back."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.moderation import actions, limits
from community.moderation.api.shapes import (
    DECISION_EXAMPLE,
    CaseDetailOut,
    CaseListIn,
    CaseOut,
    CasePageOut,
    DecisionIn,
)
from community.moderation.desk.queries import get_cases_for
from community.moderation.models import Case
from community.moderation.queries import get_case_for, get_case_page, reviewable_by
from community.rest.inputs import Out, read_body, read_query
from community.rest.paging import Order, page_of
from community.rest.views import ApiView, actor_of

MOST_URGENT = Order("due", ("due_at", "id"), falling=False)


class SeveralIn(DecisionIn):
    """What to do with several cases of one kind."""

    cases = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=1, max_length=limits.MOST_TOGETHER
    )
    kind = serializers.CharField(max_length=32, help_text="Cases of other kinds are refused.")


class RefusedCaseOut(Out):
    """A case to which it was not done."""

    id = serializers.IntegerField()
    why = serializers.CharField()


class SeveralOut(Out):
    """What came of it: one that is refused holds up no other. Cases the caller may not see are in neither list."""

    decided = serializers.ListField(child=serializers.IntegerField())
    refused = RefusedCaseOut(many=True)


class CaseList(ApiView):
    """Cases of spaces in which the caller keeps order; nobody else's, so most members see none."""

    scopes: ClassVar = {"GET": "moderation:read"}

    @extend_schema(
        operation_id="listCases", tags=["Moderation"], parameters=[CaseListIn], responses=CasePageOut
    )
    def get(self, request: Request) -> Response:
        """List the cases the caller may decide, the most urgent first."""
        actor, asked = actor_of(request), read_query(request, CaseListIn)
        cases = reviewable_by(actor).filter(state=asked.pop("state")).select_related("author")
        cases = _narrowed(cases, actor, asked)
        return page_of(request, cases, MOST_URGENT, CaseOut, **asked)


class CaseDetail(ApiView):
    """One case."""

    scopes: ClassVar = {"GET": "moderation:read"}

    @extend_schema(operation_id="getCase", tags=["Moderation"], responses=CaseDetailOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read a case with its reports."""
        page = get_case_page(actor_of(request), pk)
        return Response(CaseDetailOut(page.case, context={"page": page}).data)


class CaseClaim(ApiView):
    """Who looks at a case now."""

    scopes: ClassVar = {"PUT": "moderation:write", "DELETE": "moderation:write"}

    @extend_schema(operation_id="claimCase", tags=["Moderation"], request=None, responses=CaseOut)
    def put(self, request: Request, pk: int) -> Response:
        """Keep others from deciding a case for ten minutes, unless a manager chose otherwise."""
        actor = actor_of(request)
        return Response(CaseOut(actions.claim_case(actor=actor, case=get_case_for(actor, pk))).data)

    @extend_schema(operation_id="releaseCase", tags=["Moderation"], responses=CaseOut)
    def delete(self, request: Request, pk: int) -> Response:
        """Give a claim back."""
        actor = actor_of(request)
        return Response(CaseOut(actions.release_case(actor=actor, case=get_case_for(actor, pk))).data)


class CaseDecision(ApiView):
    """What was decided."""

    scopes: ClassVar = {"PUT": "moderation:write", "DELETE": "moderation:write"}

    @extend_schema(
        operation_id="decideCase",
        tags=["Moderation"],
        request=DecisionIn,
        responses=CaseOut,
        examples=[DECISION_EXAMPLE],
    )
    def put(self, request: Request, pk: int) -> Response:
        """Decide a case as its kind offers; a reported post: keep, hide, remove, warn, silence or suspend."""
        actor = actor_of(request)
        case = get_case_for(actor, pk)
        decided = actions.decide_case(actor=actor, case=case, **read_body(request, DecisionIn))
        return Response(CaseOut(decided).data)

    @extend_schema(operation_id="undoDecision", tags=["Moderation"], responses=CaseOut)
    def delete(self, request: Request, pk: int) -> Response:
        """Take a decision back; the case waits again."""
        actor = actor_of(request)
        return Response(CaseOut(actions.undo_decision(actor=actor, case=get_case_for(actor, pk))).data)


class CaseDecisions(ApiView):
    """Deciding several cases alike."""

    scopes: ClassVar = {"POST": "moderation:write"}

    @extend_schema(operation_id="decideCases", tags=["Moderation"], request=SeveralIn, responses=SeveralOut)
    def post(self, request: Request) -> Response:
        """Decide several cases of one kind alike. Take them back one by one."""
        actor, typed = actor_of(request), read_body(request, SeveralIn)
        told = actions.decide_cases(actor=actor, cases=get_cases_for(actor, typed.pop("cases")), **typed)
        refused = [{"id": case.pk, "why": why} for case, why in told.refused]
        return Response(SeveralOut({"decided": [case.pk for case in told.done], "refused": refused}).data)


def _narrowed(cases: QuerySet[Case], actor: Member, asked: dict[str, Any]) -> QuerySet[Case]:
    """Narrow the queue by what was asked for, and take that out of it."""
    now, kind, space = timezone.now(), asked.pop("kind", None), asked.pop("space", None)
    claimed, overdue = asked.pop("claimed", None), asked.pop("overdue", None)
    if kind:
        cases = cases.filter(kind=kind)
    if space is not None:
        cases = cases.filter(space_id=space)
    if claimed == "me":
        cases = cases.filter(claimed_by=actor, claimed_until__gt=now)
    elif claimed == "nobody":
        cases = cases.filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
    if overdue is not None:
        cases = cases.filter(due_at__lt=now) if overdue else cases.filter(due_at__gte=now)
    return cases
