"""Acting on several threads at once by the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.models import Member
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of
from community.spaces.queries import get_space_for
from community.threads import actions, limits, queries
from community.threads.taking_back import offer_undo, read_undo


class ThreadsBulkIn(In):
    """Which threads, and what is done to each."""

    act = serializers.ChoiceField(choices=list(actions.ACTS))
    threads = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=1, max_length=limits.MOST_THREADS
    )
    space = serializers.SlugField(
        max_length=50, required=False, default="", allow_blank=True, help_text="For `move`: where to."
    )
    tag = serializers.CharField(
        max_length=limits.TAG_LENGTH,
        required=False,
        default="",
        allow_blank=True,
        help_text="For `tag` and `untag`.",
    )
    reason = serializers.CharField(
        max_length=limits.REASON_LONG,
        required=False,
        default="",
        allow_blank=True,
        help_text="For `remove`: the authors are told.",
    )


class ThreadsBulkUndoIn(In):
    """What is taken back."""

    undo = serializers.CharField(max_length=4000, help_text="As it was answered, within an hour.")


class ThreadRefusedOut(Out):
    """A thread to which it was not done."""

    id = serializers.IntegerField()
    reason = serializers.CharField()


class ThreadsBulkOut(Out):
    """What came of it."""

    done = serializers.ListField(child=serializers.IntegerField())
    unchanged = serializers.ListField(child=serializers.IntegerField(), help_text="They were so already.")
    refused = ThreadRefusedOut(many=True)
    undo = serializers.CharField(
        help_text="Send it to `undoThreads` to take it back; empty when nothing was done."
    )


class ThreadsBulk(ApiView):
    """Several threads."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(
        operation_id="actOnThreads", tags=["Threads"], request=ThreadsBulkIn, responses=ThreadsBulkOut
    )
    def post(self, request: Request) -> Response:
        """Do the same to several threads, each judged on its own. For the team and moderators of a space."""
        actor = actor_of(request)
        asked = read_body(request, ThreadsBulkIn)
        space = get_space_for(actor, asked.pop("space")) if asked["space"] else None
        asked.pop("space", None)
        wanted = asked.pop("threads")
        found = queries.threads_among(actor, wanted)
        told = actions.act_on_threads(actor=actor, threads=found, space=space, **asked)
        return Response(_told(actor, told, wanted))


class ThreadsBulkUndo(ApiView):
    """Taking it back."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(
        operation_id="undoThreads", tags=["Threads"], request=ThreadsBulkUndoIn, responses=ThreadsBulkOut
    )
    def post(self, request: Request) -> Response:
        """Take back what was done to several threads, as far as it is still so."""
        actor = actor_of(request)
        steps = read_undo(actor, read_body(request, ThreadsBulkUndoIn)["undo"])
        told = actions.undo_together(actor=actor, steps=steps)
        return Response(_told(actor, told, [pk for step in steps for pk in step.threads]))


def _told(actor: Member, told: actions.Told, wanted: list[int]) -> dict[str, Any]:
    refused = {thread.pk: reason for thread, reason in told.refused}
    done, unchanged = [row.pk for row in told.done], [row.pk for row in told.unchanged]
    absent = sorted({*wanted} - {*done, *unchanged, *refused})
    refused |= {pk: NotFound().message for pk in absent}
    out = {
        "done": done,
        "unchanged": unchanged,
        "refused": [{"id": pk, "reason": reason} for pk, reason in sorted(refused.items())],
        "undo": offer_undo(actor, told.undo),
    }
    return dict(ThreadsBulkOut(out).data)
