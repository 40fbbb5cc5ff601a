"""A push service, and browsers that members turned on."""

from collections.abc import Callable
from typing import Any

import pytest

from community.notifications.actions import add_browser
from community.notifications.registry import Kind, Purpose
from tests.community.notifications.pushservice import Browser, PushService
from tests.community.notifications.pushservice import service as service


@pytest.fixture
def turn_on(service: PushService) -> Callable[..., Browser]:
    """Turn notices on: `turn_on(bob)` returns the browser, which can open what arrives."""
    made: list[str] = []

    def run(member: Any, name: str = "", **more: Any) -> Browser:
        made.append(name)
        browser = service.browser(name or f"{member.handle}-{len(made)}")
        add_browser(actor=member, endpoint=browser.endpoint, **browser.keys, **more)
        return browser

    return run


@pytest.fixture
def knock(make_kind: Callable[..., Kind]) -> Kind:
    """A community kind that browsers hear of."""
    return make_kind("test.knock", push=True)


@pytest.fixture
def order(make_kind: Callable[..., Kind]) -> Kind:
    """A service kind that browsers hear of."""
    return make_kind("test.order", push=True, purpose=Purpose.SERVICE)
