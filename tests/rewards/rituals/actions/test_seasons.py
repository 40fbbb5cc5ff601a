"""Seasons are planned by managers, one at a time."""

import datetime as dt
from typing import Any

import pytest

from community.errors import Invalid, Refused
from community.moderation.models import AuditEntry
from rewards.rituals.actions import save_season
from rewards.rituals.models import Season
from tests.racing import all_at_once

AUTUMN = {
    "key": "autumn-repairs",
    "name": "Autumn repairs",
    "words": "Mend it before the snow.",
    "starts_on": dt.date(2026, 10, 1),
    "ends_on": dt.date(2026, 10, 31),
}


@pytest.mark.django_db
def test_a_season_is_planned_changed_and_written_down(manager: Any, deliver_all: Any) -> None:
    season = save_season(actor=manager, season=Season(), changes=AUTUMN)
    save_season(actor=manager, season=season, changes={**AUTUMN, "words": "Needles out."})
    deliver_all()

    assert Season.objects.get().words == "Needles out."
    last = AuditEntry.objects.filter(act="season.changed").order_by("pk").last()
    assert last is not None and last.after["words"] == "Needles out."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": dt.date(2026, 9, 30)}, "ends_on"),
        ({"ends_on": dt.date(2027, 9, 30)}, "ends_on"),
        ({"campaign_key": "nothing-like-it"}, "campaign_key"),
        ({"name": ""}, "name"),
        ({"starts_on": None}, "starts_on"),
    ],
)
def test_what_cannot_be_names_its_field_and_changes_nothing(manager: Any, changes: Any, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        save_season(actor=manager, season=Season(), changes={**AUTUMN, **changes})

    assert (refusal.value.code, field in refusal.value.fields) == ("season_unusable", True)
    assert not Season.objects.exists()


@pytest.mark.django_db
def test_members_and_moderators_plan_none(mod: Any, alice: Any) -> None:
    for actor in (mod, alice):
        with pytest.raises(Refused):
            save_season(actor=actor, season=Season(), changes=AUTUMN)

    assert not Season.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_seasons_never_share_a_day_not_even_at_once(manager: Any) -> None:
    def plan(key: str) -> Any:
        return lambda: save_season(actor=manager, season=Season(), changes={**AUTUMN, "key": key})

    answers = all_at_once([plan(f"season-{n}") for n in range(4)])

    assert Season.objects.count() == 1
    refused = [answer for answer in answers if isinstance(answer, Invalid)]
    assert [list(answer.fields) for answer in refused] == [["starts_on"]] * 3
    save_season(actor=manager, season=Season.objects.get(), changes={"is_active": False})
    plan("another")()
