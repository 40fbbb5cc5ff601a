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
        "metal": "bronze",
        "family": "help",
        "join": "all",
        "every": "",
        "c0_of": "questions",
        "c0_how": "count",
        "c0_number": 1,
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
    answer = sign_in(manager).post(f"{BADGES}{badge.pk}/change/", typed(c0_number=2))
    assert answer.status_code == 302, answer.context["errors"]
    deliver_all()

    assert not Award.objects.standing().filter(badge=badge).exists()
    assert Badge.objects.get(pk=badge.pk).key == "first-question"


def test_conditions_are_rows_and_come_back_as_rows(manager: Any, space: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    rows = {
        "join": "all",
        "c0_of": "accepted", "c0_how": "people", "c0_number": 4, "c0_spaces": [space.pk], "c0_tags": "Pegs, poles",
        "c1_of": "posts", "c1_how": "week_streak", "c1_number": 3, "c1_since": "2026-01-01",
        "c2_of": "helped", "c2_how": "count", "c2_number": 5, "c2_within": 30, "c2_belongs": "on",
    }  # fmt: skip
    assert client.post(f"{BADGES}add/", typed(criteria="", **rows)).status_code == 302

    badge = Badge.objects.get(key="one-question")
    assert badge.rule == {
        "all": [
            {"of": "accepted", "how": "people", "number": 4, "spaces": [space.pk], "tags": ["pegs", "poles"]},
            {
                "any": [
                    {"of": "posts", "how": "week_streak", "number": 3, "since": "2026-01-01"},
                    {"of": "helped", "how": "count", "number": 5, "within": 30},
                ]
            },
        ]
    }
    page = client.get(f"{BADGES}{badge.pk}/change/")
    shown = {name: page.context["adminform"].form[name].value() for name in rows}
    assert shown["c0_tags"] == "pegs, poles"
    assert (shown["c1_since"], shown["c2_belongs"], shown["c2_within"]) == ("2026-01-01", True, 30)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"c0_number": 0}, "c0_number"),
        ({"c0_number": 10**8}, "c0_number"),
        ({"c0_how": "one_post"}, "c0_how"),
        ({"c0_within": 5, "c0_how": "weeks"}, "c0_within"),
        ({"c0_reactions": ["helpful"]}, "c0_reactions"),
        ({"c1_of": "avatar", "c1_number": 5}, "c1_number"),
        ({"c0_of": "nonsense"}, "c0_of"),
        ({"c0_since": "2026-02-01", "c0_until": "2026-01-01"}, "c0_until"),
        ({"c0_of": "", "criteria": ""}, "criteria"),
        ({"c0_of": "avatar", "every": "month"}, "every"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(
    changes: dict[str, Any], field: str, manager: Any, sign_in: Any
) -> None:
    answer = sign_in(manager).post(f"{BADGES}add/", typed(**changes))

    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Badge.objects.filter(key="one-question").exists()


def test_while_writing_one_sees_how_many_would_qualify(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, sign_in: Any
) -> None:
    make_thread(alice, space)
    make_thread(bob, space, title="And which pegs for sand?")
    make_thread(bob, space, title="And which pegs for snow?")
    client, count = sign_in(manager), f"{BADGES}count/"

    def said(**changes: Any) -> str:
        answer = client.post(count, typed(**changes), headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return str(answer.content.decode())

    assert said() == "2 members would qualify."
    assert said(c0_number=2) == "1 member would qualify."
    assert said(c1_of="posts", c1_number=9) == "0 members would qualify."
    assert "narrowed" in said(c0_reactions=["helpful"])
    assert "by hand" in said(c0_of="")
    assert "2 members would qualify." in client.post(count, typed()).content.decode()
    assert not Badge.objects.filter(key="one-question").exists()


def test_a_count_that_takes_too_long_says_so(
    manager: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rewards.badges.rules import counting

    monkeypatch.setattr(counting, "PATIENCE_MS", 1)
    monkeypatch.setattr(counting, "measure", _sleep)
    answer = sign_in(manager).post(f"{BADGES}count/", typed(), headers={"HX-Request": "true"})

    assert "takes too long" in answer.content.decode()


def _sleep(_ask: Any) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(2)")
    return {}


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

    for url in (
        BADGES,
        AWARDS,
        f"{BADGES}count/",
        f"{BADGES}add/",
        f"{AWARDS}add/",
        f"{AWARDS}{award.pk}/take-back/",
    ):
        assert client.get(url).status_code in (302, 403, 404)
