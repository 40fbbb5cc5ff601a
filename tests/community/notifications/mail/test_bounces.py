"""Reports of mail servers about mail of ours."""

import pytest

from community.notifications.models import OutboundMail, Reach
from tests.community.notifications.letters import DSN, arrive


def test_a_report_that_there_is_no_such_address_ends_mail_to_it(asked, post):
    row = arrive(
        DSN.format(to=post.senders[-1], id=1, action="failed", status="5.1.1", ours="<x@y>").encode()
    )

    assert (row.state, row.kind) == ("done", "bounce")
    assert Reach.objects.get().stopped_for == "hard"
    assert "no such user" in Reach.objects.get().detail


@pytest.mark.parametrize(
    ("action", "status"), [("failed", "4.2.0"), ("failed", "5.2.2"), ("failed", "5.7.1")]
)
def test_a_report_about_a_trouble_of_today_is_scored(asked, post, action, status):
    arrive(DSN.format(to=post.senders[-1], id=1, action=action, status=status, ours="<x@y>").encode())

    assert (Reach.objects.get().bounce_score, Reach.objects.get().stopped_at) == (1, None)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_that_is_none_of_both_changes_nothing(asked, post, action):
    row = arrive(DSN.format(to=post.senders[-1], id=1, action=action, status="4.0.0", ours="<x@y>").encode())

    assert row.state == "ignored"
    assert not Reach.objects.exists()


def test_a_report_to_another_address_is_known_by_the_mail_in_it(asked):
    raw = DSN.format(
        to="community@localhost", id=1, action="failed", status="5.1.1", ours=asked["Message-ID"]
    ).encode()

    assert arrive(raw).state == "done"
    assert Reach.objects.get().stopped_for == "hard"


def test_a_forged_report_stops_nobody(asked):
    mail = OutboundMail.objects.get(state="sent")
    to = f"replies+b{mail.pk}-{'a' * 16}@community.example.org"
    ours = f"<mail-{mail.pk}.{'0' * 16}@localhost>"

    assert (
        arrive(DSN.format(to=to, id=1, action="failed", status="5.1.1", ours=ours).encode()).state
        == "ignored"
    )
    assert not Reach.objects.exists()
