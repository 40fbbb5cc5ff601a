"""The team removes thanks with a reason, and shows them again."""

from typing import Any

import pytest

from community.errors import Conflict, Invalid, Refused
from community.members.models import Member
from community.notifications.models import Notice
from rewards.praise.actions import remove_thanks, restore_thanks
from rewards.praise.models import Praise, State
from tests.standing import deliver_all as deliver_everything

REASON = "It names somebody who did not ask for it."


def test_the_team_removes_without_a_report_with_a_reason(alice: Any, bob: Any, mod: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    with pytest.raises(Refused):
        remove_thanks(actor=bob, praise=praise, reason=REASON)
    with pytest.raises(Invalid):
        remove_thanks(actor=mod, praise=praise, reason="no")
    remove_thanks(actor=mod, praise=praise, reason=REASON)
    with pytest.raises(Conflict):
        remove_thanks(actor=mod, praise=praise, reason=REASON)
    deliver_everything()
    assert Notice.objects.get(member=alice, kind="praise.removed").payload["case_id"] is None

    restore_thanks(actor=mod, praise=praise)
    assert Praise.objects.get().state == State.VISIBLE


def test_nobody_of_the_team_decides_about_their_own_words(bob: Any, mod: Any, thank: Any) -> None:
    praise = thank(mod, bob)
    with pytest.raises(Refused):
        remove_thanks(actor=mod, praise=praise, reason=REASON)
    assert Member.objects.get(pk=mod.pk).is_active
