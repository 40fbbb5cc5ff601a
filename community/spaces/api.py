"""The brand's way to spaces. Tags are in `community.threads.api.tags`."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.api import MemberRefOut
from community.members.models import Member
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.switches import Switch, switch
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces import actions, attention, group_levels_api, rights_api
from community.spaces.asking import api as asking_api
from community.spaces.entering import api as entering_api
from community.spaces.models import Access, Colour, Kind, Level, Posting, Space, SpaceFollow, TagGroup
from community.spaces.queries import get_space_for, people_in, with_above
from community.spaces.rights_api import KeysField

BY_POSITION = Order("position", ("position", "id"), falling=False)
FIRST_ADDED = Order("added", ("id",), falling=False)


class SpaceOut(Out):
    """A place to talk."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    access = serializers.CharField(help_text="public, members or private.")
    posting = serializers.CharField(help_text="Who begins threads: everyone, staff or chosen.")
    replying = serializers.CharField(help_text="Who replies: everyone, staff or chosen.")
    parent = serializers.CharField(  # type: ignore[assignment]
        source="above",
        allow_null=True,
        help_text="The address of the space it stands below, if the caller reads that one.",
    )
    kind = serializers.CharField(
        help_text="What is begun here: discussion, question, idea, article or showcase."
    )
    icon = serializers.CharField()
    colour = serializers.CharField()
    position = serializers.IntegerField(help_text="Its place in lists, smallest first.")
    thread_count = serializers.IntegerField()
    last_thread_at = serializers.DateTimeField(allow_null=True)
    required_group_id = serializers.IntegerField(
        allow_null=True, help_text="The group of tags of which threads here carry one."
    )
    slow_seconds = serializers.IntegerField(
        help_text="Seconds between two replies of one member in a thread."
    )
    auto_close_days = serializers.IntegerField(
        help_text="New threads close so many days after their last reply; 0: never."
    )
    first_posts = serializers.IntegerField(
        help_text="So many first posts of members at trust level 0 wait here for the team; 0: as everywhere."
    )
    asks = serializers.BooleanField(help_text="Whether `getSpaceForm` has a template or fields.")
    is_archived = serializers.BooleanField()
    url = serializers.CharField(source="get_absolute_url")


class SpaceChangeIn(In):
    """Settings of a space. What is not sent stays."""

    name = serializers.CharField(max_length=200)
    slug = serializers.CharField(max_length=200, help_text="Its address.")
    description = serializers.CharField(max_length=1000, allow_blank=True)
    access = serializers.ChoiceField(choices=Access.choices)
    posting = serializers.ChoiceField(choices=Posting.choices, help_text="Who begins threads.")
    replying = serializers.ChoiceField(choices=Posting.choices, help_text="Who replies.")
    is_listed = serializers.BooleanField(
        help_text="Of a private space: members see its name and what it is for. Otherwise it is secret."
    )
    see_for = KeysField(help_text="Who else reads a private space: keys as `listAudiences` names them.")
    reply_for = KeysField(help_text="Who replies where `replying` is chosen. Empty is nobody.")
    create_for = KeysField(help_text="Who begins threads where `posting` is chosen. Empty is nobody.")
    parent = serializers.SlugRelatedField(  # type: ignore[assignment]
        slug_field="slug",
        queryset=Space.objects.all(),
        allow_null=True,
        help_text="The space it stands below; that one stands at the top.",
    )
    kind = serializers.ChoiceField(choices=Kind.choices)
    icon = serializers.SlugField(max_length=20)
    colour = serializers.ChoiceField(choices=Colour.choices, allow_blank=True)
    required_group = serializers.PrimaryKeyRelatedField(
        queryset=TagGroup.objects.all(),
        allow_null=True,
        help_text="A group of tags: who begins a thread here chooses one of it.",
    )
    position = serializers.IntegerField(min_value=0, max_value=32_767)
    slow_seconds = serializers.IntegerField(min_value=0, max_value=604_800)
    auto_close_days = serializers.IntegerField(min_value=0, max_value=3650)
    first_posts = serializers.IntegerField(min_value=0, max_value=10)
    is_archived = serializers.BooleanField(help_text="An archive stays readable; nothing is added.")


class SpaceIn(SpaceChangeIn):
    """A space to open. Only the name is needed; the address is made from it."""

    def get_fields(self) -> dict[str, Any]:
        """Return the settings, none but the name required. Nothing begins as an archive."""
        fields = super().get_fields()
        fields.pop("is_archived")
        for name, field in fields.items():
            field.required = name == "name"
        return dict(fields)


class PersonOut(Out):
    """Somebody who was added to a space."""

    member = MemberRefOut()
    is_moderator = serializers.BooleanField()
    added_at = serializers.DateTimeField()


class PersonIn(In):
    """How somebody is added."""

    is_moderator = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Leave out to let it stand."
    )


SpacePageOut = page_shape(SpaceOut)
PersonPageOut = page_shape(PersonOut)
NEW = OpenApiExample(
    "A space for testers",
    value={"name": "Prototype testers", "access": "private", "kind": "discussion"},
    request_only=True,
)
EXAMPLE = OpenApiExample(
    "A space",
    value={
        "slug": "help",
        "name": "Help and how-to",
        "description": "Ask anything about our gear.",
        "access": "public",
        "posting": "everyone",
        "replying": "everyone",
        "parent": None,
        "kind": "question",
        "icon": "question",
        "colour": "",
        "position": 1,
        "required_group_id": None,
        "thread_count": 214,
        "last_thread_at": "2025-11-02T18:30:00Z",
        "asks": False,
        "is_archived": False,
        "url": "/s/help/",
    },
    response_only=True,
)


class SpaceList(ApiView):
    """The spaces the caller may read."""

    scopes: ClassVar = {"GET": "spaces:read", "POST": "spaces:write"}
    guests = ("GET",)
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="listSpaces", tags=["Spaces"], parameters=[PageIn], responses=SpacePageOut)
    def get(self, request: Request) -> Response:
        """List spaces in their order."""
        viewer = viewer_of(request)
        spaces = with_above(Space.objects.visible_to(viewer), viewer)
        return page_of(request, spaces, BY_POSITION, SpaceOut, **read_query(request, PageIn))

    @extend_schema(
        operation_id="createSpace",
        tags=["Spaces"],
        request=SpaceIn,
        responses={201: SpaceOut},
        examples=[NEW, EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Open a space. Managers only."""
        actor = actor_of(request)
        space = actions.create_space(actor=actor, **read_body(request, SpaceIn))
        answer = Response(_shown(actor, space.slug), status=201)
        answer["Location"] = f"/api/v1/spaces/{space.slug}"
        return answer


class SpaceDetail(ApiView):
    """One space."""

    scopes: ClassVar = {"GET": "spaces:read", "PATCH": "spaces:write"}
    guests = ("GET",)
    least: ClassVar = {"PATCH": "manager"}

    @extend_schema(operation_id="getSpace", tags=["Spaces"], responses=SpaceOut, examples=[EXAMPLE])
    def get(self, request: Request, slug: str) -> Response:
        """Read a space."""
        return Response(_shown(viewer_of(request), slug))

    @extend_schema(
        operation_id="changeSpace",
        tags=["Spaces"],
        request=SpaceChangeIn(partial=True),
        responses=SpaceOut,
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Change a space, make it an archive, or open it again. Managers only."""
        actor = actor_of(request)
        space = get_space_for(actor, slug)
        changes = read_body(request, SpaceChangeIn, partial=True)
        changed = actions.change_space(actor=actor, space=space, changes=changes)
        return Response(_shown(actor, changed.slug))


def _shown(viewer: Member | None, slug: str) -> Any:
    space = with_above(Space.objects.visible_to(viewer), viewer).filter(slug=slug).first()
    if space is None:
        raise NotFound()
    return SpaceOut(space).data


@switch(
    "Spaces",
    on=("followSpace", "Hear about new threads in a space. Doing it twice changes nothing."),
    off=("unfollowSpace", "Hear about new threads in a space no longer."),
)
class SpaceFollowing(Switch):
    """Whether the caller hears of new threads."""

    scopes: ClassVar = {"PUT": "me:write", "DELETE": "me:write"}

    def turn(self, actor: Member, on: bool, **place: Any) -> None:
        """Switch it on or off."""
        act = attention.follow_space if on else attention.unfollow_space
        act(actor=actor, space=get_space_for(actor, place["slug"]))


class FollowedSpaces(ApiView):
    """The spaces the caller follows."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="listMySpaces", tags=["Me"], parameters=[PageIn], responses=SpacePageOut)
    def get(self, request: Request) -> Response:
        """List the spaces the caller follows and may still read, in their order."""
        actor = actor_of(request)
        spaces = with_above(Space.objects.visible_to(actor), actor).filter(
            pk__in=SpaceFollow.objects.filter(member=actor).exclude(level=Level.MUTED).values("space")
        )
        return page_of(request, spaces, BY_POSITION, SpaceOut, **read_query(request, PageIn))


class SpacePeople(ApiView):
    """Who was added to a space."""

    scopes: ClassVar = {"GET": "spaces:read"}

    @extend_schema(
        operation_id="listSpaceMembers", tags=["Spaces"], parameters=[PageIn], responses=PersonPageOut
    )
    def get(self, request: Request, slug: str) -> Response:
        """List who was added to a space. For managers, and for moderators of the space."""
        actor = actor_of(request)
        people = people_in(actor, get_space_for(actor, slug))
        return page_of(request, people, FIRST_ADDED, PersonOut, **read_query(request, PageIn))


class SpacePerson(ApiView):
    """Somebody in a space."""

    scopes: ClassVar = {"PUT": "spaces:write", "DELETE": "spaces:write"}

    @extend_schema(operation_id="addSpaceMember", tags=["Spaces"], request=PersonIn, responses=PersonOut)
    def put(self, request: Request, slug: str, handle: str) -> Response:
        """Let somebody into a space. Managers also say who moderates it. Doing it twice changes nothing."""
        actor = actor_of(request)
        space, member = get_space_for(actor, slug), get_member_for(actor, handle)
        typed = read_body(request, PersonIn)
        return Response(
            PersonOut(actions.add_space_member(actor=actor, space=space, member=member, **typed)).data
        )

    @extend_schema(operation_id="removeSpaceMember", tags=["Spaces"], responses={204: None})
    def delete(self, request: Request, slug: str, handle: str) -> Response:
        """Take somebody out of a space. Of a private one they then see and hear nothing."""
        actor = actor_of(request)
        space, member = get_space_for(actor, slug), get_member_for(actor, handle)
        actions.remove_space_member(actor=actor, space=space, member=member)
        return Response(status=204)


urlpatterns = [
    path("groups/<str:slug>/levels", group_levels_api.GroupLevels.as_view(), name="api_group_levels"),
    *asking_api.urlpatterns,
    *entering_api.urlpatterns,
    path("audiences", rights_api.Audiences.as_view(), name="api_audiences"),
    path("spaces/<str:slug>/rights", rights_api.SpaceRights.as_view(), name="api_space_rights"),
    path("spaces", SpaceList.as_view(), name="api_spaces"),
    path("spaces/<str:slug>", SpaceDetail.as_view(), name="api_space"),
    path("spaces/<str:slug>/follow", SpaceFollowing.as_view(), name="api_space_follow"),
    path("spaces/<str:slug>/members", SpacePeople.as_view(), name="api_space_members"),
    path("spaces/<str:slug>/members/<str:handle>", SpacePerson.as_view(), name="api_space_member"),
    path("me/spaces", FollowedSpaces.as_view(), name="api_my_spaces"),
]
