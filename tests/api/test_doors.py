"""The doors by program."""

from typing import Any

import pytest

from community.members.models import Admission, DoorRules

pytestmark = pytest.mark.django_db


def test_a_manager_reads_and_changes_the_doors(program: Any, manager: Any) -> None:
    api = program(manager)
    assert api.get("doors").json()["joining"] == "open"

    answer = api.patch("doors", {"joining": "closed"})

    assert answer.json()["joining"] == "closed"
    assert DoorRules.objects.get().joining == "closed"
    assert api.patch("doors", {"allowed_domains": "no domain"}).status_code == 422


def test_a_moderator_hears_and_answers_wishes(program: Any, mod: Any, alice: Any, make_member: Any) -> None:
    from django.utils import timezone

    priya = make_member("priya", is_active=False)
    wish = Admission.objects.create(member=priya, why="Tents.", ready_at=timezone.now())
    api = program(mod)
    assert [row["why"] for row in api.get("admissions").json()["results"]] == ["Tents."]

    answer = api.post(f"admissions/{wish.pk}/decision", {"approved": True})

    assert answer.json()["state"] == "approved"
    assert program(alice).get("admissions").status_code == 403
