"""Which badges somebody shows first."""

from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, Refused
from rewards.badges.actions import pin_badges
from rewards.badges.models import Award, Badge, PinnedBadge
from rewards.badges.queries import badges_of, pinned_keys

KEYS = ["first-question", "first-answer", "first-solved", "ten-solved"]


@pytest.fixture
def holder(bob: Any) -> Any:
    for key in KEYS:
        Award.objects.create(badge=Badge.objects.get(key=key), member=bob)
    return bob


def shown(viewer: Any, member: Any) -> list[str]:
    return [card.key for card in badges_of(viewer, member)]


def test_pinned_badges_stand_first_in_their_order(holder: Any, alice: Any) -> None:
    pin_badges(actor=holder, keys=["first-answer", "ten-solved"])

    for viewer in (None, alice, holder):
        assert shown(viewer, holder) == ["first-answer", "ten-solved", "first-solved", "first-question"]
    assert Activity.objects.filter(verb="member.profile_changed").count() == 1
    pin_badges(actor=holder, keys=["first-answer", "ten-solved"])
    assert Activity.objects.filter(verb="member.profile_changed").count() == 1

    pin_badges(actor=holder, keys=[])
    assert shown(None, holder)[0] == "ten-solved"
    assert not PinnedBadge.objects.exists()


@pytest.mark.parametrize("keys", [KEYS, ["loop-closed"], ["first-answer", "nothing-such"], [""]])
def test_too_many_and_what_one_does_not_hold_are_refused(holder: Any, keys: list[str]) -> None:
    pin_badges(actor=holder, keys=["first-question"])

    with pytest.raises(Invalid) as refused:
        pin_badges(actor=holder, keys=keys)

    assert "badges" in refused.value.fields
    assert pinned_keys(holder) == ["first-question"]


def test_a_badge_taken_back_is_shown_to_nobody_though_it_was_pinned(holder: Any) -> None:
    pin_badges(actor=holder, keys=["first-answer", "ten-solved"])
    Award.objects.filter(badge__key="first-answer").update(revoked_at=timezone.now())

    assert pinned_keys(holder) == ["ten-solved"]
    assert shown(None, holder)[0] == "ten-solved"


def test_a_paused_member_pins_nothing(mallory: Any) -> None:
    Award.objects.create(badge=Badge.objects.get(key="first-answer"), member=mallory)

    with pytest.raises(Refused):
        pin_badges(actor=mallory, keys=["first-answer"])
    assert not PinnedBadge.objects.exists()


def test_the_page_the_card_and_the_api_agree(holder: Any, alice: Any, sign_in: Any) -> None:
    client = sign_in(holder)
    assert 'href="/me/badges/"' in client.get("/@bob/").content.decode()
    assert "In second place" in client.get("/me/badges/").content.decode()

    answer = client.post("/me/badges/", {"place_1": "", "place_2": "first-answer", "place_3": "first-answer"})
    assert answer.status_code in (302, 303)
    assert client.get("/api/v1/me/pinned-badges").json() == {"badges": ["first-answer"]}
    assert client.post("/me/badges/", {"place_1": "loop-closed"}).status_code == 422

    card = sign_in(alice).get("/@bob/card/").content.decode()
    assert card.index("/badges/first-answer/") < card.index("/badges/ten-solved/")
    assert "/badges/first-question/" not in card
    changed = client.put(
        "/api/v1/me/pinned-badges", {"badges": ["ten-solved"]}, content_type="application/json"
    )
    assert changed.json() == {"badges": ["ten-solved"]}


def test_without_badges_there_is_nothing_to_choose(alice: Any, sign_in: Any) -> None:
    assert "No badges yet" in sign_in(alice).get("/me/badges/").content.decode()
