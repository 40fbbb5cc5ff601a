"""The brand's way to the levels of attention that a group brings."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.groups.queries import get_group_for
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of
from community.spaces.group_levels import levels_of, set_group_levels
from community.spaces.models import GroupLevel, Level


class GroupLevelsOut(Out):
    """The levels a group brings, by address."""

    spaces = serializers.DictField(child=serializers.CharField())
    tags = serializers.DictField(child=serializers.CharField())


class GroupLevelsIn(In):
    """The levels a group is to bring. What is not named goes."""

    spaces = serializers.DictField(
        child=serializers.ChoiceField(choices=Level.choices), required=False, default=dict
    )
    tags = serializers.DictField(
        child=serializers.ChoiceField(choices=Level.choices), required=False, default=dict
    )


LEVELS = OpenApiExample(
    "Watch one space, track one topic",
    value={"spaces": {"testers": "watching"}, "tags": {"tents": "tracking"}},
    request_only=True,
)


class GroupLevels(ApiView):
    """Levels of attention that a group brings."""

    scopes: ClassVar = {"GET": "groups:read", "PUT": "groups:write"}
    least: ClassVar = {"GET": "manager", "PUT": "manager"}

    @extend_schema(operation_id="getGroupLevels", tags=["Groups"], responses=GroupLevelsOut)
    def get(self, request: Request, slug: str) -> Response:
        """Read which spaces and topics those who come into a group attend to, and how closely."""
        return _shown(levels_of(get_group_for(actor_of(request), slug)))

    @extend_schema(
        operation_id="setGroupLevels",
        tags=["Groups"],
        request=GroupLevelsIn,
        responses=GroupLevelsOut,
        examples=[LEVELS],
    )
    def put(self, request: Request, slug: str) -> Response:
        """Say it. It holds for who comes in from now on, and never over what somebody chose."""
        actor = actor_of(request)
        group = get_group_for(actor, slug)
        set_group_levels(actor=actor, group=group, **read_body(request, GroupLevelsIn))
        return _shown(levels_of(group))


def _shown(levels: list[GroupLevel]) -> Response:
    said: dict[str, Any] = {
        "spaces": {row.space.slug: row.level for row in levels if row.space is not None},
        "tags": {row.tag.slug: row.level for row in levels if row.tag is not None},
    }
    return Response(GroupLevelsOut(said).data)
