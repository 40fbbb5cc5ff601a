"""Members report thanks, each once."""

from typing import Any

import pytest

from community.errors import Conflict, Invalid, Refused
from community.moderation.models import Report
from rewards.praise.actions import report_thanks


def test_the_same_member_reports_once_and_never_their_own(
    alice: Any, bob: Any, carol: Any, thank: Any
) -> None:
    praise = thank(alice, bob)
    with pytest.raises(Refused):
        report_thanks(actor=alice, praise=praise, reason="spam")
    report_thanks(actor=carol, praise=praise, reason="spam")
    with pytest.raises(Conflict):
        report_thanks(actor=carol, praise=praise, reason="spam")
    with pytest.raises(Invalid):
        report_thanks(actor=bob, praise=praise, reason="nothing-such")
    assert Report.objects.count() == 1
