"""Erasing a member for them and making two accounts one, by program: the same as in the admin, and as final."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.members.queries import get_member_for
from community.privacy import limits
from community.privacy.actions import anonymise_member, merge_members
from community.privacy.merging.moving import count_rows
from community.privacy.permissions import can_anonymise
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class MemberMergeIn(In):
    """Which account stays, and why."""

    into = serializers.CharField(max_length=31, help_text="The handle of the account that stays.")
    reason = serializers.CharField(max_length=limits.REASON_LENGTH, help_text="Kept by the audit log.")


class MovingOut(Out):
    """How many rows of one kind would move; counting ends at 50,000."""

    title = serializers.CharField()
    rows = serializers.IntegerField()


class MergePlanOut(Out):
    """What would move."""

    results = MovingOut(many=True)


class MergedOut(Out):
    """What became of it."""

    into = MemberRefOut()
    rows = serializers.IntegerField(help_text="How many rows moved.")


class AnonymiseIn(In):
    """How to erase a member, and why."""

    reason = serializers.CharField(max_length=limits.REASON_LENGTH, help_text="Kept by the audit log.")
    deletes_posts = serializers.BooleanField(
        default=False, help_text="Take posts and messages away; otherwise they stay without a name."
    )


class AnonymisedOut(Out):
    """An erasure that begins within a minute."""

    id = serializers.IntegerField()
    state = serializers.CharField(help_text="waiting, working, done or kept.")
    deletes_posts = serializers.BooleanField()
    due_at = serializers.DateTimeField()


class MemberMerge(ApiView):
    """One account becoming part of another."""

    scopes: ClassVar = {"GET": "accounts:write", "POST": "accounts:write"}
    least: ClassVar = {"GET": "manager", "POST": "manager"}

    @extend_schema(operation_id="planMerge", tags=["Members"], responses=MergePlanOut)
    def get(self, request: Request, handle: str) -> Response:
        """Count what would move from this account to another. Nothing is changed."""
        actor = actor_of(request)
        member = get_member_for(actor, handle)
        can_anonymise(actor, member).require()
        return Response({"results": MovingOut(count_rows(member), many=True).data})

    @extend_schema(operation_id="mergeMember", tags=["Members"], request=MemberMergeIn, responses=MergedOut)
    def post(self, request: Request, handle: str) -> Response:
        """Make this account part of another: everything moves, points too. There is no way back."""
        actor, asked = actor_of(request), read_body(request, MemberMergeIn)
        source, target = get_member_for(actor, handle), get_member_for(actor, asked["into"])
        rows = merge_members(actor=actor, source=source, target=target, reason=asked["reason"])
        return Response(MergedOut({"into": target, "rows": rows}).data)


class MemberErasure(ApiView):
    """Erasing a member for them."""

    scopes: ClassVar = {"POST": "accounts:write"}
    least: ClassVar = {"POST": "manager"}

    @extend_schema(
        operation_id="eraseMember", tags=["Members"], request=AnonymiseIn, responses={201: AnonymisedOut}
    )
    def post(self, request: Request, handle: str) -> Response:
        """Erase a member now, without the time to think it over. There is no way back; only lower roles can be erased."""
        actor, asked = actor_of(request), read_body(request, AnonymiseIn)
        erasure = anonymise_member(actor=actor, member=get_member_for(actor, handle), **asked)
        return Response(AnonymisedOut(erasure).data, status=201)


urlpatterns = [
    path("members/<str:handle>/merge", MemberMerge.as_view(), name="api_member_merge"),
    path("members/<str:handle>/erasure", MemberErasure.as_view(), name="api_member_erasure"),
]
