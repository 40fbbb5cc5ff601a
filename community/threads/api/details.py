"""Answers to what the space of a thread asks."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces.asking.queries import fields_of
from community.threads import actions
from community.threads.models import Thread
from community.threads.permissions import can_moderate_thread
from community.threads.queries.access import get_thread_for


class DetailOut(Out):
    """One answer."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField()
    value = serializers.JSONField(help_text="A text, a number, or a list of texts.")


class DetailsOut(Out):
    """The answers the caller may read, in their order."""

    items = DetailOut(many=True)


class DetailsIn(In):
    """Answers by the keys of `getSpaceForm`."""

    details = serializers.DictField(child=serializers.JSONField(), help_text="All of them anew.")


class ThreadDetails(ApiView):
    """What a thread says in the fields of its space."""

    scopes: ClassVar = {"GET": "threads:read", "PUT": "threads:write"}
    guests = ("GET",)

    @extend_schema(operation_id="getThreadDetails", tags=["Threads"], responses=DetailsOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read the answers. Those for the team are left out for others, but not for who gave them."""
        viewer = viewer_of(request)
        return Response(_shown(viewer, get_thread_for(viewer, pk)))

    @extend_schema(operation_id="setThreadDetails", tags=["Threads"], request=DetailsIn, responses=DetailsOut)
    def put(self, request: Request, pk: int) -> Response:
        """Answer anew."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        typed = read_body(request, DetailsIn)
        return Response(_shown(actor, actions.change_details(actor=actor, thread=thread, **typed)))


def _shown(viewer: Member | None, thread: Thread) -> Any:
    answers = thread.details or {}
    fields = [field for field in fields_of(thread.space_id) if field.key in answers] if answers else []
    inside = viewer is not None and (
        viewer.pk == thread.author_id or bool(can_moderate_thread(viewer, thread))
    )
    rows = [
        {"key": field.key, "label": field.label, "kind": field.kind, "value": answers[field.key]}
        for field in fields
        if inside or not field.for_team
    ]
    return DetailsOut({"items": rows}).data
