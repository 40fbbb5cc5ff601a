"""One's rhythm by the API."""

import datetime as dt

from rewards.rituals.actions import recount_by_new_rules
from rewards.rituals.models import RitualChoices, Season


def test_a_member_reads_and_switches_their_rhythm(program, bob, alice, space, make_thread, make_reply):
    make_reply(bob, make_thread(alice, space))
    recount_by_new_rules()
    mine = program(bob, "points:read", "me:write")

    told = mine.get("me/streak").json()
    assert (told["current"], told["longest"], told["unit"], told["shows"]) == (1, 1, "week", False)
    assert told["periods"][0]["state"] == "counted"
    assert told["periods"][0]["why"] == "1 post of yours counted"

    off = mine.patch("me/streak", {"counts": False}).json()
    assert (off["counts"], off["is_on"], off["periods"]) == (False, False, [])
    assert RitualChoices.objects.get().counts_streak is False


def test_what_is_not_a_choice_changes_nothing(program, bob):
    mine = program(bob, "points:read", "me:write")

    answer = mine.patch("me/streak", {"counts": "perhaps"})

    assert answer.status_code == 422 and "counts" in answer.json()["errors"]
    assert mine.patch("me/streak", {"current": 500}).json()["current"] == 0
    assert not RitualChoices.objects.filter(counts_streak=False).exists()
    assert program().get("me/streak").status_code == 401
    assert program(bob, "points:read").patch("me/streak", {"counts": False}).status_code == 403


def test_a_birthday_is_entered_changed_and_forgotten(program, bob):
    mine = program(bob, "me:read", "me:write")
    assert mine.get("me/birthday").json() == {"day": None, "month": None, "shows_birthday": False}

    assert mine.put("me/birthday", {"day": 29, "month": 2}).json()["day"] == 29
    wrong = mine.put("me/birthday", {"day": 30, "month": 2})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "birthday_unusable")
    assert mine.get("me/birthday").json() == {"day": 29, "month": 2, "shows_birthday": False}

    assert mine.delete("me/birthday").status_code == 204
    assert mine.get("me/birthday").json()["day"] is None


def test_seasons_are_read_with_ones_own_part(program, bob, alice, space, make_thread, make_reply):
    today = dt.datetime.now(dt.UTC).date()
    Season.objects.create(key="now", name="Autumn", words="Mend.", starts_on=today, ends_on=today)
    make_reply(bob, make_thread(alice, space))

    assert [row["key"] for row in program().get("seasons").json()["results"]] == ["now"]
    assert program().get("seasons/now").json()["mine"] == {}
    mine = program(bob, "points:read").get("seasons/now").json()["mine"]
    assert mine == {"posts": 1, "accepted": 0, "marks": 0}
    assert program().get("seasons/never").status_code == 404
