"""The brand's way to reports and cases."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.messages.queries import get_message_for
from community.moderation import actions
from community.moderation.held import api as held_api
from community.moderation.log import api as log_api
from community.moderation.models import Case, CaseState, Reason
from community.moderation.queries import get_case_for, get_case_page, reviewable_by
from community.moderation.words import api as words_api
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from community.threads.queries import get_post_for

MOST_URGENT = Order("due", ("due_at", "id"), falling=False)


class ReportIn(In):
    """What is wrong with a post."""

    reason = serializers.ChoiceField(choices=Reason.choices)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class DecisionIn(In):
    """What to do with a case."""

    decision = serializers.CharField(
        max_length=32,
        help_text="One that the kind of the case offers: see `choices` of the case. For reports: keep, hide (posts only),"
        " remove, warn, silence, suspend.",
    )
    reason = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True, help_text="Told to the author."
    )
    days = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=3650,
        help_text="How long silence or suspension lasts.",
    )


class CaseOut(Out):
    """Something that needs a decision, or got one."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="post_report, message_report or another kind of case.")
    subject_type = serializers.CharField(help_text="What sort of thing it is about.")
    subject_id = serializers.IntegerField(allow_null=True)
    space_id = serializers.IntegerField(allow_null=True, help_text="Null when it happened in no space.")
    post_id = serializers.IntegerField(allow_null=True, help_text="Null unless a post was reported.")
    message_id = serializers.IntegerField(allow_null=True, help_text="Null unless a message was reported.")
    author = MemberRefOut(allow_null=True, help_text="Whom it is about.")
    state = serializers.CharField(help_text="open, decided or closed (settled elsewhere).")
    score = serializers.FloatField(help_text="How grave or likely it is; higher comes first.")
    facts = serializers.JSONField(help_text="What led to it, by its kind.")
    report_count = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    claimed_until = serializers.DateTimeField(allow_null=True)
    decision = serializers.CharField()
    decision_reason = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class ReportOut(Out):
    """One report."""

    reporter = MemberRefOut()
    reason = serializers.CharField()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()


class ReportedMessageOut(Out):
    """A message as those read it who decide about a report."""

    id = serializers.IntegerField()
    author = MemberRefOut(allow_null=True)
    state = serializers.CharField()
    body_md = serializers.CharField()
    created_at = serializers.DateTimeField()


class ChoiceOut(Out):
    """One thing that may be decided about a case."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # the name of an attribute of every field
    needs_reason = serializers.BooleanField()
    takes_days = serializers.BooleanField(help_text="Whether it lasts for days.")


class CaseDetailOut(CaseOut):
    """A case with what a decision needs."""

    title = serializers.SerializerMethodField(help_text="What it is about, in words.")
    choices = serializers.SerializerMethodField(help_text="What may be decided.")
    post_md = serializers.SerializerMethodField(help_text="Empty when a message was reported.")
    messages = serializers.SerializerMethodField(
        help_text="A reported message with the few before and after it; empty when a post was reported."
    )
    reports = serializers.SerializerMethodField()

    def get_title(self, case: Case) -> str:
        """Return what it is about."""
        return str(self.context["page"].subject.title)

    @extend_schema_field(ChoiceOut(many=True))
    def get_choices(self, case: Case) -> Any:
        """Return what the kind of the case offers."""
        return ChoiceOut(self.context["page"].kind.choices, many=True).data

    def get_post_md(self, case: Case) -> str:
        """Return what the post says."""
        return case.post.body_md if case.post else ""

    @extend_schema_field(ReportedMessageOut(many=True))
    def get_messages(self, case: Case) -> Any:
        """Return what stands around a reported message."""
        return ReportedMessageOut(self.context["page"].around, many=True).data

    @extend_schema_field(ReportOut(many=True))
    def get_reports(self, case: object) -> Any:
        """Return who reported it and why."""
        return ReportOut(self.context["page"].reports, many=True).data


CasePageOut = page_shape(CaseOut)
EXAMPLE = OpenApiExample(
    "Remove it",
    value={"decision": "remove", "reason": "It advertises a shop that sells copies."},
    request_only=True,
)


class CaseListIn(PageIn):
    """Which cases."""

    state = serializers.ChoiceField(required=False, choices=CaseState.choices, default=CaseState.OPEN)


class PostReport(ApiView):
    """Reporting a post."""

    scopes: ClassVar = {"POST": "reports:write"}

    @extend_schema(operation_id="reportPost", tags=["Moderation"], request=ReportIn, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Tell the team that a post needs a look. Others do not learn who did."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        actions.report_post(actor=actor, post=post, **read_body(request, ReportIn))
        return Response(status=204)


class MessageReport(ApiView):
    """Reporting a message."""

    scopes: ClassVar = {"POST": "reports:write"}

    @extend_schema(operation_id="reportMessage", tags=["Moderation"], request=ReportIn, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Tell the team that a message needs a look: they then read it with the few around it, and nothing else."""
        actor = actor_of(request)
        message = get_message_for(actor, pk)
        actions.report_message(actor=actor, message=message, **read_body(request, ReportIn))
        return Response(status=204)


class CaseList(ApiView):
    """Cases of spaces in which the caller keeps order; nobody else's, so most members see none."""

    scopes: ClassVar = {"GET": "moderation:read"}

    @extend_schema(
        operation_id="listCases", tags=["Moderation"], parameters=[CaseListIn], responses=CasePageOut
    )
    def get(self, request: Request) -> Response:
        """List the cases the caller may decide, the most urgent first."""
        asked = read_query(request, CaseListIn)
        cases = reviewable_by(actor_of(request)).filter(state=asked.pop("state")).select_related("author")
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
        examples=[EXAMPLE],
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


urlpatterns = [
    path("posts/<int:pk>/report", PostReport.as_view(), name="api_post_report"),
    path("messages/<int:pk>/report", MessageReport.as_view(), name="api_message_report"),
    path("moderation/cases", CaseList.as_view(), name="api_cases"),
    path("moderation/cases/<int:pk>", CaseDetail.as_view(), name="api_case"),
    path("moderation/cases/<int:pk>/claim", CaseClaim.as_view(), name="api_case_claim"),
    path("moderation/cases/<int:pk>/decision", CaseDecision.as_view(), name="api_case_decision"),
    *held_api.urlpatterns,
    *log_api.urlpatterns,
    *words_api.urlpatterns,
]
