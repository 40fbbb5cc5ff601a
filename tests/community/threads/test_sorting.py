"""What regulars do for threads of others: a title, topics, the right space, and nothing more."""

import pytest

from community.errors import Invalid, RateLimited, Refused
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import edit_post, lock_thread, move_thread, rename_thread
from community.threads.actions.details import change_details
from community.threads.models import Post, PostRevision, Thread


@pytest.fixture
def regular(make_member):
    """A member at trust level 3."""
    return make_member("regular", trust_level=3)


@pytest.fixture
def other(db):
    """Another public space."""
    return Space.objects.create(slug="tents", name="Tents", kind="question", position=3)


def test_a_regular_gives_a_better_title_and_topics_and_the_text_stays(regular, alice, space, make_thread):
    thread = make_thread(alice, space, title="help!!!")
    before = Post.objects.get(thread=thread, position=1).body_md

    rename_thread(actor=regular, thread=thread, title="Which poles hold in a gale?", tags=["poles"])

    thread.refresh_from_db()
    first = Post.objects.get(thread=thread, position=1)
    assert (thread.title, thread.tags, first.body_md) == ("Which poles hold in a gale?", ["poles"], before)
    kept = PostRevision.objects.get(post=first)
    assert (kept.title, kept.editor) == ("help!!!", regular)
    assert thread.author == alice


def test_a_regular_moves_a_thread_to_where_the_same_people_read(regular, alice, space, other, make_thread):
    thread = make_thread(alice, space)

    move_thread(actor=regular, thread=thread, space=other)

    thread.refresh_from_db()
    assert thread.space == other


@pytest.mark.parametrize("level", [0, 1, 2])
def test_nobody_below_does_either(make_member, alice, space, other, make_thread, level):
    member, thread = make_member("early", trust_level=level), make_thread(alice, space, title="help!!!")

    with pytest.raises(Refused):
        rename_thread(actor=member, thread=thread, title="Which poles hold in a gale?")
    with pytest.raises(Refused):
        move_thread(actor=member, thread=thread, space=other)

    thread.refresh_from_db()
    assert (thread.title, thread.space) == ("help!!!", space)


def test_a_regular_changes_no_text_and_no_answers_for_the_team(regular, alice, space, make_thread):
    thread = make_thread(alice, space)
    first = Post.objects.select_related("thread__space").get(thread=thread, position=1)

    with pytest.raises(Refused):
        edit_post(actor=regular, post=first, body="Something else entirely, by me.", title="Better title")
    with pytest.raises(Refused):
        change_details(actor=regular, thread=thread, details={})

    thread.refresh_from_db()
    assert thread.title == "Which poles hold in a winter gale?"


@pytest.mark.parametrize("what", ["closed", "hidden", "private", "archive"])
def test_what_is_closed_hidden_or_private_stays(
    regular, mod, alice, space, private_space, other, make_thread, what
):
    place = space
    if what == "private":
        for member in (alice, regular):
            SpaceMembership.objects.create(space=private_space, member=member)
        place = private_space
    thread = make_thread(alice, place, title="A title as it is")
    if what == "closed":
        lock_thread(actor=mod, thread=thread)
    if what == "hidden":
        Thread.objects.filter(pk=thread.pk).update(state="hidden")
    if what == "archive":
        Space.objects.filter(pk=space.pk).update(is_archived=True)
    thread = Thread.objects.select_related("space").get(pk=thread.pk)

    for act in (
        lambda: rename_thread(actor=regular, thread=thread, title="Another title for it"),
        lambda: move_thread(actor=regular, thread=thread, space=other),
    ):
        with pytest.raises(Exception) as refusal:
            act()
        assert type(refusal.value).__name__ in ("Refused", "NotFound")

    thread.refresh_from_db()
    assert (thread.title, thread.space) == ("A title as it is", place)


@pytest.mark.parametrize("access", ["members", "private"])
def test_no_thread_is_moved_to_other_readers(regular, alice, space, other, make_thread, access):
    thread = make_thread(alice, space)
    Space.objects.filter(pk=other.pk).update(access=access)
    other.refresh_from_db()
    SpaceMembership.objects.create(space=other, member=regular)

    with pytest.raises(Refused):
        move_thread(actor=regular, thread=thread, space=other)

    thread.refresh_from_db()
    assert thread.space == space


def test_a_title_of_a_regular_is_checked_and_counted(settings, regular, alice, space, other, make_thread):
    thread = make_thread(alice, space)
    with pytest.raises(Invalid):
        rename_thread(actor=regular, thread=thread, title="?")
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-sort"
    with pytest.raises(RateLimited):
        for turn in range(60):
            move_thread(actor=regular, thread=thread, space=other if turn % 2 == 0 else space)


def test_the_page_offers_it_to_regulars_alone(client, regular, bob, alice, space, other, make_thread):
    thread = make_thread(alice, space, title="help!!!")
    path = f"/t/{thread.pk}/-/title/"
    client.force_login(bob)
    assert path not in client.get(thread.get_absolute_url()).text
    assert client.get(path).status_code == 403

    client.force_login(regular)
    assert path in client.get(thread.get_absolute_url()).text
    assert client.post(path, {"title": "?", "tags": ""}).status_code == 422
    assert client.post(path, {"title": "Which poles hold in a gale?", "tags": "poles"}).status_code == 303
    moved = client.post(f"/t/{thread.pk}/-/move/", {"space": "tents"})

    assert moved.status_code == 303
    thread.refresh_from_db()
    assert (thread.title, thread.tags, thread.space) == ("Which poles hold in a gale?", ["poles"], other)
