"""The account a key or session belongs to: its profile, its settings, its portrait, whom it blocks."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members import actions
from community.members.api.shapes import MemberOut, MemberRefOut
from community.members.forms import time_zones
from community.members.models import Block, MessagesFrom, Theme
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.parsers import FileParser
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from community.writing.actions import add_image
from community.writing.models import Kind

LATEST = Order("blocked", ("id",))


class MeOut(MemberOut):
    """The account itself: what only its owner reads."""

    id = serializers.IntegerField()
    email = serializers.EmailField()
    role = serializers.CharField()
    trust_level = serializers.IntegerField()
    bio_md = serializers.CharField(help_text="Markdown.")
    theme = serializers.CharField(help_text="system, light or dark.")
    shortcuts_on = serializers.BooleanField()
    show_points = serializers.BooleanField()
    show_tier = serializers.BooleanField()
    show_badges = serializers.BooleanField()
    show_thanks = serializers.BooleanField(help_text="Others read the thanks they receive.")
    on_leaderboards = serializers.BooleanField()
    hides_profile = serializers.BooleanField(help_text="Others see the name and the picture alone.")
    shows_follows = serializers.BooleanField()
    quiet_mode = serializers.BooleanField(help_text="Points, tiers and badges are hidden from themselves.")
    language = serializers.CharField()
    time_zone = serializers.CharField()
    unread_notices = serializers.IntegerField()
    unread_conversations = serializers.IntegerField()
    messages_from = serializers.CharField()
    read_receipts = serializers.BooleanField()
    shows_presence = serializers.BooleanField(
        help_text="Others see when they are in a room and when they type."
    )
    mail_shows_messages = serializers.BooleanField()
    points_to_spend = serializers.IntegerField()

    def _open(self, member: Any) -> bool:
        return True


class MeIn(In):
    """What a member may change about themselves."""

    name = serializers.CharField(max_length=80)
    bio_md = serializers.CharField(max_length=3000, allow_blank=True, help_text="Markdown.")
    location = serializers.CharField(max_length=60, allow_blank=True)
    website = serializers.URLField(max_length=200, allow_blank=True)
    show_points = serializers.BooleanField()
    show_tier = serializers.BooleanField()
    show_badges = serializers.BooleanField()
    show_thanks = serializers.BooleanField(help_text="Others read the thanks they receive.")
    on_leaderboards = serializers.BooleanField()
    hides_profile = serializers.BooleanField(help_text="Keep the profile to themselves.")
    shows_follows = serializers.BooleanField(help_text="Show whom they follow and who follows them.")
    quiet_mode = serializers.BooleanField(help_text="Hide points, tiers and badges from themselves.")
    theme = serializers.ChoiceField(choices=Theme.choices)
    shortcuts_on = serializers.BooleanField()
    language = serializers.CharField(
        max_length=10, allow_blank=True, help_text="One the site speaks, or empty for the browser's."
    )
    time_zone = serializers.CharField(max_length=50, help_text="Of the IANA list, such as `Europe/Oslo`.")
    messages_from = serializers.ChoiceField(
        choices=MessagesFrom.choices, help_text="Who may begin a conversation."
    )
    read_receipts = serializers.BooleanField()
    shows_presence = serializers.BooleanField(
        help_text="Others see when they are in a room and when they type."
    )
    mail_shows_messages = serializers.BooleanField()

    def validate_language(self, value: str) -> str:
        """Take only what the settings offer."""
        return _offered(value, ["", *(code for code, _name in settings.LANGUAGES)])

    def validate_time_zone(self, value: str) -> str:
        """Take only what the settings offer."""
        return _offered(value, time_zones())


def _offered(value: str, offered: Sequence[str]) -> str:
    if value not in offered:
        raise serializers.ValidationError(_("Choose one of the options."))
    return value


class PictureIn(In):
    """A portrait."""

    file = serializers.FileField(help_text="PNG, JPEG, WebP or GIF, at most 2 MB.")


class BlockOut(Out):
    """Somebody the caller wants nothing of."""

    member = MemberRefOut(source="blocked")
    since = serializers.DateTimeField(source="created_at")


BlockPageOut = page_shape(BlockOut)
SETTINGS = OpenApiExample(
    "Another place, another clock",
    value={"location": "Bergen", "time_zone": "Europe/Oslo", "theme": "dark", "quiet_mode": True},
    request_only=True,
)


class Me(ApiView):
    """The account a key or session belongs to."""

    scopes: ClassVar = {"GET": "me:read", "PATCH": "me:write"}

    @extend_schema(operation_id="getMe", tags=["Me"], responses=MeOut)
    def get(self, request: Request) -> Response:
        """Read the account the key or session belongs to."""
        return Response(MeOut(actor_of(request)).data)

    @extend_schema(
        operation_id="changeMe", tags=["Me"], request=MeIn(partial=True), responses=MeOut, examples=[SETTINGS]
    )
    def patch(self, request: Request) -> Response:
        """Change the profile and the settings. What is not sent stays."""
        actor = actor_of(request)
        changes = read_body(request, MeIn, partial=True)
        return Response(MeOut(actions.edit_profile(actor=actor, member=actor, changes=changes)).data)


class MyPicture(ApiView):
    """The caller's portrait."""

    scopes: ClassVar = {"PUT": "me:write"}
    parser_classes = (FileParser,)

    @extend_schema(
        operation_id="changeMyPicture",
        tags=["Me"],
        request={"multipart/form-data": PictureIn},
        responses=MeOut,
    )
    def put(self, request: Request) -> Response:
        """Change the portrait, sent as `multipart/form-data`. Where it was taken is removed."""
        actor = actor_of(request)
        portrait = add_image(actor=actor, kind=Kind.AVATAR, **read_body(request, PictureIn))
        changes = {"avatar_url": portrait.url_for("240")}
        return Response(MeOut(actions.edit_profile(actor=actor, member=actor, changes=changes)).data)


class MyBlocks(ApiView):
    """Whom the caller blocks."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="listBlocks", tags=["Me"], parameters=[PageIn], responses=BlockPageOut)
    def get(self, request: Request) -> Response:
        """List whom the caller blocks, the last blocked first. They are not told."""
        blocks = Block.objects.filter(blocker=actor_of(request)).select_related("blocked")
        return page_of(request, blocks, LATEST, BlockOut, **read_query(request, PageIn))
