"""What a paused member reads on top of their home."""

import pytest
from django.test import Client

from community.members.models import Member
from community.moderation.actions import penalise_member

pytestmark = pytest.mark.django_db


def _home(client: Client, member: Member) -> str:
    client.force_login(member)
    return client.get("/").content.decode()


def test_a_paused_member_reads_why_and_is_led_to_an_appeal(
    client: Client, alice: Member, mod: Member
) -> None:
    penalty = penalise_member(actor=mod, member=alice, kind="suspend", days=3, reason="Sold copies of tents")
    alice.refresh_from_db()
    page = _home(client, alice)
    assert "Sold copies of tents" in page
    assert f"/appeals/penalty/{penalty.pk}/" in page
    assert "a minute of yours would help" not in page


def test_somebody_who_may_not_write_for_a_while_reads_so_too(
    client: Client, alice: Member, mod: Member
) -> None:
    penalty = penalise_member(actor=mod, member=alice, kind="silence", days=3, reason="Shouted")
    alice.refresh_from_db()
    page = _home(client, alice)
    assert "You can read, but not write until" in page
    assert f"/appeals/penalty/{penalty.pk}/" in page


def test_others_see_nothing_of_it(client: Client, bob: Member) -> None:
    assert "/appeals/penalty/" not in _home(client, bob)


def test_a_paused_member_is_not_shown_a_form_that_they_cannot_send(
    client: Client, alice: Member, mod: Member
) -> None:
    penalise_member(actor=mod, member=alice, kind="suspend", days=3, reason="Sold copies of tents")
    alice.refresh_from_db()
    client.force_login(alice)
    page = client.get("/new/").content.decode()
    assert "Your account is paused until" in page
    assert 'id="compose"' not in page
