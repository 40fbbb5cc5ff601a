"""What goes in and out of the API about members."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from community.members.permissions import can_read_profile
from community.rest.inputs import Out
from community.rest.schema import page_shape


class MemberRefOut(Out):
    """A member, as rows name them."""

    handle = serializers.CharField()
    name = serializers.CharField()
    avatar_url = serializers.CharField()
    team_title = serializers.CharField(help_text="What they do for the brand; empty for customers.")
    tier = serializers.SerializerMethodField(help_text="Empty when they keep it to themselves.")
    url = serializers.CharField(source="get_absolute_url")

    def get_tier(self, member: Any) -> str:
        """Return the tier unless the member hides it."""
        return str(member.tier) if member.show_tier else ""


class MemberOut(MemberRefOut):
    """A profile, as everyone may read it."""

    title = serializers.CharField(help_text="What they chose to show beside their name; empty: none.")
    bio_html = serializers.SerializerMethodField(
        help_text="Empty when they keep their profile to themselves."
    )
    location = serializers.SerializerMethodField()
    website = serializers.SerializerMethodField()
    joined_at = serializers.DateTimeField()
    thread_count = serializers.IntegerField()
    post_count = serializers.IntegerField()
    accepted_count = serializers.IntegerField(help_text="How many of their answers were accepted.")
    helped_count = serializers.IntegerField()
    badge_count = serializers.SerializerMethodField(help_text="Null when they keep it to themselves.")
    points_earned = serializers.SerializerMethodField(help_text="Null when they keep it to themselves.")

    def get_bio_html(self, member: Any) -> str:
        """Return what they say of themselves, where the caller may read it."""
        return str(member.bio_html) if self._open(member) else ""

    def get_location(self, member: Any) -> str:
        """Return where they are, where the caller may read it."""
        return str(member.location) if self._open(member) else ""

    def get_website(self, member: Any) -> str:
        """Return their website, where the caller may read it."""
        return str(member.website) if self._open(member) else ""

    def _open(self, member: Any) -> bool:
        return can_read_profile(self.context.get("viewer"), member)

    def get_badge_count(self, member: Any) -> int | None:
        """Return how many badges they wear, unless hidden."""
        return member.badge_count if member.show_badges and self._open(member) else None

    def get_points_earned(self, member: Any) -> int | None:
        """Return their points, unless hidden."""
        return member.points_earned if member.show_points and self._open(member) else None


MemberPageOut = page_shape(MemberOut)
EXAMPLE = OpenApiExample(
    "A member",
    value={
        "handle": "maya",
        "name": "Maya Lindqvist",
        "avatar_url": "",
        "team_title": "",
        "tier": "Guide",
        "url": "/@maya/",
        "title": "Mender",
        "bio_html": "<p>Winter camper.</p>",
        "location": "Umeå",
        "website": "",
        "joined_at": "2025-03-01T09:00:00Z",
        "thread_count": 12,
        "post_count": 88,
        "accepted_count": 9,
        "helped_count": 41,
        "badge_count": 6,
        "points_earned": 640,
    },
    response_only=True,
)
