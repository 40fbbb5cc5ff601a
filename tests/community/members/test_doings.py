"""What a member did, as one stream that shows each reader what they may read."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.errors import NotFound
from community.members.actions import edit_profile, follow_member
from community.members.doings import list_doings, read_mark
from community.members.models import Member
from community.spaces.models import SpaceMembership
from community.threads.actions import accept_answer, add_reaction, delete_post
from community.threads.models import Post, Thread
from rewards.badges.models import Award, Badge

pytestmark = pytest.mark.django_db


def kinds(viewer: Any, handle: str, **asked: Any) -> list[str]:
    return [doing.strand for doing in list_doings(viewer, handle, **asked).doings]


@pytest.fixture
def busy(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Any:
    """Bob answered Alice and it solved her question, she thanked him, he thanked her, follows her and holds a badge."""
    question = make_thread(alice, space)
    answer = make_reply(bob, question)
    make_thread(bob, space, title="How do you dry boots?", kind="discussion")
    accept_answer(actor=alice, post=answer)
    add_reaction(actor=alice, post=answer, kind="helpful")
    add_reaction(actor=alice, post=answer, kind="thanks")
    add_reaction(actor=bob, post=Post.objects.get(thread=question, position=1), kind="thanks")
    follow_member(actor=bob, member=alice)
    Award.objects.create(badge=Badge.objects.get(key="first-answer"), member=bob)
    return answer


def test_the_stream_shows_all_of_it_the_latest_first(busy: Any, alice: Any, bob: Any) -> None:
    page = list_doings(alice, "bob")

    assert sorted(d.strand for d in page.doings) == sorted(
        ["replied", "started", "solved", "thanked", "followed", "earned"]
    )
    moments = [doing.moment for doing in page.doings]
    assert moments == sorted(moments, reverse=True)
    assert next(d for d in page.doings if d.strand == "thanked").people == 1
    for show in ("replied", "started", "solved", "thanked", "followed", "earned"):
        assert kinds(alice, "bob", show=show) == [show]


def test_whom_one_thanked_is_for_oneself_and_the_team(busy: Any, alice: Any, bob: Any, mod: Any) -> None:
    for viewer, shown in ((bob, True), (mod, True), (alice, False), (None, False)):
        page = list_doings(viewer, "bob", show="gave")
        assert ("gave" in {strand.name for strand in page.strands}) is shown
        assert ("gave" in {doing.strand for doing in page.doings}) is shown


def test_pages_go_on_by_a_mark_and_lose_and_repeat_nothing(busy: Any, bob: Any, mod: Any) -> None:
    # All at one moment, so that the numbers alone settle where a page goes on.
    now = timezone.now()
    Post.objects.update(created_at=now)
    Thread.objects.update(accepted_at=now)
    Award.objects.update(awarded_at=now)
    whole = [doing.number for doing in list_doings(bob, "bob", most=100).doings]
    assert len(whole) == len(set(whole)) == 7

    seen: list[int] = []
    after = ""
    while True:
        page = list_doings(bob, "bob", after=after, most=2)
        seen += [doing.number for doing in page.doings]
        if page.after is None:
            break
        after = str(page.after)

    assert seen == whole
    assert [read_mark(text) for text in ("", "x.1", "1", f"{10**18}.1", "1.²")] == [None] * 5


def test_what_a_reader_may_not_read_is_not_in_the_stream(
    busy: Any, alice: Any, bob: Any, mod: Any, private_space: Any, make_thread: Any, make_reply: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=bob)
    make_thread(bob, private_space, title="Secret tent")
    gone = make_reply(bob, Thread.objects.get(title="How do you dry boots?"), body="Never mind this one.")
    delete_post(actor=bob, post=gone)

    for viewer in (None, alice):
        assert "Secret tent" not in [doing.title for doing in list_doings(viewer, "bob").doings]
    assert "Secret tent" in [doing.title for doing in list_doings(bob, "bob").doings]
    for viewer in (bob, mod):
        assert not any("Never mind" in doing.words for doing in list_doings(viewer, "bob").doings)


def test_a_profile_kept_to_its_owner_has_no_stream_for_others(
    busy: Any, alice: Any, bob: Any, mod: Any, sign_in: Any
) -> None:
    edit_profile(actor=bob, member=bob, changes={"hides_profile": True})

    for viewer in (None, alice):
        with pytest.raises(NotFound):
            list_doings(viewer, "bob")
        client = sign_in(viewer)
        assert client.get("/@bob/activity/").status_code == 404
        assert client.get("/api/v1/members/bob/activity").status_code == 404
        assert "/@bob/activity/" not in client.get("/@bob/").content.decode()
    for viewer in (bob, mod):
        assert list_doings(viewer, "bob").doings


def test_follows_and_badges_that_are_not_shown_are_not_in_it(busy: Any, alice: Any, bob: Any) -> None:
    edit_profile(actor=bob, member=bob, changes={"shows_follows": False, "show_badges": False})
    assert not {"followed", "earned"} & set(kinds(alice, "bob"))
    assert kinds(alice, "bob", show="earned") == kinds(alice, "bob")
    assert {"followed", "earned"} < set(kinds(bob, "bob"))

    Member.objects.filter(pk=bob.pk).update(shows_follows=True, show_badges=True)
    Member.objects.filter(pk=alice.pk).update(quiet_mode=True)
    alice.refresh_from_db()
    assert "earned" not in kinds(alice, "bob")


def test_the_page_narrows_by_links_and_costs_few_statements(busy: Any, alice: Any, sign_in: Any) -> None:
    client = sign_in(alice)
    profile = client.get("/@bob/").content.decode()
    assert 'href="/@bob/activity/?show=solved"' in profile

    solved = client.get("/@bob/activity/?show=solved").content.decode().split("<main")[1]
    assert "Answer accepted in" in solved
    assert "How do you dry boots?" not in solved
    client.get("/@bob/activity/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/@bob/activity/").status_code == 200
    assert len(asked) <= 6, [query["sql"][:120] for query in asked]


def test_a_program_reads_the_same_by_cursor(busy: Any, alice: Any, sign_in: Any) -> None:
    client = sign_in(alice)
    first = client.get("/api/v1/members/bob/activity?limit=4").json()
    rest = client.get(first["next"]).json()

    assert len(first["results"]) == 4
    assert rest["next"] is None
    got = [it["kind"] for it in (*first["results"], *rest["results"])]
    assert got == kinds(alice, "bob")
    assert client.get("/api/v1/members/bob/activity?after=nonsense").status_code == 400
    assert [
        it["kind"] for it in client.get("/api/v1/members/bob/activity?show=replied").json()["results"]
    ] == ["replied"]
