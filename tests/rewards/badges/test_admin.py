"""The manager's way to badges."""

from typing import Any

import pytest

from rewards.badges.actions import give_badge
from rewards.badges.models import Award, Badge

BADGES, AWARDS = "/admin/badges/badge/", "/admin/badges/award/"
REASON = "Came to the fair three times"


def typed(**changes: Any) -> dict[str, Any]:
    fields = {
        "key": "one-question",
        "name": "Asked",
        "description": "d",
        "criteria": "Ask.",
        "art": "good-deed",
        "metric": "questions",
        "number": 1,
        "is_active": "on",
        "position": 5,
    }
    return fields | changes


def test_a_new_badge_is_counted_for_everybody_and_nobody_is_told(
    manager: Any, alice: Any, space: Any, make_thread: Any, sign_in: Any, deliver_all: Any
) -> None:
    make_thread(alice, space)
    deliver_all()
    answer = sign_in(manager).post(f"{BADGES}add/", typed())
    assert answer.status_code == 302, answer.context["errors"]
    deliver_all()

    from community.activity.models import Activity

    assert Award.objects.get(badge__key="one-question").member == alice
    assert Activity.objects.get(verb="badge.awarded", payload__badge="one-question").quiet


def test_a_harder_badge_is_counted_again(
    manager: Any, alice: Any, space: Any, make_thread: Any, sign_in: Any, deliver_all: Any
) -> None:
    make_thread(alice, space)
    deliver_all()
    badge = Badge.objects.get(key="first-question")
    answer = sign_in(manager).post(f"{BADGES}{badge.pk}/change/", typed(number=2))
    assert answer.status_code == 302, answer.context["errors"]
    deliver_all()

    assert not Award.objects.standing().exists()
    assert Badge.objects.get(pk=badge.pk).key == "first-question"


def test_a_badge_is_given_and_taken_by_hand(manager: Any, bob: Any, sign_in: Any) -> None:
    client, badge = sign_in(manager), Badge.objects.get(key="warm-welcome")
    form = {"badge": badge.pk, "member": bob.pk, "reason": REASON}
    answer = client.post(f"{AWARDS}add/", form)
    assert answer.status_code == 302, answer.context["errors"]
    award = Award.objects.get()
    assert (award.member, award.given_by, award.reason) == (bob, manager, REASON)

    assert client.post(f"{AWARDS}add/", form).status_code == 200
    back = f"{AWARDS}{award.pk}/take-back/"
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": "It was someone else"}).status_code == 303
    assert not Award.objects.standing().exists()


@pytest.mark.parametrize("who", ["alice", "mod", "guest"])
def test_it_is_closed_to_everyone_else(who: str, request: Any, manager: Any, bob: Any, sign_in: Any) -> None:
    award = give_badge(actor=manager, badge=Badge.objects.get(key="one-year"), member=bob, reason=REASON)
    client = sign_in(request.getfixturevalue(who))

    for url in (BADGES, AWARDS, f"{BADGES}add/", f"{AWARDS}add/", f"{AWARDS}{award.pk}/take-back/"):
        assert client.get(url).status_code in (302, 403, 404)
