"""The shapes of webhooks in the API."""

from rest_framework import serializers

from community.integrations.webhooks.models import MessageState, OffReason, Which
from community.rest.inputs import In, Out
from community.rest.paging import PageIn


class EndpointIn(In):
    """An endpoint. Empty filters let everything through that its owner may see."""

    url = serializers.CharField(max_length=2000, help_text="https, by a public name, on the usual port.")
    description = serializers.CharField(max_length=120, required=False, allow_blank=True)
    verbs = serializers.ListField(child=serializers.CharField(max_length=64), max_length=200, required=False)
    space_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=50, required=False
    )
    tags = serializers.ListField(child=serializers.CharField(max_length=40), max_length=50, required=False)


class EndpointChangeIn(EndpointIn):
    """What to change, and whether it is in use."""

    is_on = serializers.BooleanField(required=False)


class TestIn(In):
    """Which event to make up; empty for a greeting."""

    verb = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")


class SpanIn(In):
    """What to send again."""

    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    which = serializers.ChoiceField(choices=Which.choices, default=Which.FAILED)


class MessagesIn(PageIn):
    """Which messages."""

    state = serializers.ChoiceField(choices=MessageState.choices, required=False)
    verb = serializers.CharField(max_length=64, required=False)
    since = serializers.DateTimeField(required=False)


class WebhookEventOut(Out):
    """An event that endpoints may hear."""

    name = serializers.CharField()
    group = serializers.CharField()
    title = serializers.CharField(source="label")
    fields_told = serializers.ListField(
        child=serializers.CharField(), source="fields", help_text="The fields of `data` beside the frame."
    )


class EndpointOut(Out):
    """An endpoint and its health."""

    id = serializers.IntegerField()
    owner_id = serializers.IntegerField()
    url = serializers.CharField()
    description = serializers.CharField()
    verbs = serializers.ListField(child=serializers.CharField())
    space_ids = serializers.ListField(child=serializers.IntegerField())
    tags = serializers.ListField(child=serializers.CharField())
    is_on = serializers.BooleanField()
    off_reason = serializers.ChoiceField(choices=OffReason.choices)
    last_sequence = serializers.IntegerField(help_text="The number of its latest message.")
    last_status = serializers.IntegerField(allow_null=True)
    last_success_at = serializers.DateTimeField(allow_null=True)
    failing_since = serializers.DateTimeField(allow_null=True)
    failures = serializers.IntegerField(help_text="How many tries in a row did not get through.")
    old_secret_until = serializers.DateTimeField(
        source="old_until", allow_null=True, help_text="Until when the secret before signs along."
    )
    created_at = serializers.DateTimeField()


class NewEndpointOut(EndpointOut):
    """An endpoint that was just added."""

    secret = serializers.CharField(
        help_text="`whsec_…`, shown this once. Empty when the answer is repeated for an `Idempotency-Key`."
    )


class SecretOut(Out):
    """A new secret, shown once."""

    secret = serializers.CharField()
    old_secret_until = serializers.DateTimeField(allow_null=True)


class WebhookMessageOut(Out):
    """One event for one endpoint."""

    id = serializers.IntegerField()
    key = serializers.CharField(help_text="The `webhook-id`, the same at every try.")
    type = serializers.CharField(source="verb")
    sequence = serializers.IntegerField()
    is_test = serializers.BooleanField()
    state = serializers.CharField(help_text="waiting, sent, withheld or failed.")
    why = serializers.CharField(
        help_text="Withheld: owner, hidden, gone or unknown. Given up: tries, gone or off. Otherwise empty."
    )
    attempts = serializers.IntegerField()
    last_status = serializers.IntegerField(allow_null=True)
    due_at = serializers.DateTimeField(help_text="When it is tried next, while it waits.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class WebhookTryOut(Out):
    """One try."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    took_ms = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField()
    body_bytes = serializers.IntegerField()
    request_headers = serializers.DictField(child=serializers.CharField())
    response_headers = serializers.DictField(child=serializers.CharField())
    response_body = serializers.CharField(help_text="The first 1,024 bytes.")


class OneMessageOut(WebhookMessageOut):
    """A message with its tries."""

    tries = WebhookTryOut(many=True, source="tries_shown")


class WebhookReplayOut(Out):
    """A span that is sent again."""

    id = serializers.IntegerField()
    which = serializers.ChoiceField(choices=Which.choices)
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    queued = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class WebhookReplaysOut(Out):
    """The latest replays."""

    results = WebhookReplayOut(many=True)


class WebhookEventsOut(Out):
    """All events."""

    results = WebhookEventOut(many=True)
