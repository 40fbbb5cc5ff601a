"""Reports and cases by the API."""

import pytest

from community.moderation.models import Case, Report
from tests.api.conftest import Program


@pytest.fixture
def post(alice, bob, space, make_thread, make_reply):
    return make_reply(bob, make_thread(alice, space))


def test_a_report_becomes_a_case_that_moderators_decide(program, alice, bob, mod, post):
    assert program(alice).post(f"posts/{post.pk}/report", {"reason": "spam"}).status_code == 204
    assert program(alice).post(f"posts/{post.pk}/report", {"reason": "spam"}).status_code == 409
    caller = program(mod)
    case = caller.get("moderation/cases").json()["results"][0]
    assert (case["post_id"], case["report_count"]) == (post.pk, 1)
    assert caller.get(f"moderation/cases/{case['id']}").json()["reports"][0]["reporter"]["handle"] == "alice"

    assert caller.put(f"moderation/cases/{case['id']}/claim").json()["claimed_until"]
    decided = caller.put(
        f"moderation/cases/{case['id']}/decision", {"decision": "remove", "reason": "It sells fakes."}
    )

    assert decided.json()["state"] == "decided"
    assert program(alice).get(f"posts/{post.pk}").status_code == 404
    assert caller.delete(f"moderation/cases/{case['id']}/decision").json()["state"] == "open"
    assert program(alice).get(f"posts/{post.pk}").status_code == 200


def test_members_see_no_cases(program, alice, bob, post):
    program(alice).post(f"posts/{post.pk}/report", {"reason": "spam"})
    case = Case.objects.get()

    assert program(bob).get("moderation/cases").json()["results"] == []
    for method, path in (
        ("GET", ""),
        ("PUT", "/claim"),
        ("DELETE", "/claim"),
        ("PUT", "/decision"),
        ("DELETE", "/decision"),
    ):
        body = {"decision": "keep"} if (method, path) == ("PUT", "/decision") else None
        assert program(bob).call(method, f"moderation/cases/{case.pk}{path}", body).status_code == 404
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == ("open", None)


def test_reporting_has_a_scope_of_its_own(program, alice, post, key_for):
    for scope, status in (("posts:write", 403), ("moderation:write", 403), ("reports:write", 204)):
        caller = Program(key_for(alice, scope))
        assert caller.post(f"posts/{post.pk}/report", {"reason": "spam"}).status_code == status
    assert Report.objects.get().reporter == alice
    assert caller.put("moderation/cases/1/decision", {"decision": "keep", "reason": ""}).status_code == 403
