"""The brand's way to badges."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.api import MemberRefOut
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from rewards.badges.actions import nominate_member, pin_badges
from rewards.badges.credentials.actions import carry_badge
from rewards.badges.credentials.queries import get_own_award_for
from rewards.badges.models import Award, Badge, Family, Metal
from rewards.badges.queries import get_open_badge_for, list_badges, pinned_keys
from rewards.points.words import translated

NEWEST = Order("awarded", ("awarded_at", "id"))


class ConditionOut(Out):
    """One condition and how far the caller is."""

    words = serializers.CharField()
    have = serializers.IntegerField()
    number = serializers.IntegerField()
    join = serializers.CharField(help_text="Of a group: `all` or `any` of its parts; otherwise empty.")


class LineOut(ConditionOut):
    """The conditions of a badge. Groups lie in each other twice at most."""

    parts = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_parts(self, line: Any) -> list[dict[str, Any]]:
        """Return the parts of a group."""
        return [{**ConditionOut(part).data, "parts": self.get_parts(part)} for part in line.parts]


class BadgeOut(Out):
    """A badge and how it is earned."""

    key = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    criteria = serializers.CharField()
    conditions = serializers.CharField(
        help_text="Its rule in the caller's language; empty where people give it."
    )
    metal = serializers.ChoiceField(choices=Metal.values)
    family = serializers.ChoiceField(choices=Family.values)
    every = serializers.CharField(help_text="How often it can be earned, in words; empty for once.")
    number = serializers.IntegerField(
        help_text="How many it takes; of several conditions, how many there are."
    )
    have = serializers.IntegerField(help_text="How many the caller has; 0 for guests.")
    line = LineOut(
        allow_null=True, help_text="Each condition with the caller's progress; null where people give it."
    )
    rarity = serializers.CharField(
        help_text="Which share of the members holds it, in words; empty when not known."
    )
    holders = serializers.IntegerField()
    since = serializers.DateTimeField(allow_null=True, help_text="When the caller earned it.")
    gives_title = serializers.BooleanField(help_text="Whether holders may wear its name (chooseMyTitle).")
    takes_nominations = serializers.BooleanField(
        help_text="Whether members may propose others (proposeForBadge)."
    )
    url = serializers.CharField(source="href")


class BadgesOut(Out):
    """All badges that can be earned."""

    results = BadgeOut(many=True)


class BadgeRefOut(Out):
    """A badge, as rows name it."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url")

    def get_name(self, badge: Any) -> str:
        """Return the name in the caller's language."""
        return translated(badge.name)


class MemberBadgeOut(Out):
    """A badge a member holds."""

    badge = BadgeRefOut()
    awarded_at = serializers.DateTimeField()


class HolderOut(Out):
    """A member who holds a badge."""

    member = MemberRefOut()
    awarded_at = serializers.DateTimeField()
    citation = serializers.CharField(help_text="What was said when people gave it; empty otherwise.")


MemberBadgePageOut = page_shape(MemberBadgeOut)
HolderPageOut = page_shape(HolderOut)
EXAMPLE = OpenApiExample(
    "Badges",
    value={
        "results": [
            {
                "key": "first-answer",
                "name": "First answer",
                "description": "Helped someone for the first time.",
                "criteria": "Answer one question.",
                "conditions": "Answers to other people’s questions: 1",
                "metal": "bronze",
                "family": "beginning",
                "every": "",
                "number": 1,
                "have": 0,
                "line": {
                    "words": "Answers to other people’s questions",
                    "have": 0,
                    "number": 1,
                    "join": "",
                    "parts": [],
                },
                "holders": 14,
                "rarity": "12 % of members",
                "since": None,
                "gives_title": False,
                "takes_nominations": False,
                "url": "/badges/first-answer/",
            }
        ]
    },
    response_only=True,
)


class BadgeList(ApiView):
    """Every badge."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listBadges", tags=["Badges"], responses=BadgesOut, examples=[EXAMPLE])
    def get(self, request: Request) -> Response:
        """List the badges that can be earned, with the caller's own progress."""
        return Response({"results": BadgeOut(list_badges(viewer_of(request)), many=True).data})


class BadgeHolders(ApiView):
    """Who holds a badge."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listBadgeHolders", tags=["Badges"], parameters=[PageIn], responses=HolderPageOut
    )
    def get(self, request: Request, key: str) -> Response:
        """List who holds a badge and lets others see it, the latest first."""
        badge = Badge.objects.active().filter(key=key).first()
        if badge is None:
            raise NotFound()
        awards: QuerySet[Award] = Award.objects.visible_to(viewer_of(request)).filter(badge=badge)
        return page_of(
            request, awards.select_related("member"), NEWEST, HolderOut, **read_query(request, PageIn)
        )


class MemberBadges(ApiView):
    """The badges of a member."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listMemberBadges", tags=["Badges"], parameters=[PageIn], responses=MemberBadgePageOut
    )
    def get(self, request: Request, handle: str) -> Response:
        """List the badges a member holds and lets others see, the latest first."""
        viewer = viewer_of(request)
        awards: QuerySet[Award] = Award.objects.visible_to(viewer).filter(
            member=get_member_for(viewer, handle)
        )
        return page_of(
            request, awards.select_related("badge"), NEWEST, MemberBadgeOut, **read_query(request, PageIn)
        )


class PinnedIn(In):
    """Which badges stand first."""

    badges = serializers.ListField(
        child=serializers.CharField(max_length=40),
        max_length=20,
        help_text="Keys of badges the caller holds, at most three, in their order; empty for none.",
    )


class PinnedOut(Out):
    """The badges that stand first, by key."""

    badges = serializers.ListField(child=serializers.CharField())


class MyPinnedBadges(ApiView):
    """Which badges the caller shows first."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write"}

    @extend_schema(operation_id="getMyPinnedBadges", tags=["Me"], responses=PinnedOut)
    def get(self, request: Request) -> Response:
        """Read which badges stand first on the caller's profile and card."""
        return Response({"badges": pinned_keys(actor_of(request))})

    @extend_schema(operation_id="changeMyPinnedBadges", tags=["Me"], request=PinnedIn, responses=PinnedOut)
    def put(self, request: Request) -> Response:
        """Choose which badges stand first. What was chosen before is forgotten."""
        typed = read_body(request, PinnedIn)
        return Response({"badges": pin_badges(actor=actor_of(request), keys=typed["badges"])})


class NominationIn(In):
    """Whom the caller proposes, and why."""

    member = serializers.CharField(max_length=30, help_text="Their handle.")
    words = serializers.CharField(max_length=300, help_text="Everyone may read it if they get the badge.")


class NominationOut(Out):
    """A proposal that waits for the team."""

    badge = BadgeRefOut()
    member = MemberRefOut()
    words = serializers.CharField()
    state = serializers.CharField()


class CredentialOut(Out):
    """A badge as a signed credential (Open Badges 3.0, compact JWS)."""

    credential = serializers.CharField()


class MyCredential(ApiView):
    """Carrying a badge away."""

    scopes: ClassVar = {"POST": "me:write"}

    @extend_schema(operation_id="carryMyBadge", tags=["Me"], request=None, responses=CredentialOut)
    def post(self, request: Request, key: str) -> Response:
        """Return a badge that the caller holds as a signed credential, whose public key stands at the address it names."""
        actor = actor_of(request)
        return Response({"credential": carry_badge(actor=actor, award=get_own_award_for(actor, key))})


class BadgeNominations(ApiView):
    """Proposing others for a badge."""

    scopes: ClassVar = {"POST": "me:write"}

    @extend_schema(
        operation_id="proposeForBadge", tags=["Badges"], request=NominationIn, responses={201: NominationOut}
    )
    def post(self, request: Request, key: str) -> Response:
        """Propose another member for a badge that is open to it. The team decides; the caller gets a notice."""
        actor, typed = actor_of(request), read_body(request, NominationIn)
        made = nominate_member(
            actor=actor,
            badge=get_open_badge_for(actor, key),
            member=get_member_for(actor, typed["member"]),
            words=typed["words"],
        )
        return Response(NominationOut(made).data, status=201)


urlpatterns = [
    path("me/pinned-badges", MyPinnedBadges.as_view(), name="api_my_pinned_badges"),
    path("badges", BadgeList.as_view(), name="api_badges"),
    path("me/badges/<str:key>/credential", MyCredential.as_view(), name="api_my_credential"),
    path("badges/<str:key>/nominations", BadgeNominations.as_view(), name="api_badge_nominations"),
    path("badges/<str:key>/holders", BadgeHolders.as_view(), name="api_badge_holders"),
    path("members/<str:handle>/badges", MemberBadges.as_view(), name="api_member_badges"),
]
