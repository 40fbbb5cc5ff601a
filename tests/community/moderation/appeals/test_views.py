"""Reading what was decided about oneself, and answering, while suspended as well."""

from typing import Any

import pytest

from community.members.models import Member
from community.moderation import actions
from community.moderation.models import Appeal, Case
from community.notifications.models import Notice
from community.threads.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(alice: Any, bob: Any, mod: Any, space: Any, make_thread: Any, make_reply: Any) -> Case:
    """Bob's reply is removed and he is suspended."""
    post = make_reply(bob, make_thread(alice, space), body="Buy the poles of my cousin, all of you.")
    case = actions.report_post(actor=alice, post=post, reason="spam").case
    return actions.decide_case(actor=mod, case=case, decision="suspend", reason="It advertises", days=7)


def test_a_suspended_member_reads_why_and_appeals_in_a_browser(
    case: Case, bob: Any, manager: Any, sign_in: Any, deliver_all: Any
) -> None:
    deliver_all()
    client, url = sign_in(Member.objects.get(pk=bob.pk)), f"/appeals/case/{case.pk}/"
    assert "Your account is paused until" in client.get("/notifications/").content.decode()
    notice = Notice.objects.get(kind="moderation.penalty")
    assert client.post(f"/notifications/{notice.pk}/open/")["Location"] == url
    page = client.get(url).content.decode()
    assert (
        "It advertises" in page and "Buy the poles of my cousin" in page and "Your account is paused" in page
    )

    assert client.post(url, {"words": ""}).status_code == 422
    answer = client.post(url, {"words": "It was my own pole."})

    assert (answer.status_code, answer["Location"]) == (303, url)
    assert "It is with the team." in client.get(url).content.decode()
    appealed = Case.objects.get(kind="appeal")
    shown = sign_in(manager).get(f"/admin/moderation/case/{appealed.pk}/change/").content.decode()
    assert "It was my own pole." in shown and "It advertises" in shown and "They are right" in shown
    listed = sign_in(manager).get("/admin/moderation/case/?kind=appeal").content.decode()
    assert "Bob Birch appeals" in listed

    actions.decide_case(actor=manager, case=appealed, decision="uphold")
    assert "You were right" in client.get(url).content.decode()
    assert Post.objects.get(pk=case.post_id).state == "visible"


def test_nobody_else_finds_the_page_and_nothing_is_there_before_a_decision(
    case: Case, alice: Any, mod: Any, sign_in: Any, bob: Any, manager: Any
) -> None:
    for member in (alice, mod):
        assert sign_in(member).get(f"/appeals/case/{case.pk}/").status_code == 404
        assert sign_in(member).post(f"/appeals/case/{case.pk}/", {"words": "Me"}).status_code == 404
    actions.undo_decision(actor=mod, case=case)

    assert sign_in(bob).get(f"/appeals/case/{case.pk}/").status_code == 404
    assert not Appeal.objects.exists()


def test_the_page_of_a_penalty_is_that_of_its_case_or_its_own(
    case: Case, bob: Any, mod: Any, sign_in: Any
) -> None:
    client = sign_in(bob)
    of_case = case.penalties.get()
    assert client.get(f"/appeals/penalty/{of_case.pk}/")["Location"] == f"/appeals/case/{case.pk}/"
    penalty = actions.penalise_member(actor=mod, member=bob, kind="warn", reason="Be kind")
    url = f"/appeals/penalty/{penalty.pk}/"

    assert "Be kind" in client.get(url).content.decode()
    assert client.post(url, {"words": "I was."}).status_code == 303
    assert Appeal.objects.get().penalty == penalty
    assert sign_in(mod).get(url).status_code == 404
