"""The page of the review queue: filters, order, several cases at once, taking back, canned reasons."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.errors import Conflict, Invalid, Refused
from community.moderation import actions
from community.moderation.desk.queries import Asked, desk_page
from community.moderation.models import AuditEntry, CannedReason, Case, CaseState
from community.moderation.queries import after_case, count_waiting
from community.threads.models import Post

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"


@pytest.fixture
def cases(alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any) -> list[Case]:
    """Three reported replies of Bob's, each due an hour after the one before."""
    thread = make_thread(alice, space)
    found = []
    for number in range(3):
        post = make_reply(bob, thread, body=f"Reply number {number} of the lot.")
        case = actions.report_post(actor=carol, post=post, reason="spam").case
        Case.objects.filter(pk=case.pk).update(due_at=timezone.now() + dt.timedelta(hours=2 * number - 1))
        found.append(case)
    return found


def order(actor: Any, **asked: Any) -> list[int]:
    return [row.case.pk for row in desk_page(actor, Asked(**asked)).rows]


def test_what_is_due_first_stands_first_and_the_graver_of_two_before_the_other(cases: Any, mod: Any) -> None:
    assert order(mod) == [case.pk for case in cases]

    Case.objects.update(due_at=timezone.now())
    Case.objects.filter(pk=cases[2].pk).update(score=8)

    assert order(mod) == [cases[2].pk, cases[0].pk, cases[1].pk]


def test_pages_follow_each_other_without_a_case_twice_or_missing(
    cases: Any, mod: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("community.moderation.desk.queries.PAGE", 1)
    seen, after = [], None
    for _page in range(3):
        page = desk_page(mod, Asked(after=after))
        seen += [row.case.pk for row in page.rows]
        after = page.following

    assert seen == [case.pk for case in cases] and after is None


def test_the_queue_is_narrowed_by_kind_space_claim_and_lateness(
    cases: Any, mod: Any, manager: Any, space: Any, sign_in: Any
) -> None:
    first, second, third = (case.pk for case in cases)
    actions.claim_case(actor=mod, case=cases[1])
    actions.claim_case(actor=manager, case=cases[2])

    assert order(mod, show="mine") == [second]
    assert order(mod, show="unclaimed") == [first]
    assert order(mod, show="overdue") == [first]
    assert order(mod, kind="message_report") == [] and order(mod, space=space.pk + 999) == []
    assert order(mod, kind="post_report", space=space.pk) == [first, second, third]
    Case.objects.filter(pk=second).update(claimed_until=timezone.now())
    assert order(mod, show="unclaimed") == [first, second]
    actions.decide_case(actor=mod, case=cases[0], decision="keep")
    assert order(mod, show="decided") == [first]
    assert sign_in(mod).get(QUEUE + "?show=nonsense&space=x&after=y&kind=%00").status_code == 200


def test_several_are_claimed_decided_and_taken_back_together(cases: Any, mod: Any, sign_in: Any) -> None:
    client, pks = sign_in(mod), [case.pk for case in cases]
    client.post(QUEUE, {"act": "claim", "case": pks})
    assert {case.holder_id for case in Case.objects.all()} == {mod.pk}

    answer = client.post(
        QUEUE + "?kind=post_report",
        {"act": "decide", "case": pks[:2], "ruling": "post_report:remove", "reason": "It sells copies."},
    )

    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{QUEUE}?kind=post_report&undo={pks[0]}.{pks[1]}",
    )
    assert Post.objects.filter(state="removed").count() == 2
    page = client.get(answer["Location"]).content.decode()
    assert "You can take these 2 decisions back." in page and "data-undo" in page

    client.post(QUEUE, {"act": "undo", "case": pks[:2]})

    assert Post.objects.filter(state="removed").count() == 0
    assert Case.objects.filter(state=CaseState.OPEN).count() == 3


def test_the_button_of_a_row_is_for_that_row_alone(cases: Any, mod: Any, sign_in: Any) -> None:
    client = sign_in(mod)

    client.post(QUEUE, {"claim": cases[1].pk, "case": [cases[0].pk]})
    assert [case.holder_id for case in Case.objects.order_by("id")] == [None, mod.pk, None]
    client.post(QUEUE, {"release": cases[1].pk})

    assert not Case.objects.filter(claimed_by=mod).exists()


def test_a_decision_about_several_that_lacks_its_reason_changes_none(
    cases: Any, mod: Any, sign_in: Any
) -> None:
    pks = [case.pk for case in cases]

    answer = sign_in(mod).post(QUEUE, {"act": "decide", "case": pks, "ruling": "post_report:remove"})

    assert answer.status_code == 422
    assert "Write the reason" in answer.content.decode() and answer.content.decode().count(" checked") == 3
    assert not Case.objects.exclude(state=CaseState.OPEN).exists()


def test_what_somebody_else_holds_stays_and_the_rest_is_decided(cases: Any, mod: Any, manager: Any) -> None:
    actions.claim_case(actor=manager, case=cases[0])

    told = actions.decide_cases(actor=mod, cases=cases, kind="post_report", decision="keep")

    assert [case.pk for case in told.done] == [cases[1].pk, cases[2].pk]
    assert [(case.pk, bool(why)) for case, why in told.refused] == [(cases[0].pk, True)]
    assert Case.objects.get(pk=cases[0].pk).state == CaseState.OPEN


def test_cases_of_other_spaces_and_numbers_of_nothing_are_left_alone(
    cases: Any, mod: Any, admin: Any, manager: Any, private_space: Any, make_thread: Any, sign_in: Any
) -> None:
    hidden = make_thread(manager, private_space, kind="discussion").posts.get()
    closed = actions.report_post(actor=admin, post=hidden, reason="other", note="Not for mods").case

    answer = sign_in(mod).post(
        QUEUE, {"act": "decide", "case": [closed.pk, 10**12, "x"], "ruling": "post_report:keep"}
    )

    assert answer.status_code == 422
    assert Case.objects.get(pk=closed.pk).state == CaseState.OPEN


def test_the_next_page_offers_to_take_back_what_i_decided_just_now_and_nothing_else(
    cases: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    client = sign_in(mod)
    url = reverse("admin:moderation_case_change", args=[cases[0].pk])
    answer = client.post(url, {"act": "decide", "decision": "keep"})

    assert answer["Location"].endswith(f"?undo={cases[0].pk}")
    assert "data-undo" in client.get(answer["Location"]).content.decode()
    assert "data-undo" not in sign_in(manager).get(answer["Location"]).content.decode()

    Case.objects.filter(pk=cases[0].pk).update(decided_at=timezone.now() - dt.timedelta(seconds=16))
    assert "data-undo" not in sign_in(mod).get(answer["Location"]).content.decode()
    assert "Take the decision back" in sign_in(mod).get(url).content.decode()


def test_the_queue_asks_as_much_for_two_cases_as_for_forty_and_never_counts(
    cases: Any, mod: Any, alice: Any, bob: Any, carol: Any, make_reply: Any, sign_in: Any
) -> None:
    client, thread, asked = sign_in(mod), cases[0].post.thread, []
    client.get(QUEUE)
    for size in (0, 37):
        for number in range(size):
            post = make_reply(bob, thread, body=f"Another reply, number {number}, of the lot.")
            actions.report_post(actor=carol, post=post, reason="spam")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        asked.append([query["sql"] for query in queries])

    assert len(asked[0]) == len(asked[1]) <= 10
    assert not [sql for sql in asked[1] if "COUNT(" in sql.upper()]


def test_single_keys_are_offered_unless_the_member_switched_them_off(
    cases: Any, mod: Any, sign_in: Any
) -> None:
    page = sign_in(mod).get(QUEUE).content.decode()
    assert "data-shortcuts" in page and "Keys on this page" in page and "dist/desk.js" in page

    mod.shortcuts_on = False
    mod.save(update_fields=["shortcuts_on"])

    page = sign_in(mod).get(QUEUE).content.decode()
    assert "data-shortcuts" not in page and "Keys on this page" not in page


def test_a_canned_reason_stands_in_for_one_that_was_not_written(
    cases: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    reason = actions.save_canned_reason(
        actor=manager,
        title="Advertising",
        text="It advertises something.",
        kind="post_report",
        decision="remove",
    )
    client, url = sign_in(mod), reverse("admin:moderation_case_change", args=[cases[0].pk])
    assert "It advertises something." in client.get(url).content.decode()

    client.post(url, {"act": "decide", "decision": "remove", "canned": reason.pk, "reason": ""})
    client.post(
        QUEUE,
        {"act": "decide", "ruling": "post_report:remove", "case": [cases[1].pk], "canned": reason.pk},
    )

    told = Case.objects.filter(state=CaseState.DECIDED).values_list("decision_reason", flat=True)
    assert list(told) == ["It advertises something."] * 2


def test_managers_write_canned_reasons_in_the_admin_and_moderators_do_not(
    manager: Any, mod: Any, sign_in: Any, deliver_all: Any
) -> None:
    add = reverse("admin:moderation_cannedreason_add")
    typed = {"title": "Double", "text": "It was asked before.", "place": "post_report:remove", "position": 1}
    assert sign_in(mod).post(add, typed).status_code == 403
    sign_in(manager).post(add, typed)

    row = CannedReason.objects.get()
    assert (row.kind, row.decision) == ("post_report", "remove")
    change = reverse("admin:moderation_cannedreason_change", args=[row.pk])
    sign_in(manager).post(change, {**typed, "title": "Asked before", "place": "post_report:"})
    row.refresh_from_db()
    assert (row.title, row.decision) == ("Asked before", "")
    assert (
        "Reported post"
        in sign_in(mod).get(reverse("admin:moderation_cannedreason_changelist")).content.decode()
    )
    sign_in(manager).post(reverse("admin:moderation_cannedreason_delete", args=[row.pk]), {"post": "yes"})
    assert not CannedReason.objects.exists()
    deliver_all()
    assert AuditEntry.objects.filter(act="canned_reason.changed").count() == 3


def test_a_canned_reason_needs_a_name_and_a_place_that_exist(manager: Any, mod: Any) -> None:
    fit = {"title": "Double", "text": "It was asked before."}
    for unfit in (
        {"title": " "},
        {"text": ""},
        {"kind": "nothing"},
        {"kind": "post_report", "decision": "x"},
    ):
        with pytest.raises(Invalid):
            actions.save_canned_reason(actor=manager, **{**fit, **unfit})
    with pytest.raises(Refused):
        actions.save_canned_reason(actor=mod, **fit)
    assert not CannedReason.objects.exists()

    actions.save_canned_reason(actor=manager, **fit)
    with pytest.raises(Conflict):
        actions.save_canned_reason(actor=manager, **fit)


def test_what_was_refused_of_several_is_named_with_the_way_to_it(
    cases: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    actions.claim_case(actor=manager, case=cases[0])
    client, pks = sign_in(mod), [case.pk for case in cases]

    answer = client.post(QUEUE, {"act": "decide", "case": pks, "ruling": "post_report:keep"})

    page = client.get(answer["Location"]).content.decode()
    assert "stays as it is: Someone else of the team is looking at this case now." in page
    assert f'<a href="{reverse("admin:moderation_case_change", args=[pks[0]])}">' in page
    assert Case.objects.filter(state=CaseState.DECIDED).count() == 2


def test_a_claim_says_how_long_it_lasts_and_can_be_taken_over_afterwards(
    cases: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    url = reverse("admin:moderation_case_change", args=[cases[0].pk])
    sign_in(manager).post(url, {"act": "claim"})

    assert "data-until=" in sign_in(manager).get(url).content.decode()
    other = sign_in(mod)
    page = other.get(url).content.decode()
    assert "after that you can take it over" in page and 'value="claim"' not in page
    assert other.post(url, {"act": "claim"}).status_code == 200
    assert Case.objects.get(pk=cases[0].pk).claimed_by == manager

    Case.objects.filter(pk=cases[0].pk).update(claimed_until=timezone.now())
    other.post(url, {"act": "claim"})

    assert Case.objects.get(pk=cases[0].pk).claimed_by == mod


def test_the_menu_counts_what_waits_and_a_case_leads_to_the_next(
    cases: Any, mod: Any, alice: Any, sign_in: Any, monkeypatch: Any
) -> None:
    page = sign_in(mod).get(reverse("admin:moderation_case_change", args=[cases[0].pk])).content.decode()

    assert "Leave it and see the next case" in page
    waiting = Case.objects.order_by("due_at")
    assert [after_case(mod, case) for case in waiting] == [cases[1].pk, cases[2].pk, None]
    assert count_waiting(mod) == "3" and count_waiting(alice) == "0"
    monkeypatch.setattr("community.moderation.queries.MOST_COUNTED", 2)
    assert count_waiting(mod) == "2+"


def test_managers_see_at_the_queue_whether_first_posts_are_read_first(
    cases: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    assert "moderation.first_posts" in sign_in(manager).get(QUEUE).content.decode()
    assert "moderation.first_posts" not in sign_in(mod).get(QUEUE).content.decode()
