"""Members whom many ignore, in the one queue: the team hears it once a period, the member never."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.errors import Refused
from community.members.profiles.actions import ignore_member, unignore_member
from community.moderation import actions
from community.moderation.models import Case
from community.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(make_member: Any) -> list[Any]:
    return [make_member(f"reader-{n}", trust_level=2) for n in range(10)]


def ignored_by(crowd: list[Any], member: Any, deliver_all: Any) -> None:
    for reader in crowd:
        ignore_member(actor=reader, member=member, days=30)
    deliver_all()


def test_the_fifth_brings_a_member_before_the_team_and_four_do_not(
    crowd: list[Any], bob: Any, mod: Any, sign_in: Any, deliver_all: Any
) -> None:
    ignored_by(crowd[:4], bob, deliver_all)
    # The same one again is not another one.
    ignored_by(crowd[:1], bob, deliver_all)
    assert not Case.objects.exists()

    ignored_by(crowd[4:5], bob, deliver_all)

    case = Case.objects.get(kind="ignored_by_many")
    assert (case.author_id, case.subject_id, case.facts) == (bob.pk, bob.pk, {"count": 5})
    page = sign_in(mod).get(reverse("admin:moderation_case_change", args=[case.pk])).content.decode()
    assert "Many would rather not read Bob" in page
    assert "5 members" in page
    assert not any(reader.handle in page for reader in crowd)


def test_once_in_a_period_however_many_follow(crowd: list[Any], bob: Any, mod: Any, deliver_all: Any) -> None:
    ignored_by(crowd[:5], bob, deliver_all)
    case = Case.objects.get(kind="ignored_by_many")
    actions.decide_case(actor=mod, case=case, decision="handled")

    unignore_member(actor=crowd[0], member=bob)
    ignored_by(crowd, bob, deliver_all)
    assert Case.objects.count() == 1

    Case.objects.update(opened_at=timezone.now() - dt.timedelta(days=91))
    unignore_member(actor=crowd[0], member=bob)
    ignored_by(crowd[:1], bob, deliver_all)
    assert Case.objects.filter(kind="ignored_by_many", state="open").count() == 1


def test_the_member_is_told_nothing_of_it(
    crowd: list[Any], bob: Any, mod: Any, sign_in: Any, deliver_all: Any
) -> None:
    ignored_by(crowd[:5], bob, deliver_all)
    case = Case.objects.get(kind="ignored_by_many")
    client = sign_in(bob)
    assert client.get(reverse("appeal_case", args=[case.pk])).status_code == 404

    for decision in ("handled", "fine"):
        case = actions.decide_case(actor=mod, case=case, decision=decision)
        deliver_all()
        assert client.get(reverse("appeal_case", args=[case.pk])).status_code == 404
        case = actions.undo_decision(actor=mod, case=case)
        deliver_all()

    assert not Notice.objects.filter(member=bob).exists()
    seen = "".join(
        client.get(path).content.decode() for path in ("/@bob/", "/me/settings/privacy/", "/notifications/")
    )
    assert "ignored" not in seen.lower().replace("people you ignore", "")


def test_who_was_brought_before_the_team_may_not_decide_it(
    crowd: list[Any], bob: Any, deliver_all: Any
) -> None:
    ignored_by(crowd[:5], bob, deliver_all)
    case = Case.objects.get(kind="ignored_by_many")
    type(bob).objects.filter(pk=bob.pk).update(role="moderator")
    bob.refresh_from_db()

    with pytest.raises(Refused):
        actions.decide_case(actor=bob, case=case, decision="fine")
    case.refresh_from_db()
    assert case.state == "open"
