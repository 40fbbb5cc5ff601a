"""A member's inbox. The list is read often, so its shape is made by hand."""

import datetime as dt
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.notifications import actions
from community.notifications.queries.inbox import Shown, get_notice_for, show
from community.notifications.queries.rows import Place, notice_rows
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import (
    PageIn,
    next_address,
    read_cursor,
    unusable_cursor,
    write_cursor,
)
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

# The order that cursors of this list name.
NEWEST = "updated"


class NoticeOut(Out):
    """Something the member is told, in words of their language."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField(help_text="A whole sentence.")
    text = serializers.CharField()
    url = serializers.CharField()
    is_read = serializers.BooleanField()
    event_count = serializers.IntegerField(help_text="How many happenings it gathers.")
    actors = serializers.ListField(child=serializers.CharField(), help_text="Handles, at most three.")
    thread_id = serializers.IntegerField(allow_null=True)
    updated_at = serializers.DateTimeField()


NoticePageOut = page_shape(NoticeOut)


class NoticeListIn(PageIn):
    """Which notices."""

    unread = serializers.BooleanField(required=False, default=False, help_text="Only those not read yet.")


class NoticesReadIn(In):
    """Which notices were read."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        max_length=100,
        required=False,
        help_text="Leave out to mark everything.",
    )


class NoticesReadOut(Out):
    """What is left."""

    unread = serializers.IntegerField()
    read_at = serializers.DateTimeField(
        allow_null=True, help_text="When everything was marked; `markNoticesUnread` takes it back."
    )


class NoticesUnreadIn(In):
    """Which reading to take back."""

    read_at = serializers.DateTimeField(help_text="As `markNoticesRead` said it.")


EXAMPLE = OpenApiExample(
    "A reply",
    value={
        "results": [
            {
                "id": 7,
                "kind": "reply",
                "title": "Tomasz answered your question",
                "text": "Which poles hold in a winter gale?",
                "url": "/p/99/",
                "is_read": False,
                "event_count": 1,
                "actors": ["tomasz"],
                "thread_id": 42,
                "updated_at": "2025-11-02T19:02:00Z",
            }
        ],
        "next": None,
    },
    response_only=True,
)


class NoticeList(ApiView):
    """The caller's inbox."""

    scopes: ClassVar = {"GET": "notices:read"}

    @extend_schema(
        operation_id="listNotices",
        tags=["Notices"],
        parameters=[NoticeListIn],
        responses=NoticePageOut,
        examples=[EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """List notices, newest first. A page may be shorter than `limit` where something is no longer to be seen."""
        actor = actor_of(request)
        asked = read_query(request, NoticeListIn)
        limit = asked["limit"]
        after = _cursor(asked["after"]) if asked.get("after") else None
        rows = notice_rows(actor, limit=limit + 1, unread=asked["unread"], after=after)
        following = None
        if len(rows) > limit:
            last = rows[limit - 1]
            following = next_address(request, write_cursor(NEWEST, [last.updated_at, last.pk]))
        results = [shape(entry) for entry in show(rows[:limit], actor)]
        return Response({"results": results, "next": following})


def shape(entry: Shown) -> dict[str, Any]:
    """Return a notice as `NoticeOut` describes it."""
    notice, words = entry.notice, entry.words
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "title": str(words.title),
        "text": str(words.text),
        "url": words.url,
        "is_read": notice.read_at is not None,
        "event_count": notice.event_count,
        "actors": [person.handle for person in notice.actors],
        "thread_id": notice.thread_id,
        "updated_at": notice.updated_at.isoformat().replace("+00:00", "Z"),
    }


def _cursor(text: str) -> Place:
    moment, pk = read_cursor(text, NEWEST, 2)
    try:
        return dt.datetime.fromisoformat(str(moment)).astimezone(dt.UTC), int(pk)
    except (ValueError, OverflowError) as error:
        raise unusable_cursor() from error


class NoticesRead(ApiView):
    """Marking as read."""

    scopes: ClassVar = {"POST": "notices:write"}

    @extend_schema(
        operation_id="markNoticesRead", tags=["Notices"], request=NoticesReadIn, responses=NoticesReadOut
    )
    def post(self, request: Request) -> Response:
        """Mark some notices as read, or all of them. Other members' are left alone."""
        actor = actor_of(request)
        ids, read_at = read_body(request, NoticesReadIn).get("ids"), None
        if ids is None:
            read_at = actions.mark_all_read(actor=actor)
        else:
            actions.mark_read(actor=actor, pks=ids)
        return _what_is_left(actor, read_at)


class NoticesUnread(ApiView):
    """Taking it back that everything was marked."""

    scopes: ClassVar = {"POST": "notices:write"}

    @extend_schema(
        operation_id="markNoticesUnread",
        tags=["Notices"],
        request=NoticesUnreadIn,
        responses=NoticesReadOut,
    )
    def post(self, request: Request) -> Response:
        """Make unread again what one call marked. What has news since stays as it is."""
        actor = actor_of(request)
        actions.undo_mark_all_read(actor=actor, moment=read_body(request, NoticesUnreadIn)["read_at"])
        return _what_is_left(actor, None)


def _what_is_left(actor: Member, read_at: dt.datetime | None) -> Response:
    actor.refresh_from_db(fields=["unread_notices"])
    return Response(NoticesReadOut({"unread": actor.unread_notices, "read_at": read_at}).data)


class NoticeRead(ApiView):
    """One notice."""

    scopes: ClassVar = {"PUT": "notices:write"}

    @extend_schema(operation_id="markNoticeRead", tags=["Notices"], request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Mark one notice as read."""
        actor = actor_of(request)
        actions.mark_read(actor=actor, pks=[get_notice_for(actor, pk).pk])
        return Response(status=204)
