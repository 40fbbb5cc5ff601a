"""Tags: merged, with synonyms, in groups, asked for and kept for the team."""

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.spaces.models import Tag, TagFollow, TagGroup, TagSynonym
from community.spaces.tagging import change_tag, merge_tags, save_tag_group, set_synonyms
from community.threads import retagging
from community.threads.actions import rename_thread
from community.threads.counters import recount
from community.threads.models import Thread
from tests.community.threads.conftest import fresh


@pytest.fixture
def tagged(alice, space, make_thread):
    def begin(*tags, **more):
        number = Thread.objects.count()
        return make_thread(
            more.get("actor", alice),
            space,
            tags=list(tags),
            title=f"Thread {number} with tags",
            body=f"Why does number {number} leak at night?",
        )

    return begin


def tag(slug):
    return Tag.objects.get(slug=slug)


def test_a_merged_tag_takes_its_threads_along_in_batches(manager, bob, tagged, sign_in, monkeypatch):
    monkeypatch.setattr(retagging, "BATCH", 2)
    threads = [tagged("tent", "poles") for _ in range(5)]
    both = tagged("tent", "tents")
    TagFollow.objects.create(tag=tag("tent"), member=bob, level="watching")

    merge_tags(actor=manager, source=tag("tent"), target=tag("tents"))
    assert retagging.retag() == 6

    assert [fresh(row).tags for row in threads] == [["tents", "poles"]] * 5
    assert fresh(both).tags == ["tents"]
    assert not Tag.objects.filter(slug="tent").exists()
    assert (tag("tents").thread_count, tag("poles").thread_count) == (6, 5)
    assert TagFollow.objects.get(member=bob).tag == tag("tents")
    assert list(recount()) == []
    old = sign_in(None).get("/tags/tent/")
    assert (old.status_code, old.url) == (301, "/tags/tents/")
    assert Activity.objects.get(verb="tag.merged").payload == {"slug": "tent", "into": "tents"}


def test_typing_a_synonym_stores_the_tag(manager, alice, tagged):
    thread = tagged("tents")
    set_synonyms(actor=manager, tag=tag("tents"), words=["Marquee", "Canvas house"])

    assert tagged("marquee", "tents").tags == ["tents"]
    rename_thread(actor=alice, thread=thread, tags=["canvas house", "poles"])
    assert fresh(thread).tags == ["tents", "poles"]


def test_a_word_has_one_meaning(manager, mod, tagged):
    tagged("tents", "poles")
    set_synonyms(actor=manager, tag=tag("tents"), words=["marquee"])
    with pytest.raises(Conflict):
        set_synonyms(actor=manager, tag=tag("poles"), words=["marquee"])
    with pytest.raises(Conflict):
        set_synonyms(actor=manager, tag=tag("poles"), words=["tents"])
    with pytest.raises(Invalid):
        merge_tags(actor=manager, source=tag("tents"), target=tag("tents"))
    with pytest.raises(Refused):
        merge_tags(actor=mod, source=tag("tents"), target=tag("poles"))

    merge_tags(actor=manager, source=tag("tents"), target=tag("poles"))
    with pytest.raises(Invalid):
        merge_tags(actor=manager, source=tag("poles"), target=tag("tents"))
    assert set(TagSynonym.objects.values_list("slug", "tag__slug")) == {
        ("marquee", "poles"),
        ("tents", "poles"),
    }


def test_only_the_team_uses_a_restricted_tag_and_others_may_keep_it(manager, mod, alice, tagged):
    thread = tagged("official", actor=mod)
    mine = tagged("poles")
    change_tag(actor=manager, tag=tag("official"), changes={"is_restricted": True})

    with pytest.raises(Invalid) as refusal:
        tagged("official")
    assert "official" in refusal.value.fields["tags"]
    with pytest.raises(Invalid):
        rename_thread(actor=alice, thread=mine, tags=["official"])
    assert fresh(mine).tags == ["poles"]

    rename_thread(actor=mod, thread=mine, tags=["official", "poles"])
    rename_thread(actor=alice, thread=mine, tags=["official"])
    assert fresh(mine).tags == fresh(thread).tags == ["official"]


def test_a_space_asks_for_a_tag_and_a_group_may_allow_one(manager, alice, space, tagged, sign_in):
    tagged("fjord", "skog")
    group = save_tag_group(actor=manager, changes={"name": "Models", "one_only": True})
    for slug in ("fjord", "skog"):
        change_tag(actor=manager, tag=tag(slug), changes={"group": group})
    type(space).objects.update(required_group=group)
    space.refresh_from_db()
    before = Thread.objects.count()

    for tags in ([], ["poles"], ["fjord", "skog"]):
        with pytest.raises(Invalid) as refusal:
            tagged(*tags)
        assert "tags" in refusal.value.fields
    typed = {
        "kind": "question",
        "title": "Which seam leaks?",
        "body": "It drips at night.",
        "space": space.slug,
    }
    page = sign_in(alice).post("/new/", {**typed, "tags": "poles"})
    assert page.status_code == 422
    assert "fjord" in page.content.decode() and "It drips at night." in page.content.decode()
    assert Thread.objects.count() == before

    assert tagged("fjord", "poles").tags == ["fjord", "poles"]
    with pytest.raises(Conflict):
        save_tag_group(actor=manager, changes={"name": "Models"})
    assert TagGroup.objects.count() == 1


def test_managers_do_it_all_on_one_page_of_the_admin(manager, tagged, sign_in):
    tagged("tents", "tent")
    page = f"/admin/spaces/tag/{tag('tents').pk}/change/"
    typed = {"name": "Tents", "group": "", "synonyms": "marquee, canvas", "merge_into": ""}

    kept = sign_in(manager).post(page, {**typed, "merge_into": "nowhere"})
    assert kept.status_code == 200 and "canvas" in kept.content.decode()
    assert not TagSynonym.objects.exists()

    assert sign_in(manager).post(page, {**typed, "merge_into": "tent"}).status_code == 302
    assert set(TagSynonym.objects.values_list("slug", "tag__slug")) == {
        ("marquee", "tent"),
        ("canvas", "tent"),
        ("tents", "tent"),
    }
