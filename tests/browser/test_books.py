"""A freshly filled demo keeps every promise of points and badges, also those that only a night would have mended."""

import json
from io import StringIO

from django.core.management import call_command

from rewards.badges.actions import differing_members
from rewards.badges.audit import audit_badges
from rewards.points.audit import audit_ledger


def test_nothing_in_a_fresh_community_has_to_wait_for_the_night(demo: str) -> None:
    out = StringIO()
    call_command("audit_ledger", stdout=out)

    assert json.loads(out.getvalue())["breaches"] == [*audit_ledger(), *audit_badges()] == []
    assert {key: members for key, members in differing_members().items() if members} == {}
