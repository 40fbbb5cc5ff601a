"""Badges that are worn: their names beside the names of those who hold them and chose so."""

from typing import Any

import pytest

from community.errors import Invalid, Refused
from community.members.models import Member
from community.members.titles.actions import choose_title
from community.members.titles.sources import titles_of
from rewards.badges.actions import give_badge, revoke_award, save_badge
from rewards.badges.models import Award, Badge
from tests.standing import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def worn(manager: Any, bob: Any) -> Badge:
    """A badge given by hand that may be worn; bob holds it."""
    values = {
        "name": "Trail angel",
        "description": "Was there.",
        "criteria": "Be there.",
        "gives_title": True,
    }
    badge = save_badge(actor=manager, badge=Badge(key="trail-angel"), changes=values)
    give_badge(actor=manager, badge=badge, member=bob, reason="Carried two packs.")
    deliver_all()
    return badge


def shown(member: Any) -> str:
    return Member.objects.get(pk=member.pk).title


def wear(member: Any, badge: Badge) -> None:
    choose_title(actor=member, member=member, key=f"badge:{badge.pk}")


def test_whoever_holds_it_may_wear_it(bob: Any, worn: Badge, sign_in: Any) -> None:
    assert [tuple(title) for title in titles_of(bob)] == [(f"badge:{worn.pk}", "Trail angel")]
    page = sign_in(bob).get("/me/settings/profile/").content.decode()
    assert "Trail angel" in page

    answer = sign_in(bob).post("/me/settings/title/", {"title": f"badge:{worn.pk}"})

    assert answer.status_code == 303
    for address in ("/@bob/", "/@bob/card/", "/people/"):
        assert "Trail angel" in sign_in(bob).get(address).content.decode(), address


def test_nobody_wears_what_they_do_not_hold(alice: Any, worn: Badge) -> None:
    with pytest.raises(Invalid):
        wear(alice, worn)

    assert shown(alice) == ""


def test_other_badges_are_not_worn(manager: Any, bob: Any, worn: Badge) -> None:
    plain = save_badge(
        actor=manager,
        badge=Badge(key="plain"),
        changes={"name": "Plain", "description": "Plain.", "criteria": "Plain."},
    )
    give_badge(actor=manager, badge=plain, member=bob, reason="Plainly deserved.")

    with pytest.raises(Invalid):
        wear(bob, plain)

    assert shown(bob) == ""


@pytest.mark.parametrize("way", ["taken back", "not worn any more", "paused"])
def test_it_goes_with_what_gave_it(manager: Any, bob: Any, worn: Badge, way: str) -> None:
    wear(bob, worn)
    assert shown(bob) == "Trail angel"

    if way == "taken back":
        revoke_award(actor=manager, award=Award.objects.get(badge=worn), reason="By mistake.")
    else:
        field = "gives_title" if way == "not worn any more" else "is_active"
        save_badge(actor=manager, badge=worn, changes={field: False})
    deliver_all()

    assert shown(bob) == ""


def test_it_reads_as_the_badge_reads_now(manager: Any, bob: Any, worn: Badge) -> None:
    wear(bob, worn)

    save_badge(actor=manager, badge=worn, changes={"name": "Path angel"})
    deliver_all()

    assert shown(bob) == "Path angel"


def test_a_name_that_is_too_long_to_wear_is_refused(manager: Any, worn: Badge) -> None:
    with pytest.raises(Invalid) as refusal:
        save_badge(actor=manager, badge=worn, changes={"name": "x" * 41})

    assert "name" in refusal.value.fields
    assert Badge.objects.get(pk=worn.pk).name == "Trail angel"


def test_only_managers_say_what_is_worn(mod: Any, bob: Any, worn: Badge) -> None:
    for who in (mod, bob):
        with pytest.raises(Refused):
            save_badge(actor=who, badge=worn, changes={"gives_title": False})

    assert Badge.objects.get(pk=worn.pk).gives_title
