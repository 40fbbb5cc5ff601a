"""Managers say what thanks are for."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from rewards.praise.actions import save_kind
from rewards.praise.models import PraiseKind
from rewards.praise.queries import kinds_offered


def test_a_manager_adds_one_and_puts_one_away(manager: Any) -> None:
    values = {"name": "Fixed my stove", "is_active": True, "position": 5}
    made = save_kind(actor=manager, kind=PraiseKind(key="stove"), changes=values)
    assert kinds_offered()[0] == ("stove", "Fixed my stove")

    save_kind(actor=manager, kind=made, changes={"is_active": False})
    assert "stove" not in dict(kinds_offered())
    told = Activity.objects.filter(verb="praise.kind_changed").order_by("pk").last()
    assert told is not None and told.payload["fields"] == ["is_active"]


def test_nobody_else_does(mod: Any, alice: Any) -> None:
    for person in (mod, alice):
        with pytest.raises(Refused):
            save_kind(actor=person, kind=PraiseKind(key="stove"), changes={"name": "Stove"})
    assert not PraiseKind.objects.filter(key="stove").exists()


@pytest.mark.parametrize("changes", [{"name": ""}, {"name": "x" * 41}, {"name": "Fine", "position": -1}])
def test_what_cannot_be_one_is_refused_by_field(manager: Any, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        save_kind(actor=manager, kind=PraiseKind(key="stove"), changes=changes)
    assert caught.value.code == "kind_unusable"
    assert not PraiseKind.objects.filter(key="stove").exists()


def test_one_key_is_used_once(manager: Any) -> None:
    with pytest.raises(Invalid):
        save_kind(actor=manager, kind=PraiseKind(key="helped"), changes={"name": "Helped me twice"})


def test_saving_the_same_is_not_written_down(manager: Any) -> None:
    save_kind(actor=manager, kind=PraiseKind.objects.get(key="helped"), changes={"position": 10})
    assert not Activity.objects.filter(verb="praise.kind_changed").exists()
