"""The brand's way to watched words."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.moderation.models import WatchedWord, WordAction
from community.moderation.words import actions
from community.moderation.words.forms import BODY_MOST, TITLE_MOST
from community.moderation.words.permissions import can_watch_words
from community.moderation.words.queries import export_words, get_word_for, try_words
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of

LATEST = Order("latest", ("id",))


class WordIn(In):
    """A word to watch for."""

    word = serializers.CharField(max_length=200)
    action = serializers.ChoiceField(choices=WordAction.choices)
    replacement = serializers.CharField(max_length=200, required=False, allow_blank=True)
    is_regex = serializers.BooleanField(required=False)
    in_title = serializers.BooleanField(required=False)
    in_body = serializers.BooleanField(required=False)
    in_profile = serializers.BooleanField(required=False)
    in_names = serializers.BooleanField(required=False)
    is_case_sensitive = serializers.BooleanField(required=False)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class WordOut(Out):
    """A watched word."""

    id = serializers.IntegerField()
    word = serializers.CharField()
    action = serializers.CharField()
    replacement = serializers.CharField()
    is_regex = serializers.BooleanField()
    in_title = serializers.BooleanField()
    in_body = serializers.BooleanField()
    in_profile = serializers.BooleanField()
    in_names = serializers.BooleanField()
    is_case_sensitive = serializers.BooleanField()
    note = serializers.CharField()
    changed_at = serializers.DateTimeField()


class ListIn(In):
    """A whole list."""

    text = serializers.CharField(
        max_length=actions.LONGEST_LIST, help_text="A word in each line, or the table that GET returns."
    )
    action = serializers.ChoiceField(choices=WordAction.choices, default=WordAction.HOLD.value)


class ListOut(Out):
    """What became of it."""

    added = serializers.IntegerField()
    known = serializers.IntegerField()


class TableOut(Out):
    """The list as a table."""

    text = serializers.CharField()


class TryIn(In):
    """A text to try."""

    title = serializers.CharField(max_length=TITLE_MOST, required=False, default="", allow_blank=True)
    body = serializers.CharField(max_length=BODY_MOST, required=False, default="", allow_blank=True)


class SetOffOut(Out):
    """A word that the text sets off."""

    written = serializers.CharField()
    place = serializers.CharField()
    word_id = serializers.IntegerField(source="word.pk")
    word = serializers.CharField(source="word.word")
    action = serializers.CharField(source="word.action")


class TryOut(Out):
    """What a text sets off, and how it would be shown."""

    found = SetOffOut(many=True)
    title = serializers.CharField()
    body = serializers.CharField()
    is_slow = serializers.BooleanField()


WordPageOut = page_shape(WordOut)


class WordList(ApiView):
    """Watched words."""

    scopes: ClassVar = {"GET": "moderation:read", "POST": "moderation:write"}
    least: ClassVar = {"GET": "manager", "POST": "manager"}

    @extend_schema(
        operation_id="listWatchedWords", tags=["Moderation"], parameters=[PageIn], responses=WordPageOut
    )
    def get(self, request: Request) -> Response:
        """List watched words, the latest first."""
        can_watch_words(actor_of(request)).require()
        return page_of(request, WatchedWord.objects.all(), LATEST, WordOut, **read_query(request, PageIn))

    @extend_schema(
        operation_id="addWatchedWord", tags=["Moderation"], request=WordIn, responses={201: WordOut}
    )
    def post(self, request: Request) -> Response:
        """Watch for a word. An expression that takes long is refused."""
        word = actions.add_word(actor=actor_of(request), **read_body(request, WordIn))
        return Response(WordOut(word).data, status=201)


class WordDetail(ApiView):
    """One watched word."""

    scopes: ClassVar = {"PATCH": "moderation:write", "DELETE": "moderation:write"}
    least: ClassVar = {"PATCH": "manager", "DELETE": "manager"}

    @extend_schema(operation_id="changeWatchedWord", tags=["Moderation"], request=WordIn, responses=WordOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change it."""
        actor = actor_of(request)
        changes: dict[str, Any] = read_body(request, WordIn, partial=True)
        word = actions.change_word(actor=actor, word=get_word_for(actor, pk), changes=changes)
        return Response(WordOut(word).data)

    @extend_schema(operation_id="removeWatchedWord", tags=["Moderation"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Watch for it no more."""
        actor = actor_of(request)
        actions.remove_word(actor=actor, word=get_word_for(actor, pk))
        return Response(status=204)


class WordTable(ApiView):
    """The whole list."""

    scopes: ClassVar = {"GET": "moderation:read", "POST": "moderation:write"}
    least: ClassVar = {"GET": "manager", "POST": "manager"}

    @extend_schema(operation_id="exportWatchedWords", tags=["Moderation"], responses=TableOut)
    def get(self, request: Request) -> Response:
        """Return the list as a table with commas, as POST takes it."""
        return Response({"text": export_words(actor_of(request))})

    @extend_schema(operation_id="importWatchedWords", tags=["Moderation"], request=ListIn, responses=ListOut)
    def post(self, request: Request) -> Response:
        """Add a whole list. One line that cannot be used refuses all of it, and is named."""
        added, known = actions.import_words(actor=actor_of(request), **read_body(request, ListIn))
        return Response({"added": added, "known": known})


class WordTrial(ApiView):
    """Trying a text."""

    scopes: ClassVar = {"POST": "moderation:read"}
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="tryWatchedWords", tags=["Moderation"], request=TryIn, responses=TryOut)
    def post(self, request: Request) -> Response:
        """Say what a text would set off. Writes nothing."""
        return Response(TryOut(try_words(actor_of(request), **read_body(request, TryIn))).data)


urlpatterns = [
    path("moderation/words", WordList.as_view(), name="api_words"),
    path("moderation/words/list", WordTable.as_view(), name="api_words_list"),
    path("moderation/words/try", WordTrial.as_view(), name="api_words_try"),
    path("moderation/words/<int:pk>", WordDetail.as_view(), name="api_word"),
]
