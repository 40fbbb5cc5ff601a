"""The page of one's rhythm says why each week counted or did not, and others see nothing until it is shown."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from community.members.models import Block, Member
from rewards.rituals.models import RitualChoices, Season, StreakPeriod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_every_week_says_why(bob: Any, wrote: Any, deliver_all: Any, sign_in: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        wrote(bob, NOW - 3 * WEEK)
        wrote(bob, NOW - WEEK)
        wrote(bob, NOW - WEEK)
        wrote(bob, NOW, body="Thanks a lot!")
        deliver_all()
        page = text(sign_in(bob).get("/me/streak/"))

    assert "2 weeks in a row" in page
    assert "2 posts of yours counted" in page
    assert "A spare one was used" in page
    assert "1 does not count yet: it is short, or nobody marked it" in page
    assert "1 of 2" in page and "has 40 characters or more" in page


def test_it_costs_the_same_for_two_posts_and_for_twenty(
    bob: Any, wrote: Any, deliver_all: Any, sign_in: Any
) -> None:
    from tests.rewards.conftest import fewest_statements

    costs = []
    for posts in (2, 18):
        for n in range(posts):
            wrote(bob, dt.datetime.now(dt.UTC) - n * WEEK)
        deliver_all()
        costs.append(fewest_statements(sign_in(bob), "/me/streak/"))

    assert costs[0] == costs[1]


def test_switched_off_it_says_nothing_more(bob: Any, wrote: Any, deliver_all: Any, sign_in: Any) -> None:
    wrote(bob, dt.datetime.now(dt.UTC))
    deliver_all()
    client = sign_in(bob)

    assert client.post("/me/streak/", {}).status_code == 303

    assert not StreakPeriod.objects.filter(member=bob).exists()
    assert "in a row" not in text(client.get("/me/streak/")).replace("count my weeks in a row", "").replace(
        "Count my weeks in a row", ""
    )
    assert "Your rhythm" not in text(client.get("/me/points/"))


def test_others_see_it_when_it_is_shown_and_not_before(
    bob: Any, carol: Any, wrote: Any, deliver_all: Any, sign_in: Any
) -> None:
    wrote(bob, dt.datetime.now(dt.UTC))
    deliver_all()
    assert "1 week in a row" not in text(sign_in(carol).get("/@bob/"))

    sign_in(bob).post("/me/streak/", {"counts_streak": "on", "shows_streak": "on"})

    assert "1 week in a row" in text(sign_in(carol).get("/@bob/"))
    Member.objects.filter(pk=carol.pk).update(quiet_mode=True)
    assert "1 week in a row" not in text(sign_in(carol).get("/@bob/"))


def test_people_of_the_team_and_the_quiet_read_a_page_without_gaps(mod: Any, bob: Any, sign_in: Any) -> None:
    Member.objects.filter(pk=bob.pk).update(quiet_mode=True)

    assert "Nothing is counted for you here" in text(sign_in(mod).get("/me/streak/"))
    assert "Your rhythm is hidden with them" in text(sign_in(bob).get("/me/streak/"))
    assert not RitualChoices.objects.exists()


def test_a_birthday_is_shown_to_those_one_lets_see_it(bob: Any, carol: Any, sign_in: Any) -> None:
    client = sign_in(bob)
    assert client.post("/me/settings/birthday/", {"day": "29", "month": "2"}).status_code == 303
    assert "29" in text(client.get("/@bob/")) and "Birthday" not in text(sign_in(carol).get("/@bob/"))

    client.post("/me/settings/birthday/", {"day": "29", "month": "2", "shows_birthday": "on"})
    assert ">Birthday<" in text(sign_in(carol).get("/@bob/"))
    assert ">Birthday<" not in text(Client().get("/@bob/"))

    Block.objects.create(blocker=bob, blocked=carol)
    assert ">Birthday<" not in sign_in(carol).get("/@bob/").content.decode()


def test_a_day_that_is_none_stays_typed_and_says_why(bob: Any, sign_in: Any) -> None:
    answer = sign_in(bob).post("/me/settings/birthday/", {"day": "31", "month": "2"})

    assert answer.status_code == 422
    assert 'value="31"' in answer.content.decode() and "There is no such day" in answer.content.decode()


def test_a_season_shows_ones_own_part_and_what_is_to_come_is_not_told(
    bob: Any, wrote: Any, sign_in: Any
) -> None:
    today = dt.datetime.now(dt.UTC).date()
    runs = Season.objects.create(
        key="now", name="Autumn repairs", words="Mend it.", starts_on=today - WEEK, ends_on=today + WEEK
    )
    later = {"starts_on": today + 2 * WEEK, "ends_on": today + 3 * WEEK}
    Season.objects.create(key="later", name="Winter", words="Snow.", **later)
    wrote(bob, dt.datetime.now(dt.UTC))

    page = text(sign_in(bob).get(runs.get_absolute_url()))
    assert "Posts you wrote that stand</dt><dd>1</dd>" in page
    assert "Your part in it" not in text(Client().get(runs.get_absolute_url()))
    assert Client().get("/seasons/later/").status_code == 404
    assert "Winter" not in text(Client().get("/seasons/"))
    assert "Autumn repairs" in text(sign_in(bob).get(reverse("home_panels")))
