"""The brand's way to a newcomer's first steps."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import Out
from community.rest.views import ApiView, actor_of
from engagement.journeys import actions
from engagement.journeys.queries import first_steps


class StepOut(Out):
    """One first step."""

    key = serializers.CharField()
    title = serializers.CharField(help_text="In the member's language.")
    why = serializers.CharField()
    url = serializers.CharField()
    is_done = serializers.BooleanField()


class QuestionOut(Out):
    """An easy question to begin with, and where it is answered."""

    text = serializers.CharField()
    url = serializers.CharField()


class FirstStepsOut(Out):
    """What a newcomer may do first."""

    steps = StepOut(many=True)
    question = QuestionOut(allow_null=True)
    is_dismissed = serializers.BooleanField(help_text="The member put them away.")
    rests = serializers.BooleanField(
        help_text="The member said “not now”: for some days they are not offered."
    )


FIRST_STEPS = OpenApiExample(
    "One step done",
    value={
        "steps": [
            {
                "key": "picture",
                "title": "Add a picture",
                "why": "People answer people sooner than initials.",
                "url": "/me/settings/profile/",
                "is_done": True,
            }
        ],
        "question": {"text": "Where did you last camp?", "url": "/t/7/say-hello/#reply"},
        "is_dismissed": False,
        "rests": False,
    },
    response_only=True,
)


class FirstSteps(ApiView):
    """The caller's first steps."""

    scopes: ClassVar = {"GET": "me:read", "POST": "me:write", "DELETE": "me:write"}

    @extend_schema(operation_id="getFirstSteps", tags=["Me"], responses=FirstStepsOut, examples=[FIRST_STEPS])
    def get(self, request: Request) -> Response:
        """Read what the caller may do first, and what of it is done."""
        return Response(FirstStepsOut(first_steps(actor_of(request))).data)

    @extend_schema(operation_id="putFirstStepsOff", tags=["Me"], request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Say "not now": the first steps are not offered for some days."""
        actions.put_first_steps_off(actor=actor_of(request))
        return Response(status=204)

    @extend_schema(operation_id="dismissFirstSteps", tags=["Me"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Put the first steps away for good. They can still be read."""
        actions.dismiss_first_steps(actor=actor_of(request))
        return Response(status=204)


urlpatterns = [path("me/first-steps", FirstSteps.as_view(), name="api_first_steps")]
