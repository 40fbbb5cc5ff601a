"""The desk by the API: narrowing the queue, several cases at once, canned reasons, penalties and appeals."""

import pytest

from community.members.models import Member
from community.moderation.actions import penalise_member
from community.moderation.models import Appeal, CannedReason, Case, Penalty
from community.threads.models import Post


@pytest.fixture
def posts(alice, bob, space, make_thread, make_reply):
    thread = make_thread(alice, space)
    return [make_reply(bob, thread, body=f"Buy poles, number {n}, of the lot.") for n in range(3)]


@pytest.fixture
def cases(program, alice, posts):
    for post in posts:
        assert program(alice).post(f"posts/{post.pk}/report", {"reason": "spam"}).status_code == 204
    return list(Case.objects.order_by("id"))


def test_the_queue_is_narrowed(program, mod, cases, space):
    caller = program(mod)
    caller.put(f"moderation/cases/{cases[1].pk}/claim")

    def found(query):
        return [case["id"] for case in caller.get(f"moderation/cases?{query}").json()["results"]]

    assert found("claimed=me") == [cases[1].pk]
    assert found("claimed=nobody") == [cases[0].pk, cases[2].pk]
    assert found("kind=appeal") == [] and len(found(f"kind=post_report&space={space.pk}")) == 3
    assert found("overdue=true") == [] and len(found("overdue=false")) == 3


def test_several_are_decided_together_and_those_refused_say_why(program, mod, manager, bob, cases):
    program(manager).put(f"moderation/cases/{cases[0].pk}/claim")
    body = {
        "cases": [case.pk for case in cases] + [10**9],
        "kind": "post_report",
        "decision": "remove",
        "reason": "It advertises.",
    }
    assert program(bob).post("moderation/decisions", body).json() == {"decided": [], "refused": []}
    assert program(mod).post("moderation/decisions", {**body, "reason": ""}).status_code == 422

    told = program(mod).post("moderation/decisions", body).json()

    assert told["decided"] == [cases[1].pk, cases[2].pk]
    assert [one["id"] for one in told["refused"]] == [cases[0].pk] and told["refused"][0]["why"]
    assert Post.objects.filter(state="removed").count() == 2


def test_the_team_hides_at_once_and_the_case_explains_its_weight(program, mod, alice, posts):
    body = {"reason": "private", "take_action": True}
    assert program(alice).post(f"posts/{posts[0].pk}/report", body).status_code == 403

    assert program(mod).post(f"posts/{posts[0].pk}/report", body).status_code == 204

    case = program(mod).get(f"moderation/cases/{Case.objects.get().pk}").json()
    assert case["score"] == 11.0 and case["facts"]["hidden"] == "team" and case["suggested_days"] == 1
    assert [choice["name"] for choice in case["choices"]][:2] == ["keep", "hide"]
    assert any("acting at once" in fact["why"] for fact in case["explanation"])
    assert Post.objects.get(pk=posts[0].pk).state == "hidden"


def test_managers_keep_the_canned_reasons_and_the_team_reads_them(program, manager, mod, bob):
    body = {"title": "Advertising", "text": "It advertises.", "kind": "post_report", "decision": "remove"}
    assert program(mod).post("moderation/reasons", body).status_code == 403
    made = program(manager).post("moderation/reasons", body)
    assert made.status_code == 201
    address = f"moderation/reasons/{made.json()['id']}"

    assert [one["title"] for one in program(mod).get("moderation/reasons").json()] == ["Advertising"]
    assert program(bob).get("moderation/reasons").json() == []
    assert program(bob).put(address, body).status_code == 404
    assert program(manager).put(address, {**body, "title": "Ads"}).json()["title"] == "Ads"
    assert program(manager).delete(address).status_code == 204
    assert not CannedReason.objects.exists()


def test_penalties_are_laid_listed_and_lifted(program, mod, bob, alice):
    body = {"kind": "silence", "reason": "In messages", "days": 3}
    assert program(alice).post("members/bob/penalties", body).status_code == 403
    assert program(mod).post("members/bob/penalties", {**body, "days": None}).status_code == 422
    assert not Penalty.objects.exists()

    made = program(mod).post("members/bob/penalties", body).json()

    assert Member.objects.get(pk=bob.pk).is_silenced
    assert [one["id"] for one in program(mod).get("moderation/penalties").json()["results"]] == [made["id"]]
    assert program(alice).get("moderation/penalties").json()["results"] == []
    assert program(alice).delete(f"moderation/penalties/{made['id']}").status_code == 404
    assert program(mod).delete(f"moderation/penalties/{made['id']}").json()["lifted_at"]
    assert not Member.objects.get(pk=bob.pk).is_silenced


def test_a_member_appeals_and_another_moderator_upholds_it(program, mod, manager, bob, alice, cases):
    program(mod).put(
        f"moderation/cases/{cases[0].pk}/decision", {"decision": "warn", "reason": "It advertises."}
    )
    (penalty,) = program(bob).get("me/penalties").json()["results"]
    assert (penalty["kind"], penalty["case_id"]) == ("warn", cases[0].pk)
    body = {"case_id": penalty["case_id"], "words": "It was my own pole."}
    assert program(alice).post("me/appeals", body).status_code == 404
    assert program(bob).post("me/appeals", {"words": "What?"}).status_code == 422

    assert program(bob).post("me/appeals", body).status_code == 201
    assert program(bob).post("me/appeals", body).status_code == 409
    (case,) = program(manager).get("moderation/cases?kind=appeal").json()["results"]
    first = program(mod).put(f"moderation/cases/{case['id']}/decision", {"decision": "uphold"})
    assert (first.status_code, Appeal.objects.get().state) == (403, "open")
    program(manager).put(f"moderation/cases/{case['id']}/decision", {"decision": "uphold"})

    (told,) = program(bob).get("me/appeals").json()["results"]
    assert told["state"] == "upheld" and Post.objects.get(pk=cases[0].post_id).state == "visible"


def test_the_ladder_is_asked_and_what_was_written_lately_is_hidden_with_it(
    program, mod, alice, bob, space, make_thread
):
    post = make_thread(bob, space).posts.get(position=1)
    assert program(alice).get("members/bob/penalties/next").status_code == 403
    assert program(mod).get("members/bob/penalties/next").json()["kind"] == "warn"

    body = {"kind": "warn", "reason": "It advertises", "hide_days": 2}
    made = program(mod).post("members/bob/penalties", body).json()

    assert made["hidden_posts"] == [post.pk]
    assert program(mod).get("members/bob/penalties/next").json() == {
        "kind": "silence",
        "days": 1,
        "why": program(mod).get("members/bob/penalties/next").json()["why"],
    }
    assert [one["id"] for one in program(mod).get("members/bob/penalties").json()["results"]] == [made["id"]]
    assert program(alice).get("members/bob/penalties").json()["results"] == []
    assert program(mod).post("members/bob/penalties", {**body, "hide_days": 31}).status_code == 422


def test_an_appeal_names_a_post_or_what_waited_and_never_two_things(
    program, mod, bob, space, make_thread, make_reply, deliver_all
):
    post = make_reply(bob, make_thread(bob, space))
    taken = {"state": "removed", "reason": "Copied"}
    assert program(mod).put(f"posts/{post.pk}/state", taken).status_code == 200
    deliver_all()

    words = {"words": "I wrote it myself."}
    assert program(bob).post("me/appeals", words).status_code == 422
    both = {**words, "post_id": post.pk, "held_id": 1}
    assert program(bob).post("me/appeals", both).status_code == 422
    assert program(bob).post("me/appeals", {**words, "held_id": 1}).status_code == 404
    made = program(bob).post("me/appeals", {**words, "post_id": post.pk})

    assert made.status_code == 201 and made.json()["case_id"]


def test_who_is_suspended_reads_why_and_appeals_in_their_session_while_their_keys_stay_shut(
    program, mod, bob, sign_in
):
    caller = program(bob)
    penalty = penalise_member(actor=mod, member=bob, kind="suspend", reason="It advertises", days=3)

    assert caller.get("me/penalties").status_code == 401
    client = sign_in(Member.objects.get(pk=bob.pk))
    (told,) = client.get("/api/v1/me/penalties").json()["results"]
    assert (told["id"], told["reason"]) == (penalty.pk, "It advertises")
    body = {"penalty_id": penalty.pk, "words": "It was my own pole."}
    answer = client.post("/api/v1/me/appeals", body, content_type="application/json")

    assert answer.status_code == 201
    assert [one["state"] for one in client.get("/api/v1/me/appeals").json()["results"]] == ["open"]
