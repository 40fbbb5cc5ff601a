"""The brand's way to profile fields and the answers to them."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.fields import queries
from community.members.fields.actions import answer_fields, erase_field, rename_choice, save_field
from community.members.fields.permissions import can_define_fields
from community.members.models import FieldKind, FilledBy, Member, ProfileField, SeenBy
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of, viewer_of

ANSWER = {
    "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    "nullable": True,
    "description": "A text, a choice, a date such as 2024-05-31 or a link; a list where several choices are allowed.",
}


@extend_schema_field({"type": "object", "additionalProperties": ANSWER})
class AnswersField(serializers.DictField):
    """Answers by the key of their field."""

    child = serializers.JSONField(allow_null=True)


class FieldOut(Out):
    """A field of profiles."""

    key = serializers.CharField()
    name = serializers.CharField()
    help = serializers.CharField(source="help_text")
    kind = serializers.CharField(help_text="text, choice, choices, date or link.")
    choices = serializers.ListField(child=serializers.CharField())
    seen_by = serializers.CharField(help_text="public, members or staff.")
    filled_by = serializers.CharField(help_text="member or staff.")
    is_required = serializers.BooleanField()
    at_sign_up = serializers.BooleanField()
    is_searchable = serializers.BooleanField()
    is_filterable = serializers.BooleanField()
    on_card = serializers.BooleanField()
    is_active = serializers.BooleanField()
    position = serializers.IntegerField()


class FieldChangesIn(In):
    """How a field is asked and shown."""

    name = serializers.CharField(max_length=60)
    help = serializers.CharField(max_length=200, required=False, allow_blank=True, source="help_text")
    kind = serializers.ChoiceField(choices=FieldKind.choices, required=False)
    choices = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=100, required=False
    )
    seen_by = serializers.ChoiceField(choices=SeenBy.choices, required=False)
    filled_by = serializers.ChoiceField(choices=FilledBy.choices, required=False)
    is_required = serializers.BooleanField(required=False)
    at_sign_up = serializers.BooleanField(required=False)
    is_searchable = serializers.BooleanField(required=False)
    is_filterable = serializers.BooleanField(required=False)
    on_card = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=0, max_value=10_000, required=False)


class FieldIn(FieldChangesIn):
    """A new field."""

    key = serializers.RegexField(
        r"^[a-z][a-z0-9_]{0,39}\Z", max_length=40, help_text="It cannot change later."
    )


class FieldsOut(Out):
    """The fields, in their order."""

    results = FieldOut(many=True)


class RenameIn(In):
    """A choice, and what it is to be called."""

    before = serializers.CharField(max_length=60)
    after = serializers.CharField(max_length=60)


class AnswersIn(In):
    """Answers by key; null takes one back, what is not named stays."""

    answers = AnswersField()


class AnswersOut(Out):
    """The answers the caller may read, by key."""

    answers = AnswersField()


TERRAIN = OpenApiExample(
    "Favourite terrain",
    value={
        "key": "terrain",
        "name": "Favourite terrain",
        "kind": "choices",
        "choices": ["Forest", "High mountains"],
    },
    request_only=True,
)


class FieldList(ApiView):
    """What profiles ask."""

    scopes: ClassVar = {"GET": "members:read", "POST": "fields:write"}
    guests = ("GET",)
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="listProfileFields", tags=["Profile fields"], responses=FieldsOut)
    def get(self, request: Request) -> Response:
        """List the fields of profiles whose answers the caller may read; managers also see those out of use."""
        viewer = viewer_of(request)
        fields: Any = [f for f in queries.fields_in_use() if _may_know(viewer, f)]
        if viewer is not None and can_define_fields(viewer):
            fields = ProfileField.objects.all()
        return Response({"results": FieldOut(fields, many=True).data})

    @extend_schema(
        operation_id="addProfileField",
        tags=["Profile fields"],
        request=FieldIn,
        responses={201: FieldOut},
        examples=[TERRAIN],
    )
    def post(self, request: Request) -> Response:
        """Ask something new of members."""
        field = save_field(actor=actor_of(request), changes=read_body(request, FieldIn))
        return Response(FieldOut(field).data, status=201)


def _may_know(viewer: Member | None, field: ProfileField) -> bool:
    if field.seen_by == SeenBy.PUBLIC or (viewer is not None and viewer.is_staff):
        return True
    return viewer is not None and (field.seen_by == SeenBy.MEMBERS or field.filled_by == FilledBy.MEMBER)


class OneField(ApiView):
    """A field of profiles."""

    scopes: ClassVar = {"PATCH": "fields:write", "DELETE": "fields:write"}
    least: ClassVar = {"PATCH": "manager", "DELETE": "manager"}

    @extend_schema(
        operation_id="changeProfileField",
        tags=["Profile fields"],
        request=FieldChangesIn(partial=True),
        responses=FieldOut,
    )
    def patch(self, request: Request, key: str) -> Response:
        """Change how it is asked and shown. No answer is lost: what cannot be kept is refused."""
        actor = actor_of(request)
        field = queries.get_field_for(actor, key)
        changes = read_body(request, FieldChangesIn, partial=True)
        return Response(FieldOut(save_field(actor=actor, field=field, changes=changes)).data)

    @extend_schema(operation_id="eraseProfileField", tags=["Profile fields"], responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Erase a field that is out of use, with every answer to it."""
        actor = actor_of(request)
        erase_field(actor=actor, field=queries.get_field_for(actor, key))
        return Response(status=204)


class FieldChoice(ApiView):
    """The name of a choice."""

    scopes: ClassVar = {"PUT": "fields:write"}
    least: ClassVar = {"PUT": "manager"}

    @extend_schema(
        operation_id="renameChoice", tags=["Profile fields"], request=RenameIn, responses={204: None}
    )
    def put(self, request: Request, key: str) -> Response:
        """Call a choice something else, also for those who chose it."""
        actor = actor_of(request)
        rename_choice(actor=actor, field=queries.get_field_for(actor, key), **read_body(request, RenameIn))
        return Response(status=204)


def _answers(viewer: Member | None, member: Member) -> Response:
    shown = queries.shown_answers(viewer, member, queries.answers_of(member))
    return Response({"answers": {answer.key: answer.value for answer in shown}})


class MyAnswers(ApiView):
    """What the caller answered."""

    scopes: ClassVar = {"GET": "me:read", "PATCH": "me:write"}

    @extend_schema(operation_id="getMyAnswers", tags=["Profile fields"], responses=AnswersOut)
    def get(self, request: Request) -> Response:
        """Read the caller's answers to profile fields."""
        return _answers(actor_of(request), actor_of(request))

    @extend_schema(
        operation_id="changeMyAnswers", tags=["Profile fields"], request=AnswersIn, responses=AnswersOut
    )
    def patch(self, request: Request) -> Response:
        """Answer profile fields."""
        actor = actor_of(request)
        answer_fields(actor=actor, member=actor, **read_body(request, AnswersIn))
        return _answers(actor, actor)


class MemberAnswers(ApiView):
    """What a member answered."""

    scopes: ClassVar = {"GET": "members:read", "PATCH": "fields:write"}
    guests = ("GET",)
    least: ClassVar = {"PATCH": "manager"}

    @extend_schema(operation_id="getMemberAnswers", tags=["Profile fields"], responses=AnswersOut)
    def get(self, request: Request, handle: str) -> Response:
        """Read a member's answers, as far as the caller may."""
        viewer = viewer_of(request)
        return _answers(viewer, get_member_for(viewer, handle))

    @extend_schema(
        operation_id="changeMemberAnswers", tags=["Profile fields"], request=AnswersIn, responses=AnswersOut
    )
    def patch(self, request: Request, handle: str) -> Response:
        """Fill in fields of a member's profile, also those that only staff and sign-on fill in."""
        actor = actor_of(request)
        member = get_member_for(actor, handle)
        answer_fields(actor=actor, member=member, **read_body(request, AnswersIn))
        return _answers(actor, member)


urlpatterns = [
    path("profile-fields", FieldList.as_view(), name="api_profile_fields"),
    path("profile-fields/<str:key>", OneField.as_view(), name="api_profile_field"),
    path("profile-fields/<str:key>/choices", FieldChoice.as_view(), name="api_profile_field_choices"),
    path("me/answers", MyAnswers.as_view(), name="api_my_answers"),
    path("members/<str:handle>/answers", MemberAnswers.as_view(), name="api_member_answers"),
]
