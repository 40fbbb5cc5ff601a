"""Asking for a copy and fetching it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Gone, NotFound, RateLimited, Refused
from community.privacy.actions import ask_export, fetch_export
from community.privacy.models import Export, ExportState

pytestmark = pytest.mark.django_db


def ready(member: Any) -> Export:
    """A copy that can be fetched."""
    until = timezone.now() + dt.timedelta(hours=1)
    return Export.objects.create(member=member, state=ExportState.READY, ends_at=until)


def test_a_copy_is_asked_for_once_a_day(alice: Any) -> None:
    first = ask_export(actor=alice)

    with pytest.raises(RateLimited) as refusal:
        ask_export(actor=alice)

    assert refusal.value.retry_after > 80_000
    assert [*Export.objects.all()] == [first]
    Export.objects.update(asked_at=timezone.now() - dt.timedelta(hours=25), state=ExportState.GONE)
    assert ask_export(actor=alice).pk != first.pk


def test_after_one_that_failed_one_may_ask_at_once(alice: Any) -> None:
    ask_export(actor=alice)
    Export.objects.update(state=ExportState.FAILED)

    assert ask_export(actor=alice).state == ExportState.WAITING


def test_who_is_suspended_may_take_their_copy(mallory: Any) -> None:
    assert ask_export(actor=mallory).member == mallory


def test_a_closed_account_takes_none(make_member: Any) -> None:
    with pytest.raises(Refused):
        ask_export(actor=make_member("gone", is_active=False))

    assert not Export.objects.exists()


def test_a_copy_is_fetched_once(alice: Any) -> None:
    export = ready(alice)

    fetch_export(actor=alice, export=export)

    with pytest.raises(Gone):
        fetch_export(actor=alice, export=export)
    assert Activity.objects.filter(verb="export.fetched").count() == 1


def test_nobody_fetches_the_copy_of_somebody_else(alice: Any, bob: Any, admin: Any) -> None:
    export = ready(alice)

    for other in (bob, admin):
        with pytest.raises(NotFound):
            fetch_export(actor=other, export=export)

    export.refresh_from_db()
    assert export.state == ExportState.READY


def test_a_copy_whose_time_is_over_is_gone(alice: Any) -> None:
    export = ready(alice)
    Export.objects.update(ends_at=timezone.now() - dt.timedelta(seconds=1))

    with pytest.raises(Gone):
        fetch_export(actor=alice, export=export)
