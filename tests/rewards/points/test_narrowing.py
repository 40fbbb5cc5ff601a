"""A statement can be narrowed, in the page, the table and the API; lines that say the same stand together, and sums stay."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from community.threads.actions import add_reaction
from rewards.points.actions import adjust, reserve, reverse, spend
from rewards.points.models import Transfer
from rewards.points.narrowing import Wanted
from rewards.points.queries import get_statement

PAGE = "/me/points/"


@pytest.fixture
def moved(
    manager: Any,
    alice: Any,
    bob: Any,
    carol: Any,
    make_member: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    deliver_all: Any,
) -> None:
    post = make_reply(bob, make_thread(alice, space))
    for reader in (alice, carol, make_member("dora")):
        add_reaction(actor=reader, post=post, kind="helpful")
    deliver_all()
    given = adjust(actor=manager, member=bob, earned=90, spendable=90, reason="For carrying the tables")
    spend(actor=bob, amount=30, scope="store", key="mug", memo="Enamel mug")
    reserve(
        actor=bob, amount=20, scope="store", key="h", memo="A place at the fair", lasts=dt.timedelta(days=1)
    )
    reverse(actor=manager, transfer=given, reason="It was a mistake of ours")


def kinds(member: Any, **asked: str) -> list[int]:
    return [line.pk for line in get_statement(member, wanted=Wanted.read(asked)).lines]


def test_each_kind_shows_its_own_lines_and_together_they_are_everything(moved: None, bob: Any) -> None:
    parts = [kinds(bob, kind=kind) for kind in ("earned", "corrected", "spent", "expired", "taken_back")]

    assert [bool(part) for part in parts] == [True, True, True, False, True]
    assert sorted(pk for part in parts for pk in part) == sorted(kinds(bob))
    assert get_statement(bob, wanted=Wanted(kind="held")).lines[0].what == "A place at the fair"


def test_rules_and_days_narrow_too(moved: None, bob: Any) -> None:
    award = Transfer.objects.filter(member=bob, kind="award").order_by("pk").first()
    assert award is not None
    today, tomorrow = award.day, award.day + dt.timedelta(days=1)

    same = Transfer.objects.filter(member=bob, rule_key=award.rule_key)
    assert sorted(kinds(bob, rule=award.rule_key)) == sorted(same.values_list("pk", flat=True))
    assert kinds(bob, **{"from": today.isoformat(), "to": today.isoformat()}) == kinds(bob)
    assert kinds(bob, **{"from": tomorrow.isoformat()}) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "theft"},
        {"rule": "x' OR 1=1"},
        {"rule": "a" * 41},
        {"from": "2026-13-45"},
        {"to": "٢٠٢٦-٠١-٠١"},
        {"kind": "Earned"},
    ],
)
def test_what_an_address_cannot_mean_narrows_nothing(
    moved: None, bob: Any, sign_in: Any, asked: dict[str, str]
) -> None:
    assert not Wanted.read(asked)
    assert sign_in(bob).get(PAGE, asked).status_code == 200


def test_what_says_the_same_stands_together_and_adds_up(moved: None, bob: Any, sign_in: Any) -> None:
    page = get_statement(bob)
    marks = Transfer.objects.filter(member=bob, kind="award", source_type="reaction").count()

    (together,) = [bundle for bundle in page.bundles if len(bundle.lines) > 1]
    assert len(together.lines) == marks > 1
    assert together.earned == sum(line.earned for line in together.lines)
    assert sorted(line.pk for bundle in page.bundles for line in bundle.lines) == sorted(
        line.pk for line in page.lines
    )
    html = sign_in(bob).get(PAGE).content.decode()
    assert f"{marks} times" in html
    for line in page.lines:
        assert f'id="change-{line.pk}"' in html


def test_the_choice_stays_in_the_page_its_pages_and_its_table(
    moved: None, manager: Any, bob: Any, sign_in: Any
) -> None:
    for n in range(31):
        adjust(actor=manager, member=bob, earned=1, spendable=1, reason=f"For carrying table number {n}")
    client = sign_in(bob)
    html = client.get(PAGE, {"kind": "corrected"}).content.decode()

    assert '<option value="corrected" selected>' in html
    assert "?kind=corrected&amp;after=" in html
    assert "/me/points/points.csv?kind=corrected" in html
    answer = client.get("/me/points/points.csv", {"kind": "corrected"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1 + 32
    nothing = client.get(PAGE, {"kind": "expired"}).content.decode()
    assert "Nothing here is like that" in nothing
