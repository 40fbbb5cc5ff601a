"""The brand's way to quests."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.members.models import Member
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of
from rewards.quests import actions
from rewards.quests.models import Kind, State, TakingState
from rewards.quests.queries import QuestCard, card_of, get_quest_for, hides_quests, list_quests


class QuestStepOut(Out):
    """One step and how far the caller is."""

    key = serializers.CharField()
    title = serializers.CharField(help_text="In the caller's language.")
    hint = serializers.CharField()
    url = serializers.CharField(help_text="Where it is done; empty for anywhere.")
    counts = serializers.CharField(help_text="What counts, in words.")
    have = serializers.IntegerField()
    number = serializers.IntegerField()
    is_done = serializers.BooleanField()


class QuestOut(Out):
    """A quest, and where the caller is in it."""

    key = serializers.CharField(source="quest.key")
    kind = serializers.ChoiceField(source="quest.kind", choices=Kind.values)
    name = serializers.CharField()
    about = serializers.CharField()
    why = serializers.CharField()
    state = serializers.ChoiceField(source="quest.state", choices=State.values)
    is_over = serializers.BooleanField(source="quest.is_over")
    starts_on = serializers.DateField(source="quest.starts_on", allow_null=True)
    ends_on = serializers.DateField(
        source="quest.ends_on", allow_null=True, help_text="This day counts (UTC)."
    )
    reward = serializers.CharField(help_text="What it brings at the end, in words; empty for thanks alone.")
    host = MemberRefOut(source="quest.host", allow_null=True)
    can_join = serializers.BooleanField(source="joinable")
    taking = serializers.SerializerMethodField(help_text="Where the caller is; null when not in it.")
    finished_at = serializers.SerializerMethodField()
    goal = serializers.IntegerField(
        source="quest.goal", allow_null=True, help_text="Of what is done together: how many it is to be."
    )
    reached = serializers.IntegerField(
        source="quest.reached", help_text="How many it is so far, of everybody."
    )
    reached_at = serializers.DateTimeField(source="quest.reached_at", allow_null=True)
    part = serializers.IntegerField(help_text="What the caller brought to it; nobody else reads it.")
    steps = QuestStepOut(many=True)
    url = serializers.CharField(source="quest.get_absolute_url")

    def get_taking(self, card: QuestCard) -> str | None:
        """Return `under_way` or `finished`."""
        return card.taking.state if card.taking else None

    def get_finished_at(self, card: QuestCard) -> str | None:
        """Return when the caller finished it."""
        moment = card.taking.finished_at if card.taking else None
        return moment.isoformat() if moment else None


class QuestsOut(Out):
    """The quests meant for the caller; none while they hide them."""

    results = QuestOut(many=True)


class QuestChoiceIn(In):
    """Whether quests are hidden from the caller."""

    hides = serializers.BooleanField()


class QuestChoiceOut(Out):
    """Whether quests are hidden from the caller."""

    hides = serializers.BooleanField()


EXAMPLE = OpenApiExample(
    "A mission under way",
    value={
        "key": "autumn-repairs",
        "kind": "mission",
        "name": "Autumn repairs",
        "about": "Mend one thing before the snow, and help somebody else with theirs.",
        "why": "What is mended is not bought again.",
        "state": "open",
        "is_over": False,
        "starts_on": "2026-11-01",
        "ends_on": "2026-12-20",
        "reward": "20 points",
        "host": None,
        "can_join": False,
        "taking": TakingState.UNDER_WAY.value,
        "finished_at": None,
        "goal": None,
        "reached": 0,
        "reached_at": None,
        "part": 1,
        "steps": [
            {
                "key": "answer",
                "title": "Answer two questions",
                "hint": "",
                "url": "/?view=unanswered",
                "counts": "Answers to other people’s questions: 2",
                "have": 1,
                "number": 2,
                "is_done": False,
            }
        ],
        "url": "/quests/autumn-repairs/",
    },
    response_only=True,
)


class Quests(ApiView):
    """The quests of the caller."""

    scopes: ClassVar = {"GET": "badges:read"}

    @extend_schema(operation_id="listQuests", tags=["Badges"], responses=QuestsOut)
    def get(self, request: Request) -> Response:
        """List the quests meant for the caller: those under way, open, finished and lately over."""
        actor = actor_of(request)
        page = None if hides_quests(actor) else list_quests(actor)
        found = [*page.under_way, *page.open, *page.finished, *page.over] if page else []
        return Response({"results": QuestOut(found, many=True).data})


class OneQuest(ApiView):
    """One quest."""

    scopes: ClassVar = {"GET": "badges:read"}

    @extend_schema(operation_id="getQuest", tags=["Badges"], responses=QuestOut, examples=[EXAMPLE])
    def get(self, request: Request, key: str) -> Response:
        """Read one quest with the caller's progress."""
        actor = actor_of(request)
        return _said(actor, key)


class QuestPart(ApiView):
    """Taking part in a quest."""

    scopes: ClassVar = {"PUT": "me:write", "DELETE": "me:write"}

    @extend_schema(operation_id="joinQuest", tags=["Badges"], request=None, responses=QuestOut)
    def put(self, request: Request, key: str) -> Response:
        """Join a quest. What the caller does from today (UTC) counts; joining twice changes nothing."""
        actor = actor_of(request)
        actions.join_quest(actor=actor, quest=get_quest_for(actor, key))
        return _said(actor, key)

    @extend_schema(operation_id="leaveQuest", tags=["Badges"], responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Leave a quest; how far one was is forgotten. One that is finished stays."""
        actor = actor_of(request)
        actions.leave_quest(actor=actor, quest=get_quest_for(actor, key))
        return Response(status=204)


class QuestLine(ApiView):
    """The line that says that a quest is finished."""

    scopes: ClassVar = {"DELETE": "me:write"}

    @extend_schema(operation_id="putQuestLineAway", tags=["Badges"], responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        """Put away the line on the caller's pages that says that they finished a quest."""
        actor = actor_of(request)
        actions.put_line_away(actor=actor, quest=get_quest_for(actor, key))
        return Response(status=204)


class MyQuestChoice(ApiView):
    """The caller's switch."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write"}

    @extend_schema(operation_id="getMyQuestChoice", tags=["Me"], responses=QuestChoiceOut)
    def get(self, request: Request) -> Response:
        """Read whether quests are hidden from the caller."""
        return Response({"hides": hides_quests(actor_of(request))})

    @extend_schema(
        operation_id="changeMyQuestChoice", tags=["Me"], request=QuestChoiceIn, responses=QuestChoiceOut
    )
    def put(self, request: Request) -> Response:
        """Hide quests from the caller, with their notices, or show them again."""
        actor, typed = actor_of(request), read_body(request, QuestChoiceIn)
        actions.hide_quests(actor=actor, hides=typed["hides"])
        return Response({"hides": hides_quests(actor)})


def _said(actor: Member, key: str) -> Response:
    return Response(QuestOut(card_of(actor, get_quest_for(actor, key))).data)


urlpatterns: list[Any] = [
    path("quests", Quests.as_view(), name="api_quests"),
    path("quests/<str:key>", OneQuest.as_view(), name="api_quest"),
    path("quests/<str:key>/part", QuestPart.as_view(), name="api_quest_part"),
    path("quests/<str:key>/line", QuestLine.as_view(), name="api_quest_line"),
    path("me/quest-choice", MyQuestChoice.as_view(), name="api_quest_choice"),
]
