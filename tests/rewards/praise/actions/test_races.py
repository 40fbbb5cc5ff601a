"""Many requests at once, in real threads on real connections: the allowance holds."""

from collections.abc import Callable
from typing import Any

import pytest

from community.errors import Conflict, RateLimited
from rewards.praise.actions import give_thanks, make_shout_out, take_back_thanks
from rewards.praise.models import Praise, ShoutOut
from tests.racing import all_at_once
from tests.rewards.conftest import ship_everything
from tests.rewards.praise.conftest import WORDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shipped(transactional_db: None) -> Any:
    ship_everything()


def test_twenty_thanks_at_once_give_as_many_as_the_day_has(
    make_member: Callable[..., Any], settings: Any
) -> None:
    settings.LIMITS_ENABLED = False
    giver, others = make_member("giver"), [make_member(f"other{n}") for n in range(20)]

    answers = all_at_once(
        [
            lambda other=other: give_thanks(actor=giver, receiver=other, kind="helped", words=WORDS)
            for other in others
        ]
    )

    assert sum(isinstance(answer, Praise) for answer in answers) == Praise.objects.count() == 3
    assert sum(isinstance(answer, RateLimited) for answer in answers) == 17


def test_the_same_thanks_sent_twelve_times_at_once_are_given_once(
    make_member: Callable[..., Any], settings: Any
) -> None:
    settings.LIMITS_ENABLED = False
    giver, other = make_member("giver"), make_member("other")

    answers = all_at_once([lambda: give_thanks(actor=giver, receiver=other, kind="helped", words=WORDS)] * 12)

    assert sum(isinstance(answer, Praise) for answer in answers) == Praise.objects.count() == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 11


def test_taking_back_twelve_times_at_once_happens_once(
    make_member: Callable[..., Any], settings: Any
) -> None:
    settings.LIMITS_ENABLED = False
    giver, other = make_member("giver"), make_member("other")
    praise = give_thanks(actor=giver, receiver=other, kind="helped", words=WORDS)

    answers = all_at_once(
        [lambda: take_back_thanks(actor=giver, praise=Praise.objects.get(pk=praise.pk))] * 12
    )
    assert sum(isinstance(answer, Praise) for answer in answers) == 1


def test_eight_shout_outs_at_once_pin_one(make_member: Callable[..., Any], settings: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    settings.LIMITS_ENABLED = False
    team = [make_member(f"team{n}", role="moderator") for n in range(8)]
    other = make_member("other")
    until = timezone.now() + timedelta(days=2)

    answers = all_at_once(
        [
            lambda actor=actor: make_shout_out(actor=actor, members=[other], words=WORDS, pinned_until=until)
            for actor in team
        ]
    )

    assert sum(isinstance(answer, ShoutOut) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7
    assert ShoutOut.objects.count() == 1
