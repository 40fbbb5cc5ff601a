"""Reasons written once and used often."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.moderation.actions import delete_canned_reason, save_canned_reason
from community.moderation.models import CannedReason


@pytest.mark.django_db
def test_a_reason_is_taken_away_once_however_often_it_is_asked_for(manager: Any) -> None:
    reason = save_canned_reason(actor=manager, title="Advertising", text="We keep advertisements out.")
    reason_again = CannedReason.objects.get(pk=reason.pk)

    delete_canned_reason(actor=manager, reason=reason)
    delete_canned_reason(actor=manager, reason=reason_again)

    told = Activity.objects.filter(verb="canned_reason.changed").order_by("pk")
    assert [(one.payload["before"], one.payload["after"]) for one in told] == [
        ("", "We keep advertisements out."),
        ("We keep advertisements out.", ""),
    ]
