"""What the team tells itself about members, and who looked at the site as one, by program."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.members.queries import get_member_for
from community.moderation.members_desk.actions import write_note
from community.moderation.members_desk.queries import list_looks_for, list_notes_for
from community.moderation.models.notes import NOTE_LENGTH
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

NEWEST = Order("newest", ("id",))


class NoteIn(In):
    """What the team is to know."""

    body = serializers.CharField(max_length=NOTE_LENGTH)


class NoteOut(Out):
    """A note that only the team reads. It is never changed."""

    id = serializers.IntegerField()
    author = MemberRefOut(allow_null=True)
    body = serializers.CharField()
    created_at = serializers.DateTimeField()


class LookOut(Out):
    """Somebody of the team looked at the site as a member."""

    id = serializers.IntegerField()
    actor = MemberRefOut(allow_null=True)
    member = MemberRefOut()
    reason = serializers.CharField()
    began_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="When it ended by itself at the latest.")
    ended_at = serializers.DateTimeField(allow_null=True)


NotePageOut = page_shape(NoteOut)
LookPageOut = page_shape(LookOut)


class MemberNotes(ApiView):
    """Notes about a member."""

    scopes: ClassVar = {"GET": "moderation:read", "POST": "moderation:write"}
    least: ClassVar = {"GET": "moderator", "POST": "moderator"}

    @extend_schema(
        operation_id="listMemberNotes", tags=["Moderation"], parameters=[PageIn], responses=NotePageOut
    )
    def get(self, request: Request, handle: str) -> Response:
        """List what the team noted about a member, the newest first."""
        actor = actor_of(request)
        rows = list_notes_for(actor, get_member_for(actor, handle))
        return page_of(request, rows, NEWEST, NoteOut, **read_query(request, PageIn))

    @extend_schema(operation_id="noteMember", tags=["Moderation"], request=NoteIn, responses={201: NoteOut})
    def post(self, request: Request, handle: str) -> Response:
        """Write a note about a member. Only the team reads it."""
        actor = actor_of(request)
        member = get_member_for(actor, handle)
        note = write_note(actor=actor, member=member, body=read_body(request, NoteIn)["body"])
        return Response(NoteOut(note).data, status=201)


class Looks(ApiView):
    """Who looked at the site as a member."""

    scopes: ClassVar = {"GET": "moderation:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="listLooks", tags=["Moderation"], parameters=[PageIn], responses=LookPageOut)
    def get(self, request: Request) -> Response:
        """List who of the team looked at the site as which member, why and how long, the newest first."""
        rows = list_looks_for(actor_of(request))
        return page_of(request, rows, NEWEST, LookOut, **read_query(request, PageIn))


urlpatterns = [
    path("members/<str:handle>/notes", MemberNotes.as_view(), name="api_member_notes"),
    path("moderation/looks", Looks.as_view(), name="api_looks"),
]
