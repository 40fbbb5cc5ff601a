"""Keeping order by the API: timers, splitting and merging, putting a pin away, deleting for good."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import Invalid
from community.members.models import Member
from community.rest.inputs import In, Out, read_body
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from community.spaces.models import Kind
from community.spaces.queries import get_space_for
from community.threads import actions, permissions
from community.threads.api.shapes import LONG_TITLE, ThreadOut
from community.threads.models import Thread, TimerKind
from community.threads.queries import ordering
from community.threads.queries.access import get_post_for, get_thread_for


class ThreadTimerIn(In):
    """When something happens to a thread: one of the two."""

    at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    idle_days = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="So many days after the last reply."
    )
    space = serializers.SlugField(
        required=False, default="", allow_blank=True, max_length=50, help_text="For `publish`: where to."
    )


class ThreadTimerOut(Out):
    """Something that will happen to a thread."""

    kind = serializers.ChoiceField(choices=TimerKind.choices)
    due_at = serializers.DateTimeField()
    idle_days = serializers.IntegerField(allow_null=True)
    space = serializers.CharField(source="space.slug", allow_null=True, default=None)


class RegroupingOut(Out):
    """Posts that were split off or merged."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="merge or split.")
    source_id = serializers.IntegerField(help_text="The thread they were in.")
    target_id = serializers.IntegerField(help_text="The thread they went to.")
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class ThreadMergeIn(In):
    """The thread that this one goes into."""

    into = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class ThreadSplitIn(In):
    """Which posts go, and where to: `into` a thread, or a new one with a `title`."""

    posts = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=2000)
    into = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    title = serializers.CharField(max_length=LONG_TITLE, required=False, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    space = serializers.SlugField(max_length=50, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=100), max_length=20, required=False)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class PostPurgeIn(In):
    """Why, and that it is meant."""

    reason = serializers.CharField(max_length=300)
    sure = serializers.BooleanField(help_text="Must be true: nobody can bring it back.")


TimerPageOut = page_shape(ThreadTimerOut)
RegroupingPageOut = page_shape(RegroupingOut)


class ThreadTimers(ApiView):
    """What will happen to a thread."""

    scopes: ClassVar = {"GET": "threads:read"}

    @extend_schema(operation_id="listTimers", tags=["Threads"], responses=TimerPageOut)
    def get(self, request: Request, pk: int) -> Response:
        """List what will happen to a thread by itself, and the caller's own reminder."""
        actor = actor_of(request)
        found = ordering.timers_of(get_thread_for(actor, pk), actor)
        return Response({"results": ThreadTimerOut(found, many=True).data, "next": None})


class ThreadTimerDetail(ApiView):
    """One timer."""

    scopes: ClassVar = {"PUT": "threads:write", "DELETE": "threads:write"}

    @extend_schema(operation_id="setTimer", tags=["Threads"], request=ThreadTimerIn, responses=ThreadTimerOut)
    def put(self, request: Request, pk: int, timer: str) -> Response:
        """Set a timer, in place of the one of its kind. `remind` is the caller's own; the others need a moderator."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        asked = read_body(request, ThreadTimerIn)
        space = get_space_for(actor, asked.pop("space")) if asked["space"] else None
        asked.pop("space", None)
        found = actions.set_timer(actor=actor, thread=thread, kind=timer, space=space, **asked)
        return Response(ThreadTimerOut(found).data)

    @extend_schema(operation_id="cancelTimer", tags=["Threads"], responses={204: None})
    def delete(self, request: Request, pk: int, timer: str) -> Response:
        """Let it not happen. Doing it twice changes nothing."""
        actor = actor_of(request)
        actions.cancel_timer(actor=actor, thread=get_thread_for(actor, pk), kind=timer)
        return Response(status=204)


class ThreadMerge(ApiView):
    """Merging."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(
        operation_id="mergeThread", tags=["Threads"], request=ThreadMergeIn, responses=RegroupingOut
    )
    def post(self, request: Request, pk: int) -> Response:
        """Put everything of a thread into another one, by time. Its address leads there."""
        actor = actor_of(request)
        source = get_thread_for(actor, pk)
        asked = read_body(request, ThreadMergeIn)
        target = get_thread_for(actor, asked["into"])
        entry = actions.merge_threads(actor=actor, source=source, target=target, reason=asked["reason"])
        return Response(RegroupingOut(entry).data)


class ThreadSplit(ApiView):
    """Splitting."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(
        operation_id="splitThread", tags=["Threads"], request=ThreadSplitIn, responses=RegroupingOut
    )
    def post(self, request: Request, pk: int) -> Response:
        """Split posts off a thread, into a new one or another one. The first post stays."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        asked = read_body(request, ThreadSplitIn)
        entry = actions.split_thread(
            actor=actor,
            thread=thread,
            posts=asked["posts"],
            into=_place(actor, asked),
            reason=asked["reason"],
        )
        return Response(RegroupingOut(entry).data)


def _place(actor: Member, asked: dict[str, Any]) -> actions.NewThread | Thread:
    if asked["into"] is not None:
        return get_thread_for(actor, asked["into"])
    space = get_space_for(actor, asked["space"]) if "space" in asked else None
    return actions.NewThread(asked["title"], space, asked.get("kind", ""), asked.get("tags"))


class ThreadRegroupings(ApiView):
    """What was split off or merged."""

    scopes: ClassVar = {"GET": "threads:read"}

    @extend_schema(operation_id="listRegroupings", tags=["Threads"], responses=RegroupingPageOut)
    def get(self, request: Request, pk: int) -> Response:
        """List what was split off or merged and can still be taken back, the latest first."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        permissions.can_tidy_thread(actor, thread).require()
        found = ordering.regroupings_of(thread)
        return Response({"results": RegroupingOut(found, many=True).data, "next": None})


class ThreadRegroupingDetail(ApiView):
    """Taking it back."""

    scopes: ClassVar = {"DELETE": "threads:write"}

    @extend_schema(operation_id="undoRegrouping", tags=["Threads"], responses=ThreadOut)
    def delete(self, request: Request, pk: int, entry: int) -> Response:
        """Take a merge or a split back. Answers with the thread the posts returned to."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        permissions.can_tidy_thread(actor, thread).require()
        back = actions.undo_regrouping(actor=actor, entry=ordering.get_regrouping_of(thread, entry))
        return Response(ThreadOut(get_thread_for(actor, back.pk)).data)


class ThreadPinAside(ApiView):
    """Putting a pin away."""

    scopes: ClassVar = {"PUT": "me:write", "DELETE": "me:write"}

    @extend_schema(operation_id="putPinAway", tags=["Threads"], request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Let a pinned thread take its turn in the caller's lists."""
        actor = actor_of(request)
        actions.put_pin_away(actor=actor, thread=get_thread_for(actor, pk))
        return Response(status=204)

    @extend_schema(operation_id="bringPinBack", tags=["Threads"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Show it on top again."""
        actor = actor_of(request)
        actions.bring_pin_back(actor=actor, thread=get_thread_for(actor, pk))
        return Response(status=204)


class PostPurge(ApiView):
    """Deleting for good."""

    scopes: ClassVar = {"POST": "threads:write"}

    @extend_schema(operation_id="purgePost", tags=["Posts"], request=PostPurgeIn, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Delete what was taken off before for good: a first post with its thread. Managers only."""
        actor = actor_of(request)
        permissions.can_purge(actor).require()
        asked = read_body(request, PostPurgeIn)
        if not asked["sure"]:
            raise Invalid("not_sure", "Nobody can bring it back: say `sure`.")
        actions.purge_post(actor=actor, post=get_post_for(actor, pk), reason=asked["reason"])
        return Response(status=204)
