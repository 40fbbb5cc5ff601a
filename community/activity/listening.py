"""What a consumer on demand wants to hear for now."""

from collections.abc import Collection

from community.activity.models import Listening
from community.activity.registry import find_consumer


def listen_for(consumer_name: str, verbs: Collection[str]) -> None:
    """Let a consumer hear these verbs from the end of this transaction on, and no others."""
    if find_consumer(consumer_name) is None:
        raise LookupError(consumer_name)
    held = Listening.objects.filter(consumer=consumer_name)
    held.exclude(verb__in=verbs).delete()
    Listening.objects.bulk_create(
        [Listening(consumer=consumer_name, verb=verb) for verb in sorted(verbs)], ignore_conflicts=True
    )


def listened_for(consumer_name: str) -> set[str]:
    """Return what a consumer hears now."""
    return set(Listening.objects.filter(consumer=consumer_name).values_list("verb", flat=True))
