"""The small sum that browsers of newcomers do (`community.proof`), in the terms of altcha's protocol."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.limits import PROOF_COST
from community.proof import issue
from community.rest.inputs import In, Out, read_query
from community.rest.views import ApiView, viewer_of

PURPOSES = (("join", "join"), ("post", "post"))


class ChallengeAsked(In):
    """What it is for."""

    purpose = serializers.ChoiceField(
        choices=PURPOSES,
        required=False,
        default="join",
        help_text="`join` for the form to join, `post` for what a newcomer writes.",
    )


class ChallengeOut(Out):
    """A challenge; its solution goes back with it as base64 of `{"challenge": …, "solution": …}` in the field `altcha`."""

    parameters = serializers.DictField(
        help_text="Algorithm, cost, nonce, salt, the prefix to find, when it runs out, and what it is for."
    )
    signature = serializers.CharField()


class Challenge(ApiView):
    """A small sum."""

    scopes: ClassVar = {"GET": "threads:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="getChallenge", tags=["Doors"], parameters=[ChallengeAsked], responses=ChallengeOut
    )
    def get(self, request: Request) -> Response:
        """Ask for a small sum. It lasts twenty minutes, counts once, and for `post` only for whoever asks."""
        purpose: str = read_query(request, ChallengeAsked)["purpose"]
        viewer = viewer_of(request)
        who = viewer.pk if viewer is not None and purpose == "post" else 0
        return Response(issue(purpose, who, cost=PROOF_COST()))
