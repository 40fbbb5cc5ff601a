"""Rules and campaigns as managers type them: conditions as fields, and a look at the last 30 days before it is saved."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.spaces.models import Tag
from community.threads.actions import accept_answer, add_reaction
from rewards.points.models import Campaign, EarningRule, PendingAward, Transfer

RULES, CAMPAIGNS = "/admin/points/earningrule/", "/admin/points/campaign/"
NEW = {
    "key": "field",
    "verb": "post.created",
    "beneficiary": "actor",
    "name": "A report from the field",
    "points": 4,
    "position": 70,
    "is_active": "on",
}


def change(rule: EarningRule, **changes: Any) -> dict[str, Any]:
    """What the form of a rule sends."""
    return {
        "name": rule.name,
        "points": rule.points,
        "per_day": rule.per_day or "",
        "position": rule.position,
        "is_active": "on",
        "counts_to_cap": "on",
        **changes,
    }


@pytest.fixture
def history(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any
) -> Any:
    """Two answers by Bob, one by Carol; one of Bob's was accepted and found helpful."""
    thread = make_thread(alice, space)
    first = make_reply(bob, thread, body="Longer pegs, buried flat.")
    make_reply(bob, thread, body="Or a bag full of sand.")
    make_reply(carol, thread, body="I would ask the warden.")
    add_reaction(actor=carol, post=first, kind="helpful")
    accept_answer(actor=alice, post=first)
    deliver_all()
    return first


def test_conditions_are_fields_and_are_saved_after_a_look(
    manager: Any, sign_in: Any, space: Any, history: Any
) -> None:
    Tag.objects.get_or_create(slug="tents", defaults={"name": "Tents"})
    typed = NEW | {
        "space_ids": [space.pk],
        "tags": "Tents",
        "thread_kinds": ["question"],
        "helped_by": 2,
        "member_trust": "",
        "not_asker": "on",
    }
    client = sign_in(manager)
    page = client.post(f"{RULES}add/", typed)
    assert page.status_code == 200
    assert "It would have paid 0 points" in page.content.decode()
    assert not EarningRule.objects.filter(key="field").exists()

    answer = client.post(f"{RULES}add/", typed | {"_seen": "1"})
    assert answer.status_code == 302, answer.context["errors"]
    rule = EarningRule.objects.get(key="field")
    assert rule.conditions == {
        "space_ids": [space.pk],
        "tags": ["tents"],
        "thread_kinds": ["question"],
        "helped_by": 2,
        "not_asker": True,
    }
    assert (rule.changed_by, rule.delay_hours) == (manager, 0)
    shown = client.get(f"{RULES}{rule.pk}/change/").content.decode()
    assert 'value="tents"' in shown and "conditions" not in shown.split("<form")[1]


def test_the_look_says_to_whom_how_much_and_against_what_is_in_force(
    manager: Any, sign_in: Any, bob: Any, history: Any
) -> None:
    before = (Transfer.objects.count(), Activity.objects.count())
    rule = EarningRule.objects.get(key="first_answer")
    page = sign_in(manager).post(
        f"{RULES}{rule.pk}/change/", change(rule, points=8, thread_kinds=["question"])
    )

    text = page.content.decode()
    # No longer only once: both of Bob's and Carol's; in force are 5 for each.
    assert "It would have paid 24 points" in text and "to 2 members." in text
    assert "As it is now: 10 points" in text
    assert text.index(bob.name) < text.index("Carol")
    assert (Transfer.objects.count(), Activity.objects.count()) == before
    assert EarningRule.objects.filter(key="first_answer").count() == 1


def test_typing_goes_on_where_it_was(manager: Any, sign_in: Any, history: Any) -> None:
    page = sign_in(manager).post(f"{RULES}add/", NEW | {"points": 9, "_again": "1"})

    assert page.status_code == 200
    text = page.content.decode()
    assert "Nothing is saved yet." in text and 'value="9"' in text
    assert not EarningRule.objects.filter(key="field").exists()


def test_words_need_no_look(manager: Any, sign_in: Any) -> None:
    rule = EarningRule.objects.get(key="good_deed")
    same = change(rule, name="You did good")
    same.pop("counts_to_cap")
    answer = sign_in(manager).post(f"{RULES}{rule.pk}/change/", same)

    assert answer.status_code == 302
    assert EarningRule.objects.in_force().get(key="good_deed").name == "You did good"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"points": 0}, "points"),
        ({"points": -3}, "points"),
        ({"points": "1.5"}, "points"),
        ({"tags": "no such topic"}, "tags"),
        ({"space_ids": ["987654"]}, "space_ids"),
        ({"helped_by": 1000}, "helped_by"),
        ({"member_trust": 9}, "member_trust"),
        ({"thread_kinds": ["poem"]}, "thread_kinds"),
        ({"delay_hours": 99999}, "delay_hours"),
        ({"verb": "reaction.added", "helped_by": 2}, "helped_by"),
        ({"verb": "visit.counted"}, "verb"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    manager: Any, sign_in: Any, wrong: dict[str, Any], field: str
) -> None:
    for seen in ({}, {"_seen": "1"}):
        page = sign_in(manager).post(f"{RULES}add/", NEW | wrong | seen)
        assert page.status_code == 200
        assert field in page.context["adminform"].form.errors

    assert not EarningRule.objects.filter(key="field").exists()


def test_a_place_that_is_gone_is_said_and_kept_until_somebody_takes_it_out(
    manager: Any, sign_in: Any
) -> None:
    rule = EarningRule.objects.get(key="good_deed")
    EarningRule.objects.filter(pk=rule.pk).update(conditions={"space_ids": [987654], "tags": ["gone"]})
    client = sign_in(manager)
    for page in (RULES, f"{RULES}{rule.pk}/change/"):
        assert "names what is no longer there: 987654, gone" in client.get(page).content.decode()

    kept = change(rule, space_ids=["987654"], tags="gone", points=90, _seen=1)
    assert client.post(f"{RULES}{rule.pk}/change/", kept).status_code == 302
    fresh = EarningRule.objects.in_force().get(key="good_deed")
    assert (fresh.points, fresh.conditions) == (90, {"space_ids": [987654], "tags": ["gone"]})


def test_a_campaign_is_planned_and_changed(manager: Any, sign_in: Any) -> None:
    now = timezone.now()
    typed = {
        "key": "trail",
        "name": "Trail Week",
        "factor": 200,
        "active_from_0": f"{now:%Y-%m-%d}",
        "active_from_1": "08:00",
        "active_to_0": f"{now + dt.timedelta(days=7):%Y-%m-%d}",
        "active_to_1": "20:00",
        "rule_keys": ["answer_accepted"],
        "is_active": "on",
    }
    client = sign_in(manager)
    answer = client.post(f"{CAMPAIGNS}add/", typed)
    assert answer.status_code == 302, answer.context["errors"]
    campaign = Campaign.objects.get()
    assert (campaign.factor, campaign.rule_keys, campaign.changed_by) == (200, ["answer_accepted"], manager)

    typed.pop("key")
    page = client.post(f"{CAMPAIGNS}{campaign.pk}/change/", typed | {"factor": 50})
    assert "factor" in page.context["adminform"].form.errors
    assert client.post(f"{CAMPAIGNS}{campaign.pk}/change/", typed | {"factor": 300}).status_code == 302
    assert Campaign.objects.in_force().get().factor == 300
    assert client.get(CAMPAIGNS).status_code == 200


def test_the_team_reads_why_a_post_earned_what_it_did(
    manager: Any, alice: Any, sign_in: Any, history: Any
) -> None:
    page = f"{RULES}why/{history.pk}/"
    text = sign_in(manager).get(page).content.decode()

    assert "Your answer was accepted" in text and "+15" in text
    assert sign_in(alice).get(page).status_code in (302, 403, 404)


def test_what_is_on_its_way_is_only_read(manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    assert client.get("/admin/points/pendingaward/").status_code == 200
    assert client.get("/admin/points/pendingaward/add/").status_code == 403
    assert not PendingAward.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod", "guest"])
def test_it_is_closed_to_everyone_else(who: str, request: Any, sign_in: Any) -> None:
    client = sign_in(request.getfixturevalue(who))
    for url in (
        f"{RULES}add/",
        CAMPAIGNS,
        f"{CAMPAIGNS}add/",
        "/admin/points/pendingaward/",
        f"{RULES}why/1/",
    ):
        assert client.get(url).status_code in (302, 403, 404)
        assert client.post(url, NEW | {"_seen": "1"}).status_code in (302, 403, 404)

    assert not EarningRule.objects.filter(key="field").exists()
