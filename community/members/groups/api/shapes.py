"""What goes in and out of the API about groups."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from community.members.api.shapes import MemberRefOut
from community.members.models import Audience, Callers, JoinMode
from community.rest.inputs import In, Out
from community.rest.schema import page_shape


class GroupOut(Out):
    """A group, as whoever sees it may read it."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    join_mode = serializers.CharField(help_text="open, request or invitation.")
    rule = serializers.CharField(
        help_text="Whom an automatic group holds: team, moderators, trust_1 to trust_4. Empty: people come and go."
    )
    title = serializers.CharField(help_text="What whoever is in it may show beside their name.")
    member_count = serializers.SerializerMethodField(
        help_text="Null where the caller may not read who is in it."
    )
    url = serializers.CharField(source="get_absolute_url")

    def get_member_count(self, group: Any) -> int | None:
        """Return how many are in it, to whom may read who."""
        return getattr(group, "shown_count", None)


class GroupSettingsOut(GroupOut):
    """A group with what only managers read."""

    visibility = serializers.CharField()
    members_visibility = serializers.CharField()
    callers = serializers.CharField()
    email_domains = serializers.ListField(child=serializers.CharField())
    claim = serializers.CharField()


class GroupChangeIn(In):
    """Settings of a group. What is not sent stays. Owners may change the description alone."""

    name = serializers.CharField(max_length=60)
    slug = serializers.CharField(max_length=30, help_text="Its address, and its name behind an @.")
    description = serializers.CharField(max_length=1000, allow_blank=True)
    join_mode = serializers.ChoiceField(choices=JoinMode.choices)
    visibility = serializers.ChoiceField(choices=Audience.choices, help_text="Who knows of the group.")
    members_visibility = serializers.ChoiceField(
        choices=Audience.choices, help_text="Who reads who is in it."
    )
    callers = serializers.ChoiceField(choices=Callers.choices, help_text="Who may call everyone in it.")
    email_domains = serializers.ListField(
        child=serializers.CharField(max_length=100), max_length=50, help_text="Whole names of domains."
    )
    claim = serializers.CharField(max_length=80, allow_blank=True, help_text="A value that sign-ons bring.")
    title = serializers.CharField(
        max_length=40, allow_blank=True, help_text="Shown beside the name by whoever is in it and wants to."
    )


class GroupIn(GroupChangeIn):
    """A group to create. Only the name is needed."""

    def get_fields(self) -> dict[str, Any]:
        """Return the settings, none but the name required."""
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "name"
        return dict(fields)


class GroupPlaceOut(Out):
    """Somebody in a group."""

    member = MemberRefOut()
    is_owner = serializers.BooleanField()
    since = serializers.DateTimeField(source="added_at")


class GroupMetOut(GroupPlaceOut):
    """Somebody in an automatic group; since when nobody writes down."""

    member = MemberRefOut(source="*")
    is_owner = serializers.SerializerMethodField()  # type: ignore[assignment]
    since = serializers.DateTimeField(source="joined_at")

    def get_is_owner(self, member: Any) -> bool:
        """Return that nobody looks after it."""
        return False


class GroupAskOut(Out):
    """Somebody who asked to join."""

    member = MemberRefOut()
    words = serializers.CharField()
    asked_at = serializers.DateTimeField()


class GroupAskIn(In):
    """A request to join."""

    words = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class GroupAnswerIn(In):
    """Yes or no."""

    accept = serializers.BooleanField()


class GroupOwnerIn(In):
    """Whether somebody looks after the group."""

    is_owner = serializers.BooleanField(required=False, default=False)


GroupPageOut, GroupPlacePageOut, GroupAskPageOut = (
    page_shape(GroupOut),
    page_shape(GroupPlaceOut),
    page_shape(GroupAskOut),
)
NEW = OpenApiExample(
    "A group of testers",
    value={"name": "Prototype testers", "join_mode": "request", "visibility": "members", "callers": "owners"},
    request_only=True,
)
