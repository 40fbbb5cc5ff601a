"""Penalties by the API: laying, listing and lifting them, and what a member says to them."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Invalid
from community.members.api import MemberRefOut
from community.members.queries import get_member_for
from community.moderation import actions, limits
from community.moderation.appeals.actions import appeal_case, appeal_penalty
from community.moderation.appeals.queries import (
    HELD,
    POST,
    get_case_about,
    get_case_against,
    get_penalty_against,
)
from community.moderation.members_desk.ladder import propose_step
from community.moderation.models import Appeal, Penalty, PenaltyKind
from community.moderation.permissions import can_penalise
from community.moderation.queries import get_penalty_for, penalties_for, penalties_of
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

NEWEST = Order("newest", ("id",))


class PenaltyIn(In):
    """What to lay on a member."""

    kind = serializers.ChoiceField(choices=PenaltyKind.choices)
    reason = serializers.CharField(max_length=limits.REASON_LENGTH, help_text="Told to the member.")
    days = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=limits.LONGEST_DAYS,
        help_text="How long a pause lasts; none for a warning.",
    )
    hide_days = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=limits.LONGEST_HIDING,
        help_text="Hides what they wrote in so many days as well, until it is lifted.",
    )


class NextPenaltyOut(Out):
    """Which step comes next for a member, and why."""

    kind = serializers.CharField(help_text="warn, silence or suspend.")
    days = serializers.IntegerField(allow_null=True, help_text="None for a warning.")
    why = serializers.CharField(help_text="What it follows from, in words.")


class PenaltyOut(Out):
    """What was laid on a member."""

    id = serializers.IntegerField()
    member = MemberRefOut()
    kind = serializers.CharField(help_text="warn, silence or suspend.")
    reason = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)
    case_id = serializers.IntegerField(allow_null=True)
    hidden_posts = serializers.ListField(
        child=serializers.IntegerField(), help_text="Posts that were hidden with it."
    )
    given_at = serializers.DateTimeField()
    lifted_at = serializers.DateTimeField(allow_null=True)


class MyPenaltyOut(Out):
    """What was laid on the caller; nobody learns who did."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="warn, silence or suspend.")
    reason = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)
    case_id = serializers.IntegerField(allow_null=True, help_text="Appeal this case, where there is one.")
    given_at = serializers.DateTimeField()
    lifted_at = serializers.DateTimeField(allow_null=True)


class AppealIn(In):
    """What the caller says to a decision: name the case, the penalty that was laid without one, the post that was taken
    off, or what waited and was not let through."""

    case_id = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    penalty_id = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    post_id = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    held_id = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    words = serializers.CharField(max_length=limits.APPEAL_LENGTH)


class AppealOut(Out):
    """What the caller said to a decision, and what came of it."""

    id = serializers.IntegerField()
    case_id = serializers.IntegerField(allow_null=True)
    penalty_id = serializers.IntegerField(allow_null=True)
    words = serializers.CharField()
    state = serializers.CharField(help_text="open, upheld, rejected, or moot when it was settled before.")
    answer = serializers.CharField(help_text="What the team said.")
    made_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


PenaltyPageOut = page_shape(PenaltyOut)
MyPenaltyPageOut = page_shape(MyPenaltyOut)
AppealPageOut = page_shape(AppealOut)


class MemberPenalties(ApiView):
    """What is laid on a member."""

    scopes: ClassVar = {"GET": "moderation:read", "POST": "moderation:write"}

    @extend_schema(
        operation_id="listMemberPenalties",
        tags=["Moderation"],
        parameters=[PageIn],
        responses=PenaltyPageOut,
    )
    def get(self, request: Request, handle: str) -> Response:
        """List what was laid on one member, the newest first. Only the team sees any."""
        actor = actor_of(request)
        found = penalties_of(actor, get_member_for(actor, handle)).select_related("member")
        return page_of(request, found, NEWEST, PenaltyOut, **read_query(request, PageIn))

    @extend_schema(
        operation_id="penaliseMember", tags=["Moderation"], request=PenaltyIn, responses={201: PenaltyOut}
    )
    def post(self, request: Request, handle: str) -> Response:
        """Warn, silence or suspend a member, who is told why and until when, and may appeal."""
        actor = actor_of(request)
        member = get_member_for(actor, handle)
        penalty = actions.penalise_member(actor=actor, member=member, **read_body(request, PenaltyIn))
        return Response(PenaltyOut(penalty).data, status=201)


class MemberNextPenalty(ApiView):
    """What comes next for a member."""

    scopes: ClassVar = {"GET": "moderation:read"}

    @extend_schema(operation_id="proposePenalty", tags=["Moderation"], responses=NextPenaltyOut)
    def get(self, request: Request, handle: str) -> Response:
        """Say which penalty the ladder proposes for a member, how long it would last, and why."""
        actor = actor_of(request)
        member = get_member_for(actor, handle)
        can_penalise(actor, member).require()
        return Response(NextPenaltyOut(propose_step(member)).data)


class Penalties(ApiView):
    """What was laid on members."""

    scopes: ClassVar = {"GET": "moderation:read"}

    @extend_schema(
        operation_id="listPenalties", tags=["Moderation"], parameters=[PageIn], responses=PenaltyPageOut
    )
    def get(self, request: Request) -> Response:
        """List penalties, the newest first. Only the team sees any."""
        penalties = penalties_for(actor_of(request)).select_related("member")
        return page_of(request, penalties, NEWEST, PenaltyOut, **read_query(request, PageIn))


class PenaltyDetail(ApiView):
    """One penalty."""

    scopes: ClassVar = {"DELETE": "moderation:write"}

    @extend_schema(operation_id="liftPenalty", tags=["Moderation"], responses=PenaltyOut)
    def delete(self, request: Request, pk: int) -> Response:
        """End a penalty before its time. The member is told."""
        actor = actor_of(request)
        return Response(
            PenaltyOut(actions.lift_penalty(actor=actor, penalty=get_penalty_for(actor, pk))).data
        )


class MyPenalties(ApiView):
    """What was laid on the caller."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(
        operation_id="listMyPenalties", tags=["Me"], parameters=[PageIn], responses=MyPenaltyPageOut
    )
    def get(self, request: Request) -> Response:
        """List what was laid on the caller, the newest first."""
        penalties = Penalty.objects.filter(member=actor_of(request))
        return page_of(request, penalties, NEWEST, MyPenaltyOut, **read_query(request, PageIn))


class MyAppeals(ApiView):
    """What the caller said to decisions."""

    scopes: ClassVar = {"GET": "me:read", "POST": "me:write"}

    @extend_schema(operation_id="listMyAppeals", tags=["Me"], parameters=[PageIn], responses=AppealPageOut)
    def get(self, request: Request) -> Response:
        """List the appeals of the caller, the newest first, with what came of them."""
        appeals = Appeal.objects.filter(member=actor_of(request))
        return page_of(request, appeals, NEWEST, AppealOut, **read_query(request, PageIn))

    @extend_schema(operation_id="appeal", tags=["Me"], request=AppealIn, responses={201: AppealOut})
    def post(self, request: Request) -> Response:
        """Ask the team, once, to look again. Somebody who did not decide it does."""
        actor, typed = actor_of(request), read_body(request, AppealIn)
        return Response(AppealOut(_appeal(actor, typed)).data, status=201)


def _appeal(actor: Any, typed: dict[str, Any]) -> Appeal:
    words = typed.pop("words")
    named = [(name, pk) for name, pk in typed.items() if pk is not None]
    if len(named) != 1:
        sentence = _("Name one thing: a case, a penalty, a post, or what waited.")
        raise Invalid("appeal_against_one", sentence, fields={"case_id": sentence})
    ((name, pk),) = named
    if name == "penalty_id":
        penalty = get_penalty_against(actor, pk).penalty
        assert penalty is not None
        return appeal_penalty(actor=actor, penalty=penalty, words=words)
    if name == "case_id":
        case = get_case_against(actor, pk).case
        assert case is not None
    else:
        case = get_case_about(actor, subject=(POST if name == "post_id" else HELD, pk))
    return appeal_case(actor=actor, case=case, words=words)
