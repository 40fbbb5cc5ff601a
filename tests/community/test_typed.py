"""How a form was typed."""

import re
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.moderation.models import Held, Judgement
from community.typed import manner_of, trap_fields


def begun_in(page: str) -> str:
    return re.search(r'name="begun" value="([^"]+)"', page)[1]  # type: ignore[index]


def test_only_newcomers_carry_the_fields(make_member: Any, alice: Any) -> None:
    nina = make_member("nina", trust_level=0)

    assert trap_fields(alice) == ""
    assert 'name="homepage"' in trap_fields(nina) and 'name="homepage"' in trap_fields(None)


def test_seconds_are_told_by_a_signed_moment_and_nothing_else(make_member: Any) -> None:
    nina = make_member("nina", trust_level=0)
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        begun = begun_in(trap_fields(nina))
        traveller.shift(5)
        assert manner_of({"begun": begun}).seconds == pytest.approx(5, abs=0.2)
        # A form drawn again keeps its moment.
        assert begun_in(trap_fields(nina, {"begun": begun})) == begun

    for forged in ("", "1", "99999999999:abc", begun[:-2] + "xx", "x" * 5000):
        assert manner_of({"begun": forged}).seconds is None
    assert manner_of({"homepage": "https://x.example"}).is_trapped
    assert not manner_of({"homepage": "  "}).is_trapped


def test_a_program_that_fills_in_the_form_of_a_thread_is_noticed(
    sign_in: Any, make_member: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)
    client = sign_in(make_member("nina", trust_level=0))
    page = client.get(f"/t/{thread.pk}/", follow=True).content.decode()

    answer = client.post(
        f"/t/{thread.pk}/-/reply/",
        {
            "body": "The best price of tents is at https://a.example and https://b.example",
            "begun": begun_in(page),
            "homepage": "https://a.example",
        },
    )

    assert answer["Location"] == f"/waiting/{Held.objects.get().pk}/"
    assert {"hurried", "trapped"} <= Judgement.objects.get().signals.keys()
    assert 'name="homepage"' in client.get("/new/").content.decode()
    assert 'name="homepage"' not in sign_in(alice).get("/new/").content.decode()


def test_a_program_does_not_join_and_a_quick_person_does(sign_in: Any, db: None) -> None:
    from community.members.models import Member

    client = sign_in(None)
    page = client.get("/join/").content.decode()
    typed = {"name": "Nina Noord", "email": "nina@example.org", "password1": "a long enough password"}

    trapped = client.post("/join/", {**typed, "homepage": "https://x.example", "begun": begun_in(page)})

    assert "the way programs do" in trapped.content.decode()
    assert not Member.objects.filter(email="nina@example.org").exists()
    assert client.post("/join/", {**typed, "begun": begun_in(page)}).status_code == 302
    assert Member.objects.filter(email="nina@example.org").exists()
