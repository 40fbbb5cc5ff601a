"""Who hears of thanks and shout-outs, and who does not."""

import datetime as dt
from typing import Any

from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notice, OutboundMail, Preference
from community.notifications.registry import find_kind
from community.notifications.sections import Ask
from rewards.praise.actions import make_shout_out, take_back_thanks, withdraw_shout_out
from rewards.praise.notices import SHOUTED
from tests.rewards.praise.conftest import WORDS
from tests.standing import deliver_all as deliver_everything


def told(member: Any, **more: Any) -> list[str]:
    rows = Notice.objects.filter(member=member, kind__startswith="praise.", is_hidden=False, **more)
    return list(rows.values_list("kind", flat=True))


def test_the_receiver_is_told_once_in_their_words(alice: Any, bob: Any, thank: Any, sign_in: Any) -> None:
    thank(alice, bob)
    deliver_everything()

    assert (told(bob), told(alice)) == (["praise.thanked"], [])
    page = sign_in(bob).get("/notifications/").content.decode()
    assert "Alice Arden thanks you: Helped me" in page and WORDS in page


def test_the_notice_goes_with_the_thanks(alice: Any, bob: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    deliver_everything()
    assert Member.objects.get(pk=bob.pk).unread_notices == 1
    take_back_thanks(actor=alice, praise=praise)
    deliver_everything()
    assert list(Notice.objects.filter(member=bob, is_hidden=False).values_list("kind", flat=True)) == []
    assert Member.objects.get(pk=bob.pk).unread_notices == 0


def test_both_can_be_switched_off_and_thanks_wait_for_the_digest(alice: Any, bob: Any, thank: Any) -> None:
    thanked, named = find_kind("praise.thanked"), find_kind("praise.shout_out")
    assert thanked is not None and named is not None
    assert not thanked.is_fixed and not named.is_fixed
    Preference.objects.create(member=bob, kind="praise.thanked", channel="mail", choice="off")
    thank(alice, bob)
    deliver_everything()
    assert not OutboundMail.objects.filter(member=bob, kind="praise.thanked").exists()


def test_those_whom_a_shout_out_names_get_it_by_mail(alice: Any, bob: Any, carol: Any, mod: Any) -> None:
    made = make_shout_out(actor=mod, members=[alice, bob], words=WORDS)
    deliver_everything()
    assert [told(person) for person in (alice, bob, carol)] == [
        ["praise.shout_out"],
        ["praise.shout_out"],
        [],
    ]
    mailed = OutboundMail.objects.filter(kind="praise.shout_out")
    assert set(mailed.values_list("member", flat=True)) == {alice.pk, bob.pk}

    withdraw_shout_out(actor=mod, shout_out=made)
    deliver_everything()
    assert told(alice) == []


def test_everyone_else_reads_it_in_their_digest_once(alice: Any, bob: Any, carol: Any, mod: Any) -> None:
    made = make_shout_out(actor=mod, members=[alice, bob], words=WORDS)
    Member.objects.filter(pk=bob.pk).update(show_thanks=False)
    now = timezone.now()

    def gathered(member: Any, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        ask = Ask(member, now - dt.timedelta(days=7), now, 5, known)
        return [(entry.title, entry.text) for entry in SHOUTED.gather(ask)]

    assert gathered(carol) == [("The team thanks Alice Arden", WORDS)]
    assert gathered(alice) == gathered(mod) == []
    assert gathered(carol, frozenset({f"praise.shoutout:{made.pk}"})) == []
