"""Setting up a webhook in a browser: add it, see the secret once, try it, read the log."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from community.integrations.models import WebhookEndpoint, WebhookMessage
from community.integrations.webhooks.actions import add_endpoint, send_test
from community.integrations.webhooks.sending import send_due
from community.members.models import Member
from tests.browser.conftest import faults_of
from tests.browser.pictures import keep_picture
from tests.community.integrations.webhooks.receiver import Receiver, listening

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HOME = "/me/settings/webhooks/"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with listening() as made:
        settings.EGRESS_TRUSTED = [made.origin]
        yield made


def test_a_manager_finds_the_way_to_the_first_endpoint(open_page: Open, demo: str) -> None:
    page = open_page("/me/settings/keys/", who="dewi")
    page.get_by_role("link", name="Webhooks").click()
    expect(page.get_by_role("heading", name="No endpoints yet")).to_be_visible()
    keep_picture(page, "webhooks-none")
    page.get_by_role("link", name="Add an endpoint").click()
    page.get_by_role("button", name="Add and show the secret").click()

    expect(page.get_by_role("alert")).to_contain_text("Where to send")
    assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_are_accessible(
    open_page: Open, demo: str, receiver: Receiver, look: str, width: int
) -> None:
    dewi = Member.objects.get(handle="dewi")
    verbs = ["answer.accepted", "badge.awarded", "points.changed"]
    endpoint, _secret = add_endpoint(
        actor=dewi, values={"url": receiver.url, "description": "Tarn shop", "verbs": verbs}
    )
    for verb in ("", *verbs):
        send_test(actor=dewi, endpoint=endpoint, verb=verb)
    send_due()
    receiver.mode = "500"
    last = send_test(actor=dewi, endpoint=endpoint, verb="badge.awarded")
    send_due()

    for name, path in (
        ("list", HOME),
        ("add", f"{HOME}add/"),
        ("edit", f"{HOME}{endpoint.pk}/edit/"),
        ("show", f"{HOME}{endpoint.pk}/"),
        ("message", f"{HOME}messages/{last.pk}/"),
        ("remove", f"{HOME}{endpoint.pk}/remove/"),
    ):
        page = open_page(path, who="dewi", look=look, width=width)
        keep_picture(page, f"webhooks-{name}-{look}-{width}")
        assert faults_of(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert page.said == [], name  # type: ignore[attr-defined]
    assert WebhookMessage.objects.filter(endpoint=endpoint, state="sent").count() == 4
    assert WebhookEndpoint.objects.get().failures == 1
