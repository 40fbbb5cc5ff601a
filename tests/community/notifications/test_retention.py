import datetime as dt

from django.utils import timezone

from community.members.models import Member
from community.notifications.actions import mark_all_read
from community.notifications.models import (
    Digest,
    InboundMail,
    Notice,
    NoticeCause,
    OutboundMail,
    OutboundPush,
)
from community.notifications.retention import heal_counts
from community.privacy.keeping.running import apply_rules


def test_words_go_after_a_month_and_notices_after_a_year(tell, alice, bob):
    tell([bob], actor=alice)
    mark_all_read(actor=bob)
    now = timezone.now()
    OutboundMail.objects.update(state="sent", sent_at=now - dt.timedelta(days=31), html="x", text="x")

    apply_rules()
    assert OutboundMail.objects.get().html == ""
    assert Notice.objects.exists()

    Notice.objects.update(updated_at=now - dt.timedelta(days=366))
    apply_rules()
    assert not Notice.objects.exists()
    assert NoticeCause.objects.exists()


def test_mail_that_came_in_loses_its_text_after_a_month_and_goes_after_a_year(bob):
    now = timezone.now()
    InboundMail.objects.create(
        message_id="<a@b>",
        source="imap",
        raw=b"hello",
        state="failed",
        received_at=now - dt.timedelta(days=31),
    )
    Digest.objects.create(
        member=bob, window=now.date(), rhythm="weekly", began_at=now, planned_at=now - dt.timedelta(days=366)
    )

    apply_rules()
    assert InboundMail.objects.get().raw is None
    assert not Digest.objects.exists()

    InboundMail.objects.update(received_at=now - dt.timedelta(days=366))
    apply_rules()
    assert not InboundMail.objects.exists()


def test_what_waits_unread_is_kept(tell, alice, bob):
    tell([bob], actor=alice)
    Notice.objects.update(updated_at=timezone.now() - dt.timedelta(days=800))

    apply_rules()

    assert Notice.objects.exists()


def test_a_count_that_drifted_is_healed(tell, alice, bob):
    tell([bob], actor=alice)
    Member.objects.update(unread_notices=7)

    assert heal_counts() == 2

    assert Member.objects.get(pk=bob.pk).unread_notices == 1
    assert Member.objects.get(pk=alice.pk).unread_notices == 0
    assert heal_counts() == 0


def test_how_a_notice_to_browsers_went_is_kept_for_a_month_and_never_lost_while_it_waits(bob):
    long_ago = timezone.now() - dt.timedelta(days=31)
    for state in ("sent", "dropped", "queued"):
        OutboundPush.objects.create(
            member=bob, kind="push.test", purpose="essential", state=state, created_at=long_ago
        )
    OutboundPush.objects.create(member=bob, kind="push.test", purpose="essential", state="sent")

    apply_rules()

    assert sorted(OutboundPush.objects.values_list("state", flat=True)) == ["queued", "sent"]
