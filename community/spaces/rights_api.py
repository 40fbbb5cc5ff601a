"""The brand's way to who may do what in a space."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_query
from community.rest.views import ApiView, actor_of
from community.spaces.audiences import audience_choices
from community.spaces.queries import get_space_for
from community.spaces.rights import count_rights, sentences, standing_in


class KeysField(serializers.ListField):
    """Keys of those who have a right."""

    child = serializers.CharField(max_length=40)


class AudienceOut(Out):
    """Somebody a right may be given to."""

    key = serializers.CharField(help_text="As it stands in `see_for`, `reply_for` and `create_for`.")
    words = serializers.CharField()


class AudiencesOut(Out):
    """All that rights may be given to."""

    items = AudienceOut(many=True)


class CountsOut(Out):
    """How many may do what now."""

    members = serializers.IntegerField()
    see = serializers.IntegerField()
    reply = serializers.IntegerField()
    create = serializers.IntegerField()  # type: ignore[assignment]


class VerdictOut(Out):
    """A right, or why not."""

    allowed = serializers.BooleanField()
    reason = serializers.CharField()


class RightsOfMemberOut(Out):
    """What one member may do."""

    see = VerdictOut()
    reply = VerdictOut()
    create = VerdictOut()  # type: ignore[assignment]


class RightsOut(Out):
    """Who may do what in a space."""

    access = serializers.CharField()
    is_listed = serializers.BooleanField()
    see_for = KeysField()
    replying = serializers.CharField()
    reply_for = KeysField()
    posting = serializers.CharField()
    create_for = KeysField()
    sentences = serializers.ListField(child=serializers.CharField(), help_text="The same in plain words.")
    counts = CountsOut()
    member = RightsOfMemberOut(allow_null=True, help_text="What the member asked for may do.")


class RightsIn(In):
    """Of whom to tell besides."""

    member = serializers.CharField(required=False, max_length=40, help_text="A handle.")


class Audiences(ApiView):
    """Whom rights may be given to."""

    scopes: ClassVar = {"GET": "spaces:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="listAudiences", tags=["Spaces"], responses=AudiencesOut)
    def get(self, request: Request) -> Response:
        """List the groups, trust levels and tiers to which rights in spaces may be given. Managers only."""
        return Response({"items": AudienceOut(audience_choices(), many=True).data})


class SpaceRights(ApiView):
    """Who may do what in a space."""

    scopes: ClassVar = {"GET": "spaces:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="getSpaceRights", tags=["Spaces"], parameters=[RightsIn], responses=RightsOut)
    def get(self, request: Request, slug: str) -> Response:
        """Read who may do what, how many that are, and what one member may do. Managers only."""
        actor = actor_of(request)
        space = get_space_for(actor, slug)
        counts = count_rights(actor, space)
        handle = read_query(request, RightsIn).get("member")
        said: dict[str, Any] = {name: getattr(space, name) for name in _STORED}
        said |= {"sentences": sentences(space, counts), "counts": counts, "member": None}
        if handle:
            said["member"] = standing_in(actor, space, get_member_for(actor, handle))
        return Response(RightsOut(said).data)


_STORED = ("access", "is_listed", "see_for", "replying", "reply_for", "posting", "create_for")
