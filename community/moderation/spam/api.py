"""The brand's way to the spam score: what other numbers would have done. The numbers themselves are among the numbers."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.moderation.models import Band
from community.moderation.spam.replay import Line, Replay, check_numbers, replay
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class ReplayIn(In):
    """Numbers to try, by key; those left out stay as they are."""

    numbers = serializers.DictField(child=serializers.IntegerField(), required=False, default=dict)


class BandTallyOut(Out):
    """How many texts, and what the team had found about them."""

    band = serializers.ChoiceField(choices=Band.choices)
    texts = serializers.IntegerField()
    found_fine = serializers.IntegerField()
    found_bad = serializers.IntegerField()
    were = serializers.IntegerField(help_text="How many it were by the numbers of their time.")


class ReplayLineOut(Out):
    """One text whose lot would be another, or that would wait or be queued."""

    id = serializers.IntegerField(source="judgement.pk")
    author = serializers.CharField(source="judgement.author.handle")
    post_id = serializers.IntegerField(source="judgement.post_id", allow_null=True)
    held_id = serializers.IntegerField(source="judgement.held_id", allow_null=True)
    was_score = serializers.IntegerField(source="judgement.score")
    was = serializers.CharField(source="judgement.band")
    score = serializers.IntegerField()
    band = serializers.SerializerMethodField()
    outcome = serializers.CharField(source="judgement.outcome")
    signals = serializers.DictField(source="judgement.signals", child=serializers.FloatField())

    def get_band(self, line: Line) -> str:
        """Return what would come of it."""
        return line.band.value


class ReplayOut(Out):
    """What the last thirty days would have been."""

    looked_at = serializers.IntegerField()
    bands = serializers.SerializerMethodField()
    texts = ReplayLineOut(source="lines", many=True)

    @extend_schema_field(BandTallyOut(many=True))
    def get_bands(self, found: Replay) -> Any:
        """Return how many would have been what."""
        return [
            {"band": band.value, "texts": n, "found_fine": fine, "found_bad": bad, "were": found.did[band]}
            for band, (n, fine, bad) in found.would.items()
        ]


class SpamReplay(ApiView):
    """Trying other numbers."""

    scopes: ClassVar = {"POST": "moderation:read"}
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="replaySpamScore", tags=["Moderation"], request=ReplayIn, responses=ReplayOut)
    def post(self, request: Request) -> Response:
        """Say what the last thirty days would have been by other thresholds and weights. Writes nothing."""
        typed = read_body(request, ReplayIn)
        found = replay(actor_of(request), check_numbers(typed["numbers"]))
        return Response(ReplayOut(found).data)


urlpatterns = [path("moderation/spam/replay", SpamReplay.as_view(), name="api_spam_replay")]
