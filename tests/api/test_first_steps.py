"""A newcomer's first steps by the API."""

from engagement.journeys.models import Welcome


def test_first_steps_are_what_the_member_has_done(program, alice, space):
    caller = program(alice, "me:read", "me:write")

    before = caller.get("me/first-steps").json()
    caller.put("spaces/help/follow")
    after = caller.get("me/first-steps").json()

    def done(said):
        return {step["key"] for step in said["steps"] if step["is_done"]}

    assert done(after) - done(before) == {"follow"}
    assert all(step["title"] and step["why"] and step["url"] for step in after["steps"])
    assert before["is_dismissed"] is False and "question" in before


def test_they_are_put_away_for_good(program, alice, bob):
    caller = program(alice)

    assert caller.delete("me/first-steps").status_code == 204
    assert caller.delete("me/first-steps").status_code == 204

    assert caller.get("me/first-steps").json()["is_dismissed"] is True
    assert program(bob).get("me/first-steps").json()["is_dismissed"] is False


def test_they_rest_for_some_days(program, alice):
    caller = program(alice)

    assert caller.post("me/first-steps").status_code == 204

    said = caller.get("me/first-steps").json()
    assert (said["rests"], said["is_dismissed"]) == (True, False)


def test_a_key_needs_the_scope(program, alice):
    assert program(alice, "me:write").get("me/first-steps").json()["code"] == "scope_missing"
    assert program(alice, "me:read").delete("me/first-steps").json()["code"] == "scope_missing"
    assert (
        program().get("me/first-steps").status_code == program().delete("me/first-steps").status_code == 401
    )
    assert not Welcome.objects.filter(dismissed_at__isnull=False).exists()
