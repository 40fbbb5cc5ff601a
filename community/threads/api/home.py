"""What stands on the caller's home: the suggestions of today, and what became of what they said."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import In, Out, read_query
from community.rest.paging import next_address, write_cursor
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of
from community.threads.api.reading import cursor_of
from community.threads.queries.outcomes import list_outcomes
from community.today import suggestions_for


class SuggestionOut(Out):
    """One thing worth a minute today."""

    kind = serializers.SerializerMethodField(help_text="help, ask or happening.")
    reason = serializers.CharField(help_text="Why it is shown to the caller.")
    text = serializers.CharField()
    action = serializers.CharField(help_text="What following the address is for.")
    url = serializers.CharField()

    def get_kind(self, suggestion: Any) -> str:
        """Return the kind in small letters."""
        return str(suggestion.kind.name.lower())


class OutcomeOut(Out):
    """One thing that became of the caller's words."""

    what = serializers.ChoiceField(choices=["accepted", "solved", "replied", "thanked"])
    moment = serializers.DateTimeField()
    post_id = serializers.IntegerField(source="pk", help_text="The caller's own post.")
    title = serializers.CharField(help_text="Of the thread it stands in.")
    words = serializers.CharField(help_text="What the caller had said, shortened.")
    said_at = serializers.DateTimeField()
    who = serializers.CharField(
        allow_null=True, help_text="Who took the answer, solved the question, or replied or thanked last."
    )
    people = serializers.IntegerField(help_text="How many thanked; of replies, how many there are.")
    url = serializers.CharField(source="get_absolute_url")


class OutcomesIn(In):
    """Where the list goes on."""

    after = serializers.CharField(
        required=False, max_length=400, help_text="Cursor from the `next` of the page before."
    )


SuggestionPageOut = page_shape(SuggestionOut)
OutcomePageOut = page_shape(OutcomeOut)


class Today(ApiView):
    """What is worth a minute of the caller today."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="listToday", tags=["Me"], responses=SuggestionPageOut)
    def get(self, request: Request) -> Response:
        """List at most three suggestions, each with the reason it is shown."""
        found = suggestions_for(actor_of(request))
        return Response({"results": SuggestionOut(found, many=True).data, "next": None})


class Outcomes(ApiView):
    """What became of what the caller said."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(
        operation_id="listOutcomes", tags=["Me"], parameters=[OutcomesIn], responses=OutcomePageOut
    )
    def get(self, request: Request) -> Response:
        """List replies, thanks, accepted answers and solved questions beside the caller's own words, twenty at a time."""
        page = list_outcomes(actor_of(request), cursor_of(read_query(request, OutcomesIn), "outcomes"))
        following = page.after and next_address(request, write_cursor("outcomes", list(page.after)))
        return Response({"results": OutcomeOut(page.outcomes, many=True).data, "next": following})
