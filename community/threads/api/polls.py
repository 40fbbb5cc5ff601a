"""Polls in posts."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.rest.inputs import read_body, read_query
from community.rest.views import ApiView, actor_of, viewer_of
from community.threads import actions
from community.threads.api.poll_shapes import (
    PollIn,
    PollOut,
    PollStateIn,
    VoteIn,
    VotersIn,
    VotersOut,
    spec_from,
)
from community.threads.queries.access import get_post_for
from community.threads.queries.polls import get_poll_of, voters_of


class PostPoll(ApiView):
    """The poll of a post."""

    scopes: ClassVar = {"GET": "threads:read", "PUT": "posts:write", "DELETE": "posts:write"}
    guests = ("GET",)

    @extend_schema(operation_id="getPoll", tags=["Polls"], responses=PollOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read the poll of a post."""
        viewer = viewer_of(request)
        return _poll(viewer, get_post_for(viewer, pk).pk)

    @extend_schema(operation_id="putPoll", tags=["Polls"], request=PollIn, responses=PollOut)
    def put(self, request: Request, pk: int) -> Response:
        """Add a poll to a post, or change what it asks: within five minutes and before the first vote; moderators later too."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        actions.put_poll(actor=actor, post=post, spec=spec_from(read_body(request, PollIn)))
        return _poll(actor, pk)

    @extend_schema(operation_id="removePoll", tags=["Polls"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take the poll out of a post, while it may still be changed."""
        actor = actor_of(request)
        actions.remove_poll(actor=actor, post=get_post_for(actor, pk))
        return Response(status=204)


class PollVoting(ApiView):
    """The caller's vote."""

    scopes: ClassVar = {"PUT": "reactions:write", "DELETE": "reactions:write"}

    @extend_schema(operation_id="vote", tags=["Polls"], request=VoteIn, responses=PollOut)
    def put(self, request: Request, pk: int) -> Response:
        """Vote, in place of any earlier vote."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        actions.cast_vote(actor=actor, post=post, options=read_body(request, VoteIn)["options"])
        return _poll(actor, pk)

    @extend_schema(operation_id="withdrawVote", tags=["Polls"], responses=PollOut)
    def delete(self, request: Request, pk: int) -> Response:
        """Take the vote back."""
        actor = actor_of(request)
        actions.withdraw_vote(actor=actor, post=get_post_for(actor, pk))
        return _poll(actor, pk)


class PollState(ApiView):
    """Whether a poll takes votes."""

    scopes: ClassVar = {"PUT": "posts:write"}

    @extend_schema(operation_id="closePoll", tags=["Polls"], request=PollStateIn, responses=PollOut)
    def put(self, request: Request, pk: int) -> Response:
        """Close a poll, or open it again; for its author and moderators."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        closed = read_body(request, PollStateIn)["closed"]
        (actions.close_poll if closed else actions.reopen_poll)(actor=actor, post=post)
        return _poll(actor, pk)


class PollVoters(ApiView):
    """Who voted for what."""

    scopes: ClassVar = {"GET": "threads:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listVoters", tags=["Polls"], parameters=[VotersIn], responses=VotersOut)
    def get(self, request: Request, pk: int, option: int) -> Response:
        """List who chose an option of an open ballot, newest first."""
        viewer = viewer_of(request)
        poll = get_poll_of(viewer, get_post_for(viewer, pk).pk)
        after = read_query(request, VotersIn).get("after")
        return Response(VotersOut(voters_of(viewer, poll, option, after)).data)


def _poll(viewer: Member | None, pk: int) -> Response:
    return Response(PollOut(get_poll_of(viewer, pk)).data)
