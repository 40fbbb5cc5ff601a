"""From an Activity to messages: which endpoints want it, each with its number in their order."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from community.activity.listening import listen_for
from community.activity.models import Activity
from community.integrations.webhooks.catalogue import all_events, find_event
from community.integrations.webhooks.models import WebhookEndpoint, WebhookMessage
from community.integrations.webhooks.signing import new_key
from community.threads.models import Thread

CONSUMER = "integrations.queue_webhooks"


def renew_listening() -> None:
    """Hear what endpoints in use ask for, and nothing when there is none. Call it in the transaction of the change."""
    wanted: set[str] = set()
    for verbs in WebhookEndpoint.objects.filter(is_on=True).values_list("verbs", flat=True):
        wanted |= set(verbs) if verbs else {event.name for event in all_events()}
    listen_for(CONSUMER, {name for name in wanted if find_event(name)})


def queue_messages(activities: Sequence[Activity]) -> int:
    """Write one message per Activity and endpoint that wants it; statements do not grow with either. Returns how many.

    An Activity that was queued before is left alone, so hearing it twice does nothing twice.
    """
    # In one order, so that two workers never wait for each other in a circle; and so the numbers of each have no gap.
    endpoints = list(WebhookEndpoint.objects.select_for_update().filter(is_on=True).order_by("pk"))
    return queue_for(endpoints, activities)


def queue_for(endpoints: Sequence[WebhookEndpoint], activities: Sequence[Activity]) -> int:
    """Write the messages of endpoints that the caller holds locked."""
    told = sorted((it for it in activities if not it.quiet and find_event(it.verb)), key=lambda it: it.pk)
    if not told or not endpoints:
        return 0
    tags = _tags_of(told) if any(endpoint.tags for endpoint in endpoints) else {}
    known = set(
        WebhookMessage.objects.filter(endpoint__in=endpoints, activity__in=told).values_list(
            "endpoint_id", "activity_id"
        )
    )
    now, messages = timezone.now(), []
    for endpoint in endpoints:
        for activity in told:
            if (endpoint.pk, activity.pk) in known or not wants(
                endpoint, activity, tags.get(activity.pk, ())
            ):
                continue
            endpoint.last_sequence += 1
            messages.append(
                WebhookMessage(
                    endpoint=endpoint,
                    activity=activity,
                    key=new_key(),
                    verb=activity.verb,
                    sequence=endpoint.last_sequence,
                    due_at=now,
                    created_at=now,
                )
            )
    WebhookMessage.objects.bulk_create(messages)
    if messages:
        WebhookEndpoint.objects.bulk_update(endpoints, ["last_sequence"])
    return len(messages)


def wants(endpoint: WebhookEndpoint, activity: Activity, tags: Iterable[str]) -> bool:
    """Whether an event passes the filters of an endpoint. Whoever names spaces or topics hears only of those."""
    if endpoint.verbs and activity.verb not in endpoint.verbs:
        return False
    if endpoint.space_ids and activity.space_id not in endpoint.space_ids:
        return False
    return not endpoint.tags or bool(set(endpoint.tags) & set(tags))


def _tags_of(activities: Iterable[Activity]) -> Mapping[int, Sequence[str]]:
    """Return the topics of the thread each Activity is about, in one question."""
    places = {it.pk: it.payload.get("thread_id") or _itself(it) for it in activities}
    tags = dict(Thread.objects.filter(pk__in=set(filter(None, places.values()))).values_list("pk", "tags"))
    return {pk: tags.get(thread, ()) for pk, thread in places.items() if thread}


def _itself(activity: Activity) -> int | None:
    return activity.target_pk if activity.target_type == "threads.thread" else None
