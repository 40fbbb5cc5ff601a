"""What a member looked for is kept for them alone."""

import pytest

from community.activity.models import Activity
from community.errors import RateLimited
from community.search.actions import forget_searches, remember_search
from community.search.models import RecentSearch
from community.search.queries import recent_searches


def test_the_last_ten_are_kept_the_latest_first(alice, bob):
    for n in range(12):
        remember_search(actor=alice, text=f"poles {n}")
    remember_search(actor=alice, text="  poles   4 ")
    remember_search(actor=bob, text="stoves")

    assert recent_searches(alice) == ["poles 4", *(f"poles {n}" for n in (11, 10, 9, 8, 7, 6, 5, 3, 2))]
    assert recent_searches(bob) == ["stoves"]
    assert recent_searches(None) == []


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 5000, '"' * 300])
def test_any_text_may_be_sent(alice, text):
    remember_search(actor=alice, text=text)

    assert all(0 < len(kept) <= 200 for kept in recent_searches(alice))


def test_they_are_forgotten_on_request_and_never_told(alice, bob):
    for member in (alice, bob):
        remember_search(actor=member, text="how to leave")
    before = Activity.objects.count()

    assert forget_searches(actor=alice) == 1

    assert (recent_searches(alice), recent_searches(bob)) == ([], ["how to leave"])
    assert Activity.objects.count() == before


def test_nobody_fills_the_table(alice, settings):
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"search.remember": "1/min"}
    remember_search(actor=alice, text="one")

    with pytest.raises(RateLimited):
        remember_search(actor=alice, text="two")

    assert list(RecentSearch.objects.values_list("text", flat=True)) == ["one"]
