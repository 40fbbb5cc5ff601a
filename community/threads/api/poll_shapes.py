"""What goes in and out of the API about polls."""

from typing import Any

from rest_framework import serializers

from community.members.api import MemberRefOut
from community.rest.inputs import In, Out
from community.threads.polling import PollSpec
from community.threads.polls import PollResults


class PollOptionOut(Out):
    """One answer to choose."""

    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    votes = serializers.IntegerField(help_text="0 while the results are not shown to the caller.")
    share = serializers.IntegerField(help_text="Part of the voters, in whole percent.")
    mine = serializers.BooleanField(help_text="Chosen by the caller.")


class PollOut(Out):
    """A poll in a post, as the caller sees it."""

    question = serializers.CharField()
    options = PollOptionOut(many=True)
    least = serializers.IntegerField(help_text="How many options one chooses at least.")
    most = serializers.IntegerField(help_text="How many options one may choose.")
    results = serializers.CharField(help_text="When results are shown: always, voted or closed.")
    shows_voters = serializers.BooleanField(help_text="Whether everyone sees who voted for what.")
    shows_results = serializers.BooleanField(help_text="Whether the caller sees the results now.")
    closes_at = serializers.DateTimeField(allow_null=True)
    is_closed = serializers.BooleanField()
    voter_count = serializers.IntegerField()
    voted = serializers.BooleanField(help_text="Whether the caller has voted.")


class PollIn(In):
    """A poll to ask."""

    question = serializers.CharField(max_length=400)
    options = serializers.ListField(
        child=serializers.CharField(max_length=400), max_length=40, help_text="2 to 20 options."
    )
    least = serializers.IntegerField(required=False, default=1, min_value=1, max_value=20)
    most = serializers.IntegerField(
        required=False, min_value=1, max_value=20, help_text="As many as `least` unless told."
    )
    results = serializers.ChoiceField(
        choices=PollResults.values, required=False, default=PollResults.ALWAYS.value
    )
    shows_voters = serializers.BooleanField(required=False, default=False)
    closes_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class VoteIn(In):
    """The options one chooses."""

    options = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=20, min_length=1)


class PollStateIn(In):
    """Whether a poll takes votes."""

    closed = serializers.BooleanField()


class VotersIn(In):
    """Where the list goes on."""

    after = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class VotersOut(Out):
    """Who chose an option."""

    people = MemberRefOut(many=True)
    next_after = serializers.IntegerField(allow_null=True, help_text="`after` of the next page.")


def spec_from(typed: dict[str, Any]) -> PollSpec:
    """Return the poll that was sent."""
    return PollSpec(**{"most": typed["least"], **typed, "options": tuple(typed["options"])})
