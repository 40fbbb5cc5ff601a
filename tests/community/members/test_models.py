"""What a row of a member answers by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Refused
from rewards.points.actions import adjust
from rewards.points.models import Transfer

pytestmark = pytest.mark.django_db


def test_whoever_is_suspended_is_no_more_than_a_member(sign_in: Any, make_member: Any, bob: Any) -> None:
    suspended = make_member(
        "dana", role="manager", trust_level=3, suspended_until=timezone.now() + timedelta(days=1)
    )

    assert suspended.is_at_least("member")
    assert not suspended.is_at_least("moderator")
    with pytest.raises(Refused):
        adjust(actor=suspended, member=bob, earned=5, spendable=5, reason="A present from a friend")
    assert not Transfer.objects.exists()
    assert sign_in(suspended).get("/me/settings/keys/").status_code == 404


def test_a_suspension_that_is_over_gives_the_role_back(make_member: Any) -> None:
    back = make_member("dana", role="manager", suspended_until=timezone.now() - timedelta(seconds=1))

    assert back.is_at_least("manager")
