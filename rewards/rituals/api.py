"""The brand's way to rituals."""

from dataclasses import fields
from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of, viewer_of
from rewards.rituals import saying
from rewards.rituals.actions import save_birthday, save_choices
from rewards.rituals.models import Unit
from rewards.rituals.queries import choices_of, get_rhythm
from rewards.rituals.seasons import get_season_for, list_seasons


class PeriodOut(Out):
    """One week, or day, and why it counted or did not."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(choices=["counted", "open", "spare", "missed"])
    counted = serializers.IntegerField(help_text="Posts that counted.")
    short = serializers.IntegerField(help_text="Posts that stand and do not count yet.")
    removed = serializers.IntegerField(help_text="Posts that stand no more.")
    why = serializers.SerializerMethodField()

    def get_why(self, period: Any) -> str:
        """Return the same in words."""
        return "; ".join(saying.say_why(period))


class RhythmOut(Out):
    """The caller's weeks in a row."""

    counts = serializers.BooleanField(
        source="choices.counts_streak", help_text="Whether they want it counted."
    )
    shows = serializers.BooleanField(source="choices.shows_streak", help_text="Whether others see it.")
    is_on = serializers.BooleanField(help_text="Whether anything is counted for them at all.")
    unit = serializers.ChoiceField(source="rules.unit", choices=Unit.values)
    current = serializers.IntegerField()
    longest = serializers.IntegerField()
    spares_left = serializers.IntegerField(source="spare_left", help_text="Spare ones of this month.")
    floor = serializers.CharField(help_text="What counts, in words.")
    periods = PeriodOut(many=True, help_text="The last ones, the running one first.")


class RhythmIn(In):
    """What the caller chooses."""

    counts = serializers.BooleanField(
        required=False, help_text="Off: nothing is counted and nothing is kept."
    )
    shows = serializers.BooleanField(required=False, help_text="Show it on the profile.")


class MyStreak(ApiView):
    """The caller's weeks in a row."""

    scopes: ClassVar = {"GET": "points:read", "PATCH": "me:write"}

    @extend_schema(operation_id="getMyStreak", tags=["Points"], responses=RhythmOut)
    def get(self, request: Request) -> Response:
        """Read the caller's weeks in a row, and why each of the last ones counted or did not."""
        return Response(_told(actor_of(request)))

    @extend_schema(operation_id="changeMyStreak", tags=["Points"], request=RhythmIn, responses=RhythmOut)
    def patch(self, request: Request) -> Response:
        """Switch counting, or showing it to others, on or off."""
        asked = read_body(request, RhythmIn, partial=True)
        names = {"counts": "counts_streak", "shows": "shows_streak"}
        save_choices(actor=actor_of(request), changes={names[name]: on for name, on in asked.items()})
        return Response(_told(actor_of(request)))


def _told(member: Member) -> Any:
    page = get_rhythm(member)
    told = {field.name: getattr(page, field.name) for field in fields(page)}
    return RhythmOut({**told, "floor": saying.say_floor(page.rules)}).data


class BirthdayOut(Out):
    """The caller's birthday; empty where they did not enter one. There is no year."""

    day = serializers.IntegerField(source="birth_day", allow_null=True)
    month = serializers.IntegerField(source="birth_month", allow_null=True)
    shows_birthday = serializers.BooleanField(help_text="Whether members see it on the profile.")


class BirthdayIn(In):
    """A day and a month."""

    day = serializers.IntegerField()
    month = serializers.IntegerField()
    shows_birthday = serializers.BooleanField(default=False)


class MyBirthday(ApiView):
    """The caller's birthday."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write", "DELETE": "me:write"}

    @extend_schema(operation_id="getMyBirthday", tags=["Me"], responses=BirthdayOut)
    def get(self, request: Request) -> Response:
        """Read the caller's birthday."""
        return Response(BirthdayOut(choices_of(actor_of(request))).data)

    @extend_schema(operation_id="setMyBirthday", tags=["Me"], request=BirthdayIn, responses=BirthdayOut)
    def put(self, request: Request) -> Response:
        """Enter or change it."""
        asked = read_body(request, BirthdayIn)
        return Response(BirthdayOut(save_birthday(actor=actor_of(request), **asked)).data)

    @extend_schema(operation_id="forgetMyBirthday", tags=["Me"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget it."""
        save_birthday(actor=actor_of(request), day=None, month=None)
        return Response(status=204)


class SeasonOut(Out):
    """Some weeks with a name. Its days are those of UTC, the last one included."""

    key = serializers.CharField()
    name = serializers.CharField()
    words = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class SeasonPageOut(SeasonOut):
    """A season and the caller's part in it."""

    mine = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="What the caller contributed: posts, accepted, marks. Empty for guests and the team.",
    )


class SeasonsOut(Out):
    """Seasons, the newest first."""

    results = SeasonOut(many=True)


class Seasons(ApiView):
    """The season that runs, and those that were."""

    scopes: ClassVar = {"GET": "points:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listSeasons", tags=["Points"], responses=SeasonsOut)
    def get(self, request: Request) -> Response:
        """List the season that runs and those that were, fifty at most."""
        return Response({"results": SeasonOut(list_seasons()[:50], many=True).data})


class OneSeason(ApiView):
    """One season."""

    scopes: ClassVar = {"GET": "points:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getSeason", tags=["Points"], responses=SeasonPageOut)
    def get(self, request: Request, key: str) -> Response:
        """Read a season and what the caller contributed in it."""
        page = get_season_for(viewer_of(request), key)
        return Response({**SeasonOut(page.season).data, "mine": page.numbers})


urlpatterns = [
    path("me/streak", MyStreak.as_view(), name="api_my_streak"),
    path("me/birthday", MyBirthday.as_view(), name="api_my_birthday"),
    path("seasons", Seasons.as_view(), name="api_seasons"),
    path("seasons/<str:key>", OneSeason.as_view(), name="api_season"),
]
