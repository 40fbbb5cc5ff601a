"""The programme at a glance says what the ledger says, costs the same however many members there are, and is for managers."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from community.threads.actions import add_reaction
from rewards.points.actions import adjust, reserve, set_worth, spend
from rewards.points.models import PointWorth
from rewards.points.overview.figures import burn_rates, outstanding, worth_of
from rewards.points.overview.page import get_overview
from rewards.points.totals import DayRow
from tests.rewards.conftest import fewest_statements

PAGE = "/admin/points/daytotal/"


@pytest.fixture
def moved(manager: Any, alice: Any, bob: Any) -> None:
    adjust(actor=manager, member=bob, earned=100, spendable=100, reason="For carrying the tables")
    spend(actor=bob, amount=30, scope="store", key="mug", memo="Enamel mug")
    reserve(actor=bob, amount=20, scope="store", key="h", memo="Mug", lasts=dt.timedelta(days=1))


def figures(span: int = 30) -> dict[str, int]:
    return {figure.label: figure.value for figure in get_overview(span).figures}


def test_the_figures_are_those_of_the_ledger(moved: None) -> None:
    assert figures() == {
        "Issued": 0,
        "Corrected": 100,
        "Spent": 30,
        "Expired": 0,
        "Held now": 20,
        "On their way now": 0,
        "Outstanding now": 70,
    }
    page = get_overview(7)
    assert [day.outstanding for day in page.days] == [0] * 6 + [70]
    assert (page.days[-1].corrected, page.days[-1].spent) == (100, 30)
    assert page.owed.line.endswith(",48.0")
    assert [(row.earned, by.handle if by else "") for row, by in page.corrections] == [(100, "manager")]


def test_the_burn_rate_is_what_went_of_what_was_issued_in_the_same_days() -> None:
    today = dt.date(2026, 6, 30)
    rows = [
        DayRow(today, "award", "deed", 1, 100, 100),
        DayRow(today, "spending", "", 1, 0, -20),
        DayRow(today - dt.timedelta(days=40), "adjustment", "", 1, 100, 100),
        DayRow(today - dt.timedelta(days=40), "expiry", "", 1, 0, -30),
        DayRow(today - dt.timedelta(days=400), "award", "deed", 1, 900, 900),
    ]

    assert [burn.percent for burn in burn_rates(rows, today)] == [20, 25, 25]
    assert [burn.percent for burn in burn_rates(rows[1:2], today)] == [None, None, None]


@pytest.mark.parametrize(
    ("currency", "said"), [("EUR", "12.35 EUR"), ("JPY", "1,235 JPY"), ("KWD", "1.235 KWD")]
)
def test_money_is_shown_only_where_a_value_is_set(manager: Any, currency: str, said: str) -> None:
    assert worth_of(1234) == ""

    set_worth(actor=manager, changes={"per_hundred": 100, "currency": currency})
    assert worth_of(1235) == said
    set_worth(actor=manager, changes={"per_hundred": 1, "currency": "EUR"})
    assert (worth_of(101), worth_of(0), worth_of(-5)) == ("0.02 EUR", "0.00 EUR", "0.00 EUR")


def test_the_value_is_kept_in_the_page_and_refused_where_it_cannot_be(manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    for wrong in (
        {"per_hundred": 0},
        {"per_hundred": -5},
        {"per_hundred": "1.5"},
        {"currency": "eur"},
        {"currency": ""},
    ):
        answer = client.post(PAGE, {"per_hundred": 100, "currency": "EUR", **wrong})
        assert answer.status_code == 422
    assert not PointWorth.objects.filter(per_hundred__isnull=False).exists()

    assert client.post(PAGE, {"per_hundred": 50, "currency": "GBP"}).status_code == 302
    assert str(PointWorth.objects.get()) == "50 GBP"


def test_the_page_names_rules_earners_and_says_what_every_number_is(
    moved: None,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    deliver_all: Any,
    sign_in: Any,
) -> None:
    add_reaction(actor=alice, post=make_reply(bob, make_thread(alice, space)), kind="helpful")
    deliver_all()

    page = get_overview(30)
    assert sum(row.points for row in page.rules) == sum(points for _who, points, _n in page.earners) > 0
    assert page.earners[0][0] == bob
    narrowed = get_overview(30, page.rules[0].key)
    assert [points for _who, points, _n in narrowed.earners] == [page.rules[0].points]

    html = sign_in(manager).get(f"{PAGE}?days=7&rule={page.rules[0].key}").content.decode()
    assert html.count("What is this?") == len(page.figures) + len(page.burns)
    assert (
        "style=" not in html.partition('<div class="flex flex-col gap-6 glance">')[2].partition("</main>")[0]
    )
    assert bob.name in html and page.rules[0].name in html


@pytest.mark.parametrize("days", ["", "0", "-1", "x", "9999", "1" * 30, "٣"])
def test_an_odd_time_shows_a_time_that_can_be(moved: None, manager: Any, sign_in: Any, days: str) -> None:
    assert sign_in(manager).get(PAGE, {"days": days, "rule": days}).status_code == 200


def test_the_table_adds_up_to_what_is_outstanding(moved: None, manager: Any, sign_in: Any) -> None:
    answer = sign_in(manager).get(f"{PAGE}table.csv?days=30")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[0] == ["Day (UTC)", "Issued", "Corrected", "Spent", "Expired", "Outstanding"]
    numbers = [[int(cell) for cell in row[1:]] for row in rows[1:]]
    assert len(numbers) == 30
    assert sum(a + b - c - d for a, b, c, d, _left in numbers) == numbers[-1][4] == outstanding()


@pytest.mark.parametrize("who", ["alice", "mod", "guest"])
def test_it_is_for_managers(who: str, request: Any, sign_in: Any, client: Any) -> None:
    member = request.getfixturevalue(who)
    browser = sign_in(member) if member is not None else client
    for address in (PAGE, f"{PAGE}table.csv", f"{PAGE}hold/"):
        assert browser.get(address).status_code in (302, 403, 404)


def test_it_costs_the_same_for_two_members_and_twenty(manager: Any, make_member: Any, sign_in: Any) -> None:
    def give(start: int, end: int) -> None:
        for n in range(start, end):
            adjust(actor=manager, member=make_member(f"m{n}"), earned=1, spendable=1, reason="For being here")

    give(0, 2)
    few = fewest_statements(sign_in(manager), PAGE)
    give(2, 20)
    assert fewest_statements(sign_in(manager), PAGE) == few
