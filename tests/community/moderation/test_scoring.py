"""Reports weigh, and together they hide a post, silence a newcomer and order the queue; everyone learns why."""

from typing import Any

import pytest

from community.errors import Refused
from community.members.models import Member
from community.moderation import actions, queries
from community.moderation.models import Case, Penalty, Report
from community.moderation.scoring import accuracy_bonus, weigh
from community.notifications.models import Notice
from community.threads.models import Post
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Any:
    return make_thread(alice, space)


@pytest.fixture
def post(bob: Any, thread: Any, make_reply: Any) -> Post:
    """Bob's reply in Alice's thread."""
    return make_reply(bob, thread)


@pytest.fixture
def people(make_member: Any) -> Any:
    """Makes members of a trust level."""
    count = iter(range(1000))
    return lambda level, n=1: [make_member(f"p{next(count)}", trust_level=level) for _n in range(n)]


@pytest.mark.parametrize(
    ("agreed", "disagreed", "bonus"),
    [(5, 0, 0), (6, 0, 6.46), (0, 6, -6.46), (7, 3, 0), (16, 0, 10.0), (0, 0, 0)],
)
def test_having_been_right_counts_after_five_decided_reports(
    agreed: int, disagreed: int, bonus: float
) -> None:
    assert accuracy_bonus(agreed, disagreed) == bonus


def test_a_report_weighs_one_and_the_trust_level_or_more_for_the_team(people: Any, mod: Any) -> None:
    assert weigh(people(0)[0]) == {"base": 1.0}
    assert sum(weigh(people(2)[0]).values()) == 3.0
    assert sum(weigh(mod).values()) == 6.0
    assert sum(weigh(mod, takes_action=True).values()) == 11.0


def test_whoever_was_mostly_wrong_weighs_nothing_but_never_less(
    people: Any, thread: Any, bob: Any, mod: Any, make_reply: Any
) -> None:
    (crier,) = people(1)
    for number in range(6):
        post = make_reply(bob, thread, body=f"A fine reply, number {number}, of the lot.")
        case = actions.report_post(actor=crier, post=post, reason="unkind").case
        actions.decide_case(actor=mod, case=case, decision="keep")

    assert sum(weigh(crier).values()) == 0.0


def test_enough_weight_hides_the_post_at_once_and_its_author_is_told_why_and_what_to_do(
    post: Post, people: Any, bob: Any, mod: Any, sign_in: Any, deliver_all: Any
) -> None:
    for reporter in people(2, 2):
        actions.report_post(actor=reporter, post=post, reason="unkind")
    assert Post.objects.get(pk=post.pk).state == "visible"

    actions.report_post(actor=people(2)[0], post=post, reason="unkind")

    case = Case.objects.get()
    assert (Post.objects.get(pk=post.pk).state, case.score, case.facts["hidden"]) == ("hidden", 9.0, "score")
    deliver_all()
    notice = Notice.objects.get(member=bob, kind="moderation.auto_hidden")
    client = sign_in(bob)
    page = client.get(f"/appeals/case/{case.pk}/").content.decode()
    assert "Several members reported it." in page and "Say why it should be shown" in page
    assert "hidden until the team decides" in client.get("/notifications/").content.decode()
    assert notice.payload["case_id"] == case.pk
    shown = sign_in(mod).get(f"/admin/moderation/case/{case.pk}/change/").content.decode()
    assert "9.00" in shown and "8.33 hides a post" in shown and "+2.0 for the trust level" in shown

    actions.decide_case(actor=mod, case=case, decision="keep")
    assert Post.objects.get(pk=post.pk).state == "visible"


def test_one_report_of_advertising_by_a_trusted_member_hides_a_newcomers_post(
    people: Any, thread: Any, make_reply: Any
) -> None:
    newcomer, known = people(0)[0], people(1)[0]
    posts = [
        make_reply(author, thread, body=f"Buy my {author.handle} poles.") for author in (newcomer, known)
    ]
    for post in posts:
        actions.report_post(actor=people(3)[0], post=post, reason="spam")

    assert [Post.objects.get(pk=post.pk).state for post in posts] == ["hidden", "visible"]


def test_members_never_hide_what_the_team_wrote(mod: Any, thread: Any, make_reply: Any, people: Any) -> None:
    post = make_reply(mod, thread)
    for reporter in people(3, 4):
        actions.report_post(actor=reporter, post=post, reason="unkind")

    assert Case.objects.get().score == 16.0 and Post.objects.get(pk=post.pk).state == "visible"


def test_the_team_hides_at_once_with_a_report_and_members_cannot(
    post: Post, mod: Any, alice: Any, sign_in: Any
) -> None:
    with pytest.raises(Refused):
        actions.report_post(actor=alice, post=post, reason="spam", take_action=True)
    assert not Report.objects.exists()
    assert "take_action" not in sign_in(alice).get(f"/p/{post.pk}/report/").content.decode()
    assert "take_action" in sign_in(mod).get(f"/p/{post.pk}/report/").content.decode()

    sign_in(mod).post(f"/p/{post.pk}/report/", {"reason": "private", "note": "", "take_action": "on"})

    assert Post.objects.get(pk=post.pk).state == "hidden"
    assert Case.objects.get().facts["hidden"] == "team"


def test_three_people_who_report_advertising_silence_a_newcomer_until_it_is_decided(
    people: Any, thread: Any, make_reply: Any, mod: Any, deliver_all: Any
) -> None:
    (newcomer,) = people(0)
    post = make_reply(newcomer, thread)
    for reporter in people(1, 3):
        assert not Member.objects.get(pk=newcomer.pk).is_silenced
        actions.report_post(actor=reporter, post=post, reason="spam")

    assert Member.objects.get(pk=newcomer.pk).is_silenced
    penalty = Penalty.objects.get()
    assert penalty.given_by is None and penalty.case == Case.objects.get()
    deliver_all()
    assert Notice.objects.filter(member=newcomer, kind="moderation.penalty").exists()
    page = queries.get_case_page(mod, penalty.case_id)
    assert "Writing paused" in [fact.label for fact in page.facts]

    actions.decide_case(actor=mod, case=Case.objects.get(), decision="keep")

    assert not Member.objects.get(pk=newcomer.pk).is_silenced


def test_members_who_are_known_are_not_silenced_by_reports(people: Any, post: Post) -> None:
    Member.objects.filter(pk=post.author_id).update(trust_level=1)
    for reporter in people(1, 4):
        actions.report_post(actor=reporter, post=post, reason="spam")

    assert not Penalty.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_reports_that_reach_the_line_together_hide_and_silence_once(
    people: Any, thread: Any, make_reply: Any, deliver_all: Any
) -> None:
    (newcomer,) = people(0)
    post = make_reply(newcomer, thread)
    calls = [
        lambda r=reporter: actions.report_post(actor=r, post=post, reason="spam") for reporter in people(2, 8)
    ]

    answers = all_at_once(calls)

    assert all(isinstance(answer, Report) for answer in answers), answers
    case = Case.objects.get()
    assert (case.score, case.report_count) == (24.0, 8)
    assert Post.objects.get(pk=post.pk).state == "hidden" and Penalty.objects.count() == 1
    deliver_all()
    assert Notice.objects.filter(member=newcomer, kind="moderation.auto_hidden").count() == 1


def test_pauses_grow_with_each_that_was_not_lifted(bob: Any, mod: Any, thread: Any, make_reply: Any) -> None:
    given = []
    for number in range(5):
        post = make_reply(bob, thread, body=f"An unkind reply, number {number}, of the lot.")
        case = actions.report_post(actor=mod, post=post, reason="unkind").case
        given.append(queries.suggested_days(bob))
        actions.decide_case(actor=mod, case=case, decision="silence", reason="Unkind again")

    lengths = [(p.until - p.given_at).days + 1 for p in Penalty.objects.order_by("id") if p.until]
    assert given == [1, 3, 7, 30, 30] and [round(n) for n in lengths] == [1, 3, 7, 30, 30]
    actions.lift_penalty(actor=mod, penalty=Penalty.objects.order_by("id")[0])
    for penalty in Penalty.objects.filter(lifted_at=None)[:3]:
        actions.lift_penalty(actor=mod, penalty=penalty)
    assert queries.suggested_days(bob) == 3


@pytest.mark.django_db(transaction=True)
def test_a_decision_beside_a_report_that_hides_leaves_the_post_as_decided(
    people: Any, post: Post, make_member: Any
) -> None:
    case = actions.report_post(actor=people(2)[0], post=post, reason="unkind").case
    keeper = make_member("keeper", role="moderator")
    calls = [
        lambda r=reporter: actions.report_post(actor=r, post=post, reason="unkind")
        for reporter in people(4, 3)
    ]
    calls.insert(1, lambda: actions.decide_case(actor=keeper, case=case, decision="keep"))

    all_at_once(calls)

    kept = Case.objects.get(pk=case.pk)
    later = Case.objects.exclude(pk=case.pk).first()
    hidden_since = later is not None and "hidden" in later.facts
    assert kept.state == "decided"
    assert Post.objects.get(pk=post.pk).state == ("hidden" if hidden_since else "visible")
