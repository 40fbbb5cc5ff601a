"""The manager's way to points."""

import datetime as dt
from typing import Any

import pytest

from rewards.points.actions import adjust, reserve
from rewards.points.models import Account, EarningRule, Entry, Hold, Transfer

RULES, TRANSFERS, ACCOUNTS = "/admin/points/earningrule/", "/admin/points/transfer/", "/admin/points/account/"
REASON = "For carrying the tables at the fair"


def typed(rule: EarningRule, **changes: Any) -> dict[str, Any]:
    fields = {
        "name": rule.name,
        "delay_hours": 0,
        "points": rule.points,
        "per_day": rule.per_day or "",
        "per_post_day": rule.per_post_day or "",
        "per_pair_day": rule.per_pair_day or "",
        "position": rule.position,
        "is_active": "on",
        "active_from_0": "",
        "active_from_1": "",
        "active_to_0": "",
        "active_to_1": "",
    }
    return fields | changes


def test_saving_a_rule_puts_a_new_version_in_force(manager: Any, sign_in: Any) -> None:
    rule = EarningRule.objects.get(key="good_deed")
    answer = sign_in(manager).post(f"{RULES}{rule.pk}/change/", typed(rule, points=40, _seen=1))

    assert answer.status_code == 302, answer.context["errors"]
    versions = EarningRule.objects.filter(key="good_deed").order_by("version")
    assert [(r.version, r.points, r.replaced_at is None) for r in versions] == [
        (1, 100, False),
        (2, 40, True),
    ]
    assert sign_in(manager).get(RULES).content.decode().count("You did a good deed") == 1


def test_points_are_corrected_with_a_reason_once(
    manager: Any, bob: Any, sign_in: Any, points_of: Any
) -> None:
    form = {"member": bob.pk, "earned": 5, "spendable": 7, "reason": REASON, "form_key": "a" * 32}
    for _time in range(2):
        answer = sign_in(manager).post(f"{TRANSFERS}add/", form)
        assert answer.status_code == 302, answer.context["errors"]

    assert points_of(bob) == (5, 7)


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"reason": "because"}, {"earned": 0, "spendable": 0}, {"earned": -5}]
)
def test_a_refused_correction_stays_in_its_form(
    manager: Any, bob: Any, sign_in: Any, points_of: Any, changes: Any
) -> None:
    form = {"member": bob.pk, "earned": 5, "spendable": 7, "reason": REASON, "form_key": "a" * 32} | changes
    answer = sign_in(manager).post(f"{TRANSFERS}add/", form)

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert points_of(bob) == (0, 0)


@pytest.fixture
def transfer(admin: Any, bob: Any) -> Transfer:
    return adjust(actor=admin, member=bob, earned=5, spendable=5, reason=REASON)


def test_a_transfer_is_read_and_taken_back(
    manager: Any, bob: Any, sign_in: Any, transfer: Transfer, points_of: Any
) -> None:
    client, page = sign_in(manager), f"{TRANSFERS}{transfer.pk}/change/"
    assert REASON in client.get(page).content.decode()
    back = f"{TRANSFERS}{transfer.pk}/take-back/"
    assert "Take points back" in client.get(back).content.decode()

    assert client.post(back, {"reason": "no"}).status_code == 422
    assert points_of(bob) == (5, 5)
    answer = client.post(back, {"reason": "They were given by mistake"})
    assert (answer.status_code, answer["Location"]) == (303, page)
    assert points_of(bob) == (0, 0)
    assert (
        "taken back already" in client.post(back, {"reason": "They were given by mistake"}).content.decode()
    )


def test_history_is_not_changed_by_hand(manager: Any, admin: Any, sign_in: Any, transfer: Transfer) -> None:
    for who in (manager, admin):
        client = sign_in(who)
        account = Account.objects.filter(owner=transfer.member).first()
        assert account is not None
        assert client.post(f"{TRANSFERS}{transfer.pk}/change/", {"memo": "x"}).status_code == 403
        assert client.post(f"{TRANSFERS}{transfer.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.post(f"{ACCOUNTS}{account.pk}/change/", {"balance": 9}).status_code == 403
        assert client.get(f"{ACCOUNTS}add/").status_code == 403

    assert Entry.objects.filter(transfer=transfer).count() == 4


@pytest.mark.parametrize("who", ["alice", "mod", "guest"])
def test_it_is_closed_to_everyone_else(
    who: str, request: Any, sign_in: Any, transfer: Transfer, bob: Any, points_of: Any
) -> None:
    client = sign_in(request.getfixturevalue(who))
    for url in (RULES, TRANSFERS, ACCOUNTS, f"{TRANSFERS}add/", f"{TRANSFERS}{transfer.pk}/take-back/"):
        assert client.get(url).status_code in (302, 403, 404)
    client.post(f"{TRANSFERS}{transfer.pk}/take-back/", {"reason": "They were given by mistake"})

    assert points_of(bob) == (5, 5)


@pytest.mark.parametrize("row", ["0", "no-number", "99999999999999999999999"])
def test_nothing_is_taken_back_that_is_not_there(sign_in: Any, admin: Any, row: str) -> None:
    for model in ("points/transfer", "badges/award"):
        assert sign_in(admin).get(f"/admin/{model}/{row}/take-back/").status_code == 404


def test_a_manager_lets_go_of_held_points_once(manager: Any, bob: Any, sign_in: Any) -> None:
    adjust(actor=manager, member=bob, earned=0, spendable=50, reason=REASON)
    hold = reserve(actor=bob, amount=30, scope="store", key="1", memo="Mug", lasts=dt.timedelta(days=1))
    client, page = sign_in(manager), f"/admin/points/hold/{hold.pk}/let-go/"
    assert "Mug" in client.get("/admin/points/hold/").content.decode()
    assert client.post(page, {"reason": "no"}).status_code == 422
    assert Hold.objects.get().state == "open"

    answer = client.post(page, {"reason": "The parcel never left the house"})

    assert answer.status_code == 303
    assert Hold.objects.get().state == "released"
    assert client.get(page).status_code == 403
