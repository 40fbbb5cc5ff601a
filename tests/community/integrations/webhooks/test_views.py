"""Managers set endpoints up on their settings pages."""

from typing import Any

import pytest

from community.integrations.models import WebhookEndpoint, WebhookMessage, WebhookReplay
from community.integrations.webhooks.actions import add_endpoint, send_test
from tests.community.integrations.test_views import proven

pytestmark = pytest.mark.django_db
HOME = "/me/settings/webhooks/"
URL = "https://shop.example.org/hooks"


@pytest.fixture
def held(manager: Any) -> WebhookEndpoint:
    made, _secret = add_endpoint(actor=manager, values={"url": URL, "verbs": ["badge.awarded"]})
    return made


def test_a_secret_is_shown_once(sign_in: Any, manager: Any) -> None:
    client = proven(sign_in(manager))
    answer = client.post(f"{HOME}add/", {"url": URL, "verbs": ["badge.awarded"], "description": "Shop"})

    made = WebhookEndpoint.objects.get()
    assert answer.status_code == 201
    assert "whsec_" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert (made.owner, made.verbs, made.description) == (manager, ["badge.awarded"], "Shop")
    assert "whsec_" not in client.get(f"{HOME}{made.pk}/").content.decode()
    renewed = client.post(f"{HOME}{made.pk}/secret/")
    assert renewed.status_code == 201 and "whsec_" in renewed.content.decode()


def test_who_has_not_just_shown_who_they_are_is_asked(sign_in: Any, manager: Any, held: Any) -> None:
    client = sign_in(manager)

    assert client.post(f"{HOME}add/", {"url": URL}).status_code == 302
    assert client.post(f"{HOME}{held.pk}/secret/").status_code == 302
    assert WebhookEndpoint.objects.count() == 1


def test_what_was_typed_stays_when_it_cannot_be_used(sign_in: Any, manager: Any) -> None:
    typed = {"url": "http://10.0.0.1/", "description": "Till", "verbs": ["badge.awarded"], "tags": "tents"}
    answer = proven(sign_in(manager)).post(f"{HOME}add/", typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "http://10.0.0.1/" in page and "Till" in page and "tents" in page
    assert 'value="badge.awarded" checked' in page
    assert not WebhookEndpoint.objects.exists()


def test_change_turn_try_replay_and_remove(sign_in: Any, manager: Any, held: Any) -> None:
    client, page = sign_in(manager), f"{HOME}{held.pk}/"
    assert client.post(f"{page}edit/", {"url": URL, "description": "Till"}).status_code == 303
    held.refresh_from_db()
    assert (held.description, held.verbs) == ("Till", [])
    assert client.post(f"{page}test/", {"verb": "tier.reached"}).status_code == 303
    message = WebhookMessage.objects.get()
    shown = client.get(f"{HOME}messages/{message.pk}/").content.decode()
    assert "tier.reached" in shown and "&#34;test&#34;: true" in shown.replace("&quot;", "&#34;")
    assert client.post(f"{HOME}messages/{message.pk}/replay/").status_code == 303
    wrong = {"begins_at": "2020-01-01T00:00", "ends_at": "2020-01-02T00:00", "which": "all"}
    assert client.post(f"{page}replay/", wrong).status_code == 422
    assert not WebhookReplay.objects.exists()
    client.post(f"{page}turn/", {"on": "0"})
    assert "Turned off by the team" in client.get(page).content.decode()
    client.post(f"{page}turn/", {"on": "1"})
    assert WebhookEndpoint.objects.get().is_on
    assert client.get(f"{page}remove/").status_code == 200
    client.post(f"{page}remove/")
    assert not WebhookEndpoint.objects.exists()


def test_the_log_is_narrowed_and_costs_the_same_for_many(sign_in: Any, manager: Any, held: Any) -> None:
    client, page = sign_in(manager), f"{HOME}{held.pk}/"
    send_test(actor=manager, endpoint=held, verb="tier.reached")
    for _turn in range(34):
        send_test(actor=manager, endpoint=held)
    first = client.get(page).content.decode()
    assert first.count("webhook.test</code>") >= 30 and "before=" in first
    narrowed = client.get(f"{page}?verb=tier.reached&state=waiting").content.decode()
    assert narrowed.count(f"{HOME}messages/") == 1
    assert client.get(f"{page}?before=nonsense&state=nothing").status_code == 200


def test_nobody_else_finds_it(
    sign_in: Any, alice: Any, mod: Any, make_member: Any, admin: Any, held: Any
) -> None:
    page = f"{HOME}{held.pk}/"
    for someone in (alice, mod, make_member("olga", role="manager")):
        assert sign_in(someone).get(page).status_code == 404
        assert sign_in(someone).post(f"{page}remove/").status_code == 404
    assert sign_in(admin).get(page).status_code == 200
    assert WebhookEndpoint.objects.exists()
