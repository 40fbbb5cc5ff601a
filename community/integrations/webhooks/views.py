"""The browser's way to webhooks."""

import json
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import DomainError
from community.integrations.webhooks import actions
from community.integrations.webhooks.body import Withheld, body_of
from community.integrations.webhooks.forms import EndpointForm, LogForm, SpanForm, TestForm, initial_of
from community.integrations.webhooks.models import WebhookEndpoint
from community.integrations.webhooks.queries import (
    endpoints_for,
    get_endpoint_for,
    get_message_for,
    messages_of,
    replays_of,
    tries_of,
)
from community.web import done, put_beside

ROOM = "community/integrations/webhooks"
PAGE = 30


@allow(Who.MANAGER, "GET")
def endpoints(request: HttpRequest) -> HttpResponse:
    """List endpoints with their health."""
    return render(request, f"{ROOM}/list.html", {"endpoints": endpoints_for(actor_of(request))})


@allow(Who.MANAGER, "GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Add an endpoint. The answer shows its secret, this once, so it is no redirect; who adds one has just shown who they are."""
    actor = actor_of(request)
    form = EndpointForm(actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        raise_if_reauthentication_required(request, app="account")
        try:
            made, secret = actions.add_endpoint(actor=actor, values=form.values())
        except DomainError as error:
            put_beside(form, error)
        else:
            return _show(request, made, secret=secret, status=201)
    status = 422 if form.errors else 200
    return render(request, f"{ROOM}/edit.html", {"form": form, "endpoint": None}, status=status)


@allow(Who.MANAGER, "GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an endpoint hears, or where it is."""
    actor = actor_of(request)
    held = get_endpoint_for(actor, pk)
    form = EndpointForm(
        held.owner, request.POST if request.method == "POST" else None, initial=initial_of(held)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_endpoint(actor=actor, endpoint=held, values=form.values())
        except DomainError as error:
            put_beside(form, error)
        else:
            return done(request, reverse("webhook", args=[pk]), _("Saved."))
    status = 422 if form.errors else 200
    return render(request, f"{ROOM}/edit.html", {"form": form, "endpoint": held}, status=status)


@allow(Who.MANAGER, "GET")
def endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an endpoint: its health, its log, and what can be done with it."""
    return _show(request, get_endpoint_for(actor_of(request), pk))


@allow(Who.MANAGER, "POST")
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew the secret, and show it this once."""
    actor = actor_of(request)
    held = get_endpoint_for(actor, pk)
    raise_if_reauthentication_required(request, app="account")
    secret = actions.renew_secret(actor=actor, endpoint=held)
    return _show(request, get_endpoint_for(actor, pk), secret=secret, status=201)


@allow(Who.MANAGER, "POST")
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test, and go to its page, where the answer appears."""
    actor = actor_of(request)
    held = get_endpoint_for(actor, pk)
    form = TestForm(request.POST)
    verb = form.cleaned_data["verb"] if form.is_valid() else "?"
    sent = actions.send_test(actor=actor, endpoint=held, verb=verb)
    return done(request, reverse("webhook_message", args=[sent.pk]), _("The test is on its way."))


@allow(Who.MANAGER, "POST")
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn an endpoint on or off."""
    actor = actor_of(request)
    held = get_endpoint_for(actor, pk)
    on = request.POST.get("on") == "1"
    actions.turn_endpoint(actor=actor, endpoint=held, on=on)
    said = _("It is in use again.") if on else _("Nothing is sent there any more.")
    return done(request, reverse("webhook", args=[pk]), said)


@allow(Who.MANAGER, "GET", "POST")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and remove an endpoint with its log."""
    actor = actor_of(request)
    held = get_endpoint_for(actor, pk)
    if request.method == "POST":
        actions.remove_endpoint(actor=actor, endpoint=held)
        return done(request, reverse("webhooks"), _("The endpoint and its log are gone."))
    return render(request, f"{ROOM}/remove.html", {"endpoint": held})


@allow(Who.MANAGER, "POST")
def replay_span(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a span of time again."""
    actor = actor_of(request)
    held = get_endpoint_for(actor, pk)
    form = SpanForm(request.POST)
    if form.is_valid():
        try:
            actions.replay_span(actor=actor, endpoint=held, **form.cleaned_data)
        except DomainError as error:
            put_beside(form, error)
        else:
            return done(request, f"{reverse('webhook', args=[pk])}#again", _("It is being sent again."))
    return _show(request, held, span=form, status=422)


@allow(Who.MANAGER, "GET")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message: what it would say now, and every try."""
    found = get_message_for(actor_of(request), pk)
    body = body_of(found.endpoint, found)
    shown = "" if isinstance(body, Withheld) else json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    context = {"message": found, "endpoint": found.endpoint, "body": shown, "tries": tries_of(found)}
    return _private(render(request, f"{ROOM}/message.html", context))


@allow(Who.MANAGER, "POST")
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one message again."""
    actor = actor_of(request)
    actions.replay_message(actor=actor, message=get_message_for(actor, pk))
    return done(request, reverse("webhook_message", args=[pk]), _("It is being sent again."))


def _show(
    request: HttpRequest,
    held: WebhookEndpoint,
    *,
    secret: str = "",
    span: SpanForm | None = None,
    status: int = 200,
) -> HttpResponse:
    log = LogForm(request.GET)
    narrowed = log.cleaned_data if log.is_valid() else {}
    before = request.GET.get("before", "")
    cut = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    found = list(messages_of(held, before=cut, **narrowed).order_by("-pk")[: PAGE + 1])
    now = timezone.localtime()
    context: dict[str, Any] = {
        "endpoint": held,
        "secret": secret,
        "log": LogForm(initial=narrowed),
        "narrowed": {name: value for name, value in narrowed.items() if value},
        "messages": found[:PAGE],
        "before": len(found) > PAGE,
        "older": _older(narrowed, found[PAGE - 1].pk) if len(found) > PAGE else "",
        "span": span or SpanForm(initial={"begins_at": now - timedelta(days=1), "ends_at": now}),
        "test": TestForm(),
        "replays": replays_of(held),
        "signs_twice": bool(held.old_until and held.old_until > now),
    }
    return _private(render(request, f"{ROOM}/show.html", context, status=status))


def _older(narrowed: dict[str, Any], before: int) -> str:
    return "?" + urlencode({**{name: value for name, value in narrowed.items() if value}, "before": before})


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
