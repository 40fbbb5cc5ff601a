"""Questions and tags by the API: the same actions, the same refusals."""

from community.spaces.models import Tag
from community.threads.models import QuestionCare
from community.threads.retagging import retag

MISSING = {"missing": "Which model is it, and since when?"}


def test_a_program_says_what_is_missing_and_who_is_answering(program, alice, bob, mod, space, make_thread):
    thread = make_thread(alice, space)
    staff, helper = (program(who, "threads:read", "threads:write") for who in (mod, bob))

    assert staff.put(f"threads/{thread.pk}/missing", MISSING).json()["missing"] == MISSING["missing"]
    assert program().get(f"threads/{thread.pk}/care").json()["missing"] == MISSING["missing"]
    assert helper.put(f"threads/{thread.pk}/claim", {}).json()["claimed_by"] == bob.name
    assert program().get(f"threads/{thread.pk}/care").json()["claimed_by"] == ""
    assert staff.put(f"threads/{thread.pk}/claim", {}).status_code == 409
    listed = program().get("threads?status=missing").json()["results"]
    assert [row["id"] for row in listed] == [thread.pk]

    assert staff.put(f"threads/{thread.pk}/missing", {"missing": "?"}).status_code == 422
    assert staff.delete(f"threads/{thread.pk}/missing").status_code == 204
    assert helper.delete(f"threads/{thread.pk}/claim").status_code == 204
    care = QuestionCare.objects.get()
    assert (care.missing, care.claimed_by) == ("", None)
    assert helper.post(f"threads/{thread.pk}/not-yet", {}).status_code == 403
    assert helper.post(f"threads/{thread.pk}/reopening", {}).status_code == 403


def test_a_manager_groups_and_merges_tags(program, manager, alice, space, make_thread):
    thread = make_thread(alice, space, tags=["tent", "tents"])
    caller = program(manager, "spaces:read", "spaces:write")

    group = caller.post("tag-groups", {"name": "Models", "one_only": True}).json()["id"]
    assert caller.patch(f"tag-groups/{group}", {"name": "Kinds"}).json()["name"] == "Kinds"
    assert [row["name"] for row in caller.get("tag-groups").json()["results"]] == ["Kinds"]
    assert caller.patch("tags/tents", {"group": group, "is_restricted": True}).json()["group_id"] == group
    said = caller.put("tags/tents/synonyms", {"words": ["marquee"]}).json()["results"]
    assert said == [{"slug": "marquee", "name": "marquee"}]
    assert caller.post("tags/tent/merge", {"into": "tents"}).json()["slug"] == "tents"
    assert caller.post("tags/tent/merge", {"into": "tent"}).status_code == 422
    assert caller.patch("spaces/help", {"required_group": group}).json()["required_group_id"] == group

    retag()
    thread.refresh_from_db()
    assert (thread.tags, Tag.objects.get().slug) == (["tents"], "tents")
    for path in ("tags/tents/merge", "tag-groups"):
        assert (
            program(alice, "spaces:read", "spaces:write")
            .post(path, {"into": "x", "name": "Mine"})
            .status_code
            == 403
        )
