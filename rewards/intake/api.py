"""The way in for the brand's own systems: events, one or many, their types, and whose a customer number is."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import DomainError, Invalid
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from rewards.intake import actions
from rewards.intake.actions import Taken
from rewards.intake.api_shapes import (
    EXAMPLE_EVENT,
    EXAMPLE_REFUND,
    BrandEventIn,
    BrandEventOut,
    EventTypeIn,
    EventTypeOut,
    sent_of,
)
from rewards.intake.checking import Sent
from rewards.intake.limits import MOST_AT_ONCE
from rewards.intake.models import EventType
from rewards.intake.queries import events_for, get_customer, get_event_for, get_event_type

NEWEST = Order("brand_event", ("id",))
BrandEventPageOut = page_shape(BrandEventOut)


class ManyEventsIn(In):
    """Many events at once. Each is looked at for itself."""

    events = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MOST_AT_ONCE,
        help_text=f"Up to {MOST_AT_ONCE}, each as in `sendEvent`.",
    )


class EventLineOut(Out):
    """What became of one event."""

    index = serializers.IntegerField(help_text="Which of those sent, from 0.")
    status = serializers.IntegerField(help_text="201 taken in, 200 was there already, or that of a refusal.")
    event = BrandEventOut(required=False)
    code = serializers.CharField(required=False, help_text="Of a refusal; stable.")
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment]


class ManyEventsOut(Out):
    """What became of each, in the order in which they were sent."""

    taken = serializers.IntegerField(help_text="How many are new.")
    known = serializers.IntegerField(help_text="How many were there already.")
    refused = serializers.IntegerField()
    results = EventLineOut(many=True)


class EventsIn(PageIn):
    """Which events."""

    source = serializers.CharField(required=False, max_length=40)  # type: ignore[assignment]
    id = serializers.CharField(required=False, max_length=100, help_text="The brand's own id.")
    type = serializers.CharField(required=False, max_length=40)
    member = serializers.CharField(required=False, max_length=60, help_text="A handle.")
    waiting = serializers.BooleanField(
        required=False, default=None, allow_null=True, help_text="Only those whose member is not known yet."
    )


class CustomerIn(In):
    """Whose it is."""

    member = serializers.CharField(help_text="A handle.")


class CustomerOut(Out):
    """A customer number."""

    source = serializers.CharField()  # type: ignore[assignment]
    number = serializers.CharField()
    member = serializers.CharField(source="member.handle")
    linked_at = serializers.DateTimeField()


class EventTypesOut(Out):
    """Every type."""

    results = EventTypeOut(many=True)


class Events(ApiView):
    """Events of the brand's systems."""

    scopes: ClassVar = {"GET": "events:read", "POST": "events:write"}
    least: ClassVar = {"GET": "manager", "POST": "manager"}
    pace = "events"

    @extend_schema(
        operation_id="listEvents", tags=["Events"], parameters=[EventsIn], responses=BrandEventPageOut
    )
    def get(self, request: Request) -> Response:
        """List what was told, the latest first."""
        asked = read_query(request, EventsIn)
        rows = events_for(actor_of(request))
        for name, column in (("source", "source"), ("id", "event_id"), ("type", "type__key")):
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if asked.get("member"):
            rows = rows.filter(member=get_member_for(actor_of(request), asked["member"]))
        if asked["waiting"] is not None:
            rows = rows.filter(member__isnull=asked["waiting"])
        page = {name: asked[name] for name in ("after", "limit") if name in asked}
        return page_of(request, rows, NEWEST, BrandEventOut, **page)

    @extend_schema(
        operation_id="sendEvent",
        tags=["Events"],
        request=BrandEventIn,
        responses={201: BrandEventOut, 200: BrandEventOut},
        examples=[EXAMPLE_EVENT, EXAMPLE_REFUND],
    )
    def post(self, request: Request) -> Response:
        """Tell one event. The same id with the same content answers 200 and does nothing twice; other content is a 409."""
        taken = actions.take_event(actor=actor_of(request), sent=sent_of(request.data))
        return Response(BrandEventOut(taken.event).data, status=201 if taken.is_new else 200)


class ManyEvents(ApiView):
    """Many events at once."""

    scopes: ClassVar = {"POST": "events:write"}
    least: ClassVar = {"POST": "manager"}
    pace = "events"

    @extend_schema(operation_id="sendEvents", tags=["Events"], request=ManyEventsIn, responses=ManyEventsOut)
    def post(self, request: Request) -> Response:
        """Tell many events. Each is taken in or refused for itself; one that is refused stops no other."""
        typed = read_body(request, ManyEventsIn)
        sent = [_read_line(line) for line in typed["events"]]
        answers = actions.take_events(actor=actor_of(request), sent=sent)
        lines = [_line(n, answer) for n, answer in enumerate(answers)]
        counts = {
            name: sum(line["status"] == status for line in lines)
            for name, status in (("taken", 201), ("known", 200))
        }
        refused = len(lines) - sum(counts.values())
        return Response({**counts, "refused": refused, "results": lines})


def _read_line(line: Mapping[str, Any]) -> Sent | DomainError:
    try:
        return sent_of(line)
    except DomainError as refusal:
        return refusal
    except serializers.ValidationError as error:
        fields = {str(name): _first(said) for name, said in error.get_full_details().items()}  # type: ignore[union-attr]
        return Invalid("unusable_input", _("Some fields need another look."), fields=fields)


def _first(said: Any) -> str:
    """Return the first sentence of what is wrong with a field, however deep it stands."""
    while isinstance(said, list | dict) and "message" not in said:
        said = said[0] if isinstance(said, list) else next(iter(said.values()))
    return str(said["message"])


def _line(index: int, answer: Taken | DomainError) -> dict[str, Any]:
    if isinstance(answer, DomainError):
        return {
            "index": index,
            "status": answer.status,
            "code": answer.code,
            "detail": answer.message,
            "errors": answer.fields,
        }
    status = 201 if answer.is_new else 200
    return {"index": index, "status": status, "event": BrandEventOut(answer.event).data}


class OneEvent(ApiView):
    """One event."""

    scopes: ClassVar = {"GET": "events:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="getEvent", tags=["Events"], responses=BrandEventOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read one event."""
        return Response(BrandEventOut(get_event_for(actor_of(request), pk)).data)


class EventTypes(ApiView):
    """Which events are taken in."""

    scopes: ClassVar = {"GET": "events:read"}
    least: ClassVar = {"GET": "manager"}

    @extend_schema(operation_id="listEventTypes", tags=["Events"], responses=EventTypesOut)
    def get(self, request: Request) -> Response:
        """List every type of event, with what it may carry."""
        events_for(actor_of(request))
        return Response({"results": EventTypeOut(EventType.objects.all(), many=True).data})


class OneEventType(ApiView):
    """A type of event."""

    scopes: ClassVar = {"GET": "events:read", "PUT": "events:write", "PATCH": "events:write"}
    least: ClassVar = {"GET": "manager", "PUT": "manager", "PATCH": "manager"}

    @extend_schema(operation_id="getEventType", tags=["Events"], responses=EventTypeOut)
    def get(self, request: Request, key: str) -> Response:
        """Read a type."""
        return Response(EventTypeOut(get_event_type(actor_of(request), key)).data)

    @extend_schema(
        operation_id="declareEventType", tags=["Events"], request=EventTypeIn, responses={201: EventTypeOut}
    )
    def put(self, request: Request, key: str) -> Response:
        """Declare a new type. What is there already is refused."""
        values = read_body(request, EventTypeIn)
        kind = actions.declare_event_type(actor=actor_of(request), key=key, values=values)
        return Response(EventTypeOut(kind).data, status=201)

    @extend_schema(
        operation_id="changeEventType", tags=["Events"], request=EventTypeIn, responses=EventTypeOut
    )
    def patch(self, request: Request, key: str) -> Response:
        """Change a type. What was taken in stays as it is."""
        actor = actor_of(request)
        kind = get_event_type(actor, key)
        changes = read_body(request, EventTypeIn, partial=True)
        return Response(EventTypeOut(actions.change_event_type(actor=actor, kind=kind, changes=changes)).data)


class OneCustomer(ApiView):
    """A customer number of one of the brand's systems."""

    scopes: ClassVar = {"GET": "events:read", "PUT": "events:write", "DELETE": "events:write"}
    least: ClassVar = {"GET": "manager", "PUT": "manager", "DELETE": "manager"}
    pace = "events"

    @extend_schema(operation_id="getCustomer", tags=["Events"], responses=CustomerOut)
    def get(self, request: Request, source: str, number: str) -> Response:
        """Read whose a customer number is."""
        return Response(CustomerOut(get_customer(actor_of(request), source, number)).data)

    @extend_schema(operation_id="linkCustomer", tags=["Events"], request=CustomerIn, responses=CustomerOut)
    def put(self, request: Request, source: str, number: str) -> Response:
        """Say whose a customer number is. What waited for it is theirs at once."""
        actor = actor_of(request)
        member = get_member_for(actor, read_body(request, CustomerIn)["member"])
        row = actions.link_customer(actor=actor, member=member, source=source, number=number)
        return Response(CustomerOut(row).data)

    @extend_schema(operation_id="unlinkCustomer", tags=["Events"], request=None, responses={204: None})
    def delete(self, request: Request, source: str, number: str) -> Response:
        """Take a customer number from its member. What came by it stays theirs."""
        actor = actor_of(request)
        actions.unlink_customer(actor=actor, customer=get_customer(actor, source, number))
        return Response(status=204)


urlpatterns = [
    path("events", Events.as_view(), name="api_events"),
    path("events/bulk", ManyEvents.as_view(), name="api_events_bulk"),
    path("events/<int:pk>", OneEvent.as_view(), name="api_event"),
    path("event-types", EventTypes.as_view(), name="api_event_types"),
    path("event-types/<str:key>", OneEventType.as_view(), name="api_event_type"),
    path("customers/<str:source>/<str:number>", OneCustomer.as_view(), name="api_customer"),
]
