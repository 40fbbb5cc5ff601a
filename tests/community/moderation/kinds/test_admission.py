"""Wishes to join in the one queue."""

from collections.abc import Callable
from typing import Any

import pytest

from community.members.doors.admissions import ask_to_join, bring_before_team, decide_admission
from community.members.models import Admission, Member
from community.moderation import actions
from community.moderation.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(make_member: Callable[..., Any], deliver_all: Callable[[], int]) -> Case:
    """Priya wants to join."""
    priya = make_member("priya", is_active=False)
    ask_to_join(actor=priya, why="Two tents.")
    bring_before_team(actor=priya)
    deliver_all()
    return Case.objects.get(kind="sign_up")


def test_a_yes_in_the_queue_opens_the_account(case: Case, mod: Any) -> None:
    actions.decide_case(actor=mod, case=case, decision="admit")

    assert Member.objects.get(handle="priya").is_active
    assert Admission.objects.get().state == "approved"


def test_a_no_needs_a_reason_and_is_told(case: Case, mod: Any) -> None:
    actions.decide_case(actor=mod, case=case, decision="decline", reason="This place is for customers.")

    wish = Admission.objects.get()
    assert (wish.state, wish.answer) == ("refused", "This place is for customers.")
    assert not Member.objects.get(handle="priya").is_active


def test_what_was_answered_elsewhere_leaves_the_queue(case: Case, mod: Any, deliver_all: Any) -> None:
    decide_admission(actor=mod, admission=Admission.objects.get(), approved=True)
    deliver_all()

    case.refresh_from_db()
    assert case.state == "closed"
