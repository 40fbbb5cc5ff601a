"""Reporting in the browser and deciding in the admin."""

from typing import Any

import pytest
from django.urls import reverse

from community.moderation import actions
from community.moderation.models import Case, Report
from community.threads.models import Post, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Post:
    """Bob's reply in Alice's thread."""
    return make_reply(bob, make_thread(alice, space))


def test_a_member_reports_a_post_and_comes_back_to_it(sign_in: Any, alice: Any, post: Post) -> None:
    client = sign_in(alice)
    assert "Report a post" in client.get(f"/p/{post.pk}/report/").content.decode()

    answer = client.post(f"/p/{post.pk}/report/", {"reason": "unkind", "note": "Please look"})

    assert (answer.status_code, answer["Location"]) == (303, f"/p/{post.pk}/")
    assert Report.objects.get().note == "Please look"


def test_a_report_without_a_reason_keeps_the_note(sign_in: Any, alice: Any, post: Post) -> None:
    answer = sign_in(alice).post(f"/p/{post.pk}/report/", {"note": "Kept words"})

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode() and not Report.objects.exists()


def test_a_hidden_post_cannot_be_reported_or_told_from_an_absent_one(
    sign_in: Any, alice: Any, manager: Any, private_space: Any, make_thread: Any
) -> None:
    hidden = make_thread(manager, private_space, kind="discussion").posts.get()
    client = sign_in(alice)

    assert (
        client.get(f"/p/{hidden.pk}/report/").status_code
        == client.get("/p/999999/report/").status_code
        == 404
    )


def test_the_queue_shows_what_waits_and_a_decision_leads_to_the_next(
    sign_in: Any, mod: Any, alice: Any, carol: Any, post: Post
) -> None:
    first = actions.report_post(actor=alice, post=post, reason="unkind").case
    second = actions.report_post(actor=carol, post=post.thread.posts.get(position=1), reason="spam").case
    client = sign_in(mod)
    assert "Bob Birch" in client.get(reverse("admin:moderation_case_changelist")).content.decode()
    url = reverse("admin:moderation_case_change", args=[first.pk])
    assert post.body_md[:20] in client.get(url).content.decode()

    answer = client.post(url, {"act": "decide", "decision": "remove", "reason": "Unkind"})

    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("admin:moderation_case_change", args=[second.pk]) + f"?undo={first.pk}",
    )
    assert Post.objects.get(pk=post.pk).state == State.REMOVED


def test_a_decision_without_a_reason_is_asked_for_one(sign_in: Any, mod: Any, alice: Any, post: Post) -> None:
    case = actions.report_post(actor=alice, post=post, reason="unkind").case

    answer = sign_in(mod).post(
        reverse("admin:moderation_case_change", args=[case.pk]),
        {"act": "decide", "decision": "warn", "reason": ""},
    )

    assert answer.status_code == 422 and "Write the reason" in answer.content.decode()
    assert Case.objects.get().state == "open"


def test_claiming_and_taking_back_work_by_plain_forms(sign_in: Any, mod: Any, alice: Any, post: Post) -> None:
    case = actions.report_post(actor=alice, post=post, reason="unkind").case
    client, url = sign_in(mod), reverse("admin:moderation_case_change", args=[case.pk])

    client.post(url, {"act": "claim"})
    assert Case.objects.get().holder_id == mod.pk
    client.post(url, {"act": "release"})
    assert Case.objects.get().holder_id is None
    client.post(url, {"act": "decide", "decision": "keep"})
    client.post(url, {"act": "undo"})
    assert Case.objects.get().state == "open"


def test_the_queue_costs_the_same_for_two_cases_and_ten(
    sign_in: Any, mod: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = sign_in(mod), reverse("admin:moderation_case_changelist")
    counts = []
    thread = make_thread(alice, space)
    for size in (2, 8):
        for n in range(size):
            reply = make_reply(bob, thread, body=f"Reply number {size}-{n} of the lot.")
            actions.report_post(actor=alice, post=reply, reason="spam")
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_members_and_guests_do_not_see_the_queue(sign_in: Any, alice: Any) -> None:
    for who in (alice, None):
        answer = sign_in(who).get("/moderation/")
        assert answer.status_code in (302, 404)
    assert sign_in(alice).get(reverse("admin:moderation_case_changelist")).status_code in (302, 403, 404)


def test_reports_and_the_audit_log_tell_moderators_nothing_of_spaces_they_may_not_enter(
    sign_in: Any, mod: Any, manager: Any, admin: Any, private_space: Any, make_thread: Any
) -> None:
    hidden = make_thread(manager, private_space, kind="discussion").posts.get()
    actions.report_post(actor=admin, post=hidden, reason="other", note="A word from the private space")
    reports = reverse("admin:moderation_report_changelist")
    log = reverse("admin:moderation_auditentry_changelist")

    assert "A word from the private space" not in sign_in(mod).get(reports).content.decode()
    assert sign_in(mod).get(log).status_code == 403
    assert "A word from the private space" in sign_in(manager).get(reports).content.decode()
    assert sign_in(manager).get(log).status_code == 200
