"""The manager's way to tiers."""

from typing import Any

from rewards.tiers.models import Tier

TIERS = "/admin/tiers/tier/"


def test_a_tier_is_added_renamed_and_not_moved_onto_another(manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    form = {"key": "friend", "name": "Friend", "threshold": 50, "opens": "A hello"}
    assert client.post(f"{TIERS}add/", form).status_code == 302
    tier = Tier.objects.get(key="friend")

    assert client.post(f"{TIERS}{tier.pk}/change/", form | {"name": "Companion"}).status_code == 302
    assert client.post(f"{TIERS}{tier.pk}/change/", form | {"threshold": 250}).status_code == 200
    tier.refresh_from_db()
    assert (tier.name, tier.threshold) == ("Companion", 50)


def test_the_first_tier_stays_where_everyone_begins(manager: Any, sign_in: Any) -> None:
    tier = Tier.objects.get(threshold=0)
    answer = sign_in(manager).post(
        f"{TIERS}{tier.pk}/change/", {"name": "Newcomer", "threshold": 10, "opens": ""}, follow=True
    )

    page = answer.content.decode()
    assert "it stays at 0" in page and "successfully" not in page
    assert Tier.objects.get(pk=tier.pk).threshold == 0
