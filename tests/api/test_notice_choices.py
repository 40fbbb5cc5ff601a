"""What a member wants to hear, by the API."""

import pytest
from django.utils import timezone

from community.notifications.models import ContactDecision, Notice, Preference, Reach
from community.notifications.registry import all_kinds

CHOICES = "me/notices/choices"


def heard(answer):
    assert answer.status_code == 200, answer.content
    return {row["kind"]: row["hear"] for row in answer.json()["kinds"]}


def test_a_member_reads_and_changes_what_they_hear(program, alice):
    caller = program(alice, "notices:read", "notices:write")
    before = heard(caller.get(CHOICES))
    kind, other = list(before)[:2]

    after = heard(caller.patch(CHOICES, {"kinds": {kind: "none"}}))

    assert after == before | {kind: "none"}
    assert heard(caller.get(CHOICES)) == after
    assert set(Preference.objects.filter(member=alice).values_list("kind", flat=True)) == {kind}
    again = heard(caller.patch(CHOICES, {"kinds": {kind: before[kind], other: before[other]}}))
    assert again == before
    assert not Preference.objects.exists()


def test_the_page_shows_what_a_program_chose(program, sign_in, alice):
    kind = program(alice).get(CHOICES).json()["kinds"][0]["kind"]
    program(alice).patch(CHOICES, {"kinds": {kind: "site"}})

    from community.notifications.forms import ChoicesForm

    assert ChoicesForm(member=alice)[kind].initial == "site"
    assert sign_in(alice).get("/me/settings/notifications/").status_code == 200


def test_every_kind_that_may_be_stopped_is_there_and_no_other(program, alice, mod):
    fixed = {kind.key for kind in all_kinds() if kind.is_fixed}
    staffs = {kind.key for kind in all_kinds() if kind.for_role != "member" and not kind.is_fixed}

    of_alice, of_mod = (set(heard(program(who).get(CHOICES))) for who in (alice, mod))

    assert fixed and not fixed & of_mod
    assert not staffs & of_alice and of_alice <= of_mod


def test_quiet_hours_are_those_of_the_members_zone(program, alice):
    alice.time_zone = "Europe/Oslo"
    alice.save()

    assert program(alice).get(CHOICES).json()["quiet_hours"] == {
        "begins": "21:00:00",
        "ends": "08:00:00",
        "time_zone": "Europe/Oslo",
    }


def fixed_kind():
    return next(kind.key for kind in all_kinds() if kind.is_fixed)


@pytest.mark.parametrize(
    "odd",
    [
        {"party": "none"},
        {"\ud800": "none"},
        {"a\x00": "none"},
        "fixed",
        {"reply": "loud"},
        {"reply": None},
        {},
        [],
        "x",
        None,
    ],
)
def test_what_cannot_be_chosen_is_refused_whole(program, alice, odd):
    caller = program(alice)
    good = caller.get(CHOICES).json()["kinds"][0]["kind"]
    kinds = {fixed_kind(): "none"} if odd == "fixed" else odd
    if isinstance(kinds, dict) and kinds:
        kinds = {good: "none", **kinds}

    answer = caller.patch(CHOICES, {"kinds": kinds})

    assert answer.status_code == 422, answer.content
    assert "kinds" in answer.json()["errors"]
    assert not Preference.objects.exists()


def test_e_mail_pauses_and_goes_on(program, alice):
    caller = program(alice)

    until = caller.put("me/notices/pause").json()["paused_until"]

    assert caller.get(CHOICES).json()["paused_until"] == until
    assert Reach.objects.get(member=alice).paused_until > timezone.now() + timezone.timedelta(days=6)
    assert caller.delete("me/notices/pause").status_code == 204
    assert caller.get(CHOICES).json()["paused_until"] is None


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", CHOICES, "notices:read"),
        ("PATCH", CHOICES, "notices:write"),
        ("PUT", "me/notices/pause", "notices:write"),
        ("DELETE", "me/notices/pause", "notices:write"),
        ("GET", "me/notices/mail", "notices:read"),
        ("POST", "me/notices/unread", "notices:write"),
    ],
)
def test_a_key_needs_the_scope(program, alice, method, path, scope):
    other = "notices:read" if scope == "notices:write" else "notices:write"

    answer = program(alice, other).call(method, path, {})

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert program().call(method, path, {}).status_code == 401
    assert not Preference.objects.exists() and not Reach.objects.exists()


def decided(member, count):
    for _number in range(count):
        ContactDecision.objects.create(
            member=member,
            kind="reply",
            purpose="community",
            answer="drop",
            code="off",
            decided_at=timezone.now(),
        )


def test_what_was_decided_about_mail_is_told_to_its_owner(
    program, alice, bob, django_assert_num_queries, django_assert_max_num_queries
):
    decided(bob, 1)
    decided(alice, 2)
    caller = program(alice)

    first = caller.get("me/notices/mail?limit=1").json()
    rest = caller.get(first["next"]).json()

    assert len(first["results"]) == len(rest["results"]) == 1 and rest["next"] is None
    row = first["results"][0]
    assert (row["kind"], row["answer"], row["code"]) == ("reply", "drop", "off")
    assert row["title"] and row["reason"]
    with django_assert_max_num_queries(5) as few:
        caller.get("me/notices/mail")
    decided(alice, 18)
    with django_assert_num_queries(len(few)):
        assert len(caller.get("me/notices/mail").json()["results"]) == 20


def test_marking_everything_can_be_taken_back(
    program, alice, bob, space, make_thread, make_reply, deliver_all
):
    make_reply(bob, make_thread(alice, space))
    deliver_all()
    caller = program(alice)
    before = Notice.objects.filter(member=alice, read_at=None).count()

    said = caller.post("me/notices/read").json()

    assert said["unread"] == 0
    assert program(bob).post("me/notices/unread", {"read_at": said["read_at"]}).status_code == 200
    assert Notice.objects.filter(member=alice, read_at=None).count() == 0
    back = caller.post("me/notices/unread", {"read_at": said["read_at"]}).json()
    assert back == {"unread": before, "read_at": None}
    assert before > 0
    assert "read_at" in caller.post("me/notices/unread", {"read_at": "then"}).json()["errors"]
