"""Beginning threads."""

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.spaces.models import Space, SpaceMembership, Tag
from community.threads.actions import delete_post, start_thread
from community.threads.models import Mention, Post, ReadState, Thread, ThreadFollow

TITLE = "Which poles hold in a winter gale?"
BODY = "Two friends snapped carbon sections last year."


def begin(actor, space, **fields):
    return start_thread(
        **{"actor": actor, "space": space, "title": TITLE, "body": BODY, "kind": "question", **fields}
    )


def test_a_thread_has_a_first_post_and_is_told(alice, space):
    thread = begin(alice, space, body="Two **friends** snapped poles.", tags=["Winter Tents", "poles"])

    post = Post.objects.get(thread=thread)
    assert (post.position, post.author, post.body_md) == (1, alice, "Two **friends** snapped poles.")
    assert "<strong>friends</strong>" in post.body_html
    stored = Thread.objects.get(pk=thread.pk)
    assert (stored.last_position, stored.reply_count, stored.last_author) == (1, 0, alice)
    assert stored.excerpt == "Two friends snapped poles."
    assert stored.tags == ["winter-tents", "poles"]
    told = Activity.objects.get(verb="thread.created")
    assert (told.actor, told.space_id, told.target_pk) == (alice, space.pk, thread.pk)
    assert told.payload["post_id"] == post.pk
    assert told.payload["tags"] == ["winter-tents", "poles"]


def test_who_begins_a_thread_follows_it_and_has_read_it(alice, space):
    thread = begin(alice, space)

    assert ThreadFollow.objects.get(thread=thread, member=alice).level == "watching"
    assert ReadState.objects.get(thread=thread, member=alice).last_read_position == 1


def test_the_space_and_the_tags_count_it(alice, bob, space):
    begin(alice, space, tags=["poles"])
    newest = begin(bob, space, tags=["Poles", "#tents"], body="Another question about poles.")

    space.refresh_from_db()
    assert (space.thread_count, space.last_thread_at) == (2, newest.created_at)
    assert dict(Tag.objects.values_list("slug", "thread_count")) == {"poles": 2, "tents": 1}


def test_words_of_a_private_space_are_not_counted_where_others_see_them(alice, private_space):
    SpaceMembership.objects.create(space=private_space, member=alice)

    begin(alice, private_space, tags=["project-heron"])

    assert dict(Tag.objects.values_list("slug", "thread_count")) == {"project-heron": 0}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (["Zelt", "zelt", "ZELT"], ["zelt"]),
        (["  two   words "], ["two-words"]),
        (["テント", "Ärmel"], ["テント", "ärmel"]),
        (["", "!!!", "#"], []),
    ],
)
def test_tags_are_tidied(alice, space, typed, stored):
    assert begin(alice, space, tags=typed).tags == stored


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"title": "Help"}, "title_short", "title"),
        ({"title": "\u200b" * 20}, "title_short", "title"),
        ({"title": "x" * 141}, "title_long", "title"),
        ({"body": "short"}, "body_short", "body"),
        ({"body": " \n \u200b \ufeff "}, "body_short", "body"),
        ({"body": "x" * 32_001}, "body_long", "body"),
        ({"tags": list("abcdef")}, "too_many_tags", "tags"),
        ({"tags": ["x" * 41]}, "tag_long", "tags"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_changes_nothing(alice, space, fields, code, field):
    with pytest.raises(Invalid) as refusal:
        begin(alice, space, **fields)

    assert refusal.value.code == code
    assert list(refusal.value.fields) == [field]
    assert not Thread.objects.exists()
    assert not Activity.objects.exists()
    assert not Tag.objects.exists()


def test_an_unknown_kind_is_refused(alice, space):
    with pytest.raises(Invalid):
        begin(alice, space, kind="sermon")


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("x" * 140, "x" * 32_000, "discussion"),
        ("Poles", "ok", "discussion"),
        ("Poles", "0123456789", "question"),
    ],
)
def test_the_shortest_and_the_longest_are_accepted(alice, space, title, body, kind):
    assert begin(alice, space, title=title, body=body, kind=kind).title == title


def test_a_title_is_one_line_without_control_characters(alice, space):
    assert begin(alice, space, title=" Which\u202e poles\n\thold? ").title == "Which poles hold?"


def test_a_suspended_member_is_told_until_when(mallory, space):
    with pytest.raises(Refused, match="paused until"):
        begin(mallory, space)

    assert not Thread.objects.exists()


def test_a_private_space_is_closed_to_those_outside(alice, mod, private_space):
    for actor in (alice, mod):
        with pytest.raises(Refused):
            begin(actor, private_space)

    assert not Thread.objects.exists()


def test_an_archive_and_a_space_of_the_team_say_why(alice, mod, space):
    Space.objects.filter(pk=space.pk).update(is_archived=True)
    space.refresh_from_db()
    with pytest.raises(Refused, match="archive"):
        begin(alice, space)

    space.is_archived, space.posting = False, "staff"
    with pytest.raises(Refused, match="Only the team"):
        begin(alice, space)
    assert begin(mod, space)


def test_the_same_text_again_is_there_already(alice, bob, space):
    begin(alice, space)

    with pytest.raises(Conflict) as refusal:
        begin(alice, space, title="Another title for it")
    assert refusal.value.code == "said_already"
    assert Thread.objects.count() == 1
    assert begin(bob, space)


def test_the_same_text_may_be_said_later_or_after_deleting_it(alice, space, time_machine_at):
    thread = begin(alice, space)
    delete_post(actor=alice, post=Post.objects.get(thread=thread))
    begin(alice, space)

    with time_machine_at(minutes=6):
        assert begin(alice, space)


def test_only_members_who_may_read_it_are_mentioned(alice, bob, carol, manager, private_space):
    for member in (alice, bob):
        SpaceMembership.objects.create(space=private_space, member=member)

    thread = begin(alice, private_space, body="Ask @bob, @carol, @manager, @nobody and me, @alice.")

    named = Mention.objects.filter(post__thread=thread).values_list("member__handle", flat=True)
    assert sorted(named) == ["bob", "manager"]


@pytest.mark.parametrize(
    ("trust_level", "people", "links"), [(0, 2, 2), (1, 5, 5), (2, 10, 20), (3, 10, 20), (4, 10, 20)]
)
def test_how_many_people_and_links_a_post_holds_grows_with_trust(
    make_member, space, trust_level, people, links
):
    author = make_member("author", trust_level=trust_level)
    handles = [make_member(f"friend{number}").handle for number in range(people + 1)]
    body = "Hello everyone: " + " ".join(f"@{handle}" for handle in handles[:people])
    addresses = [f"https://example.org/{number}" for number in range(links + 1)]

    begin(author, space, body=body)
    with pytest.raises(Invalid, match=f"name {people} people.*names {people + 1}") as refusal:
        begin(author, space, body=body + f" @{handles[-1]}")
    assert refusal.value.code == "too_many_mentions"

    begin(author, space, body="See " + " ".join(addresses[:links]))
    with pytest.raises(Invalid, match=f"hold {links} links.*has {links + 1}") as refusal:
        begin(author, space, body="See " + " ".join(addresses))
    assert refusal.value.code == "too_many_links"
    assert Thread.objects.count() == 2


def test_naming_the_same_person_often_or_nobody_counts_once_or_not(make_member, bob, space):
    newcomer = make_member("newcomer", trust_level=0)

    thread = begin(newcomer, space, body="@bob @bob @BOB @nobody1 @nobody2 @nobody3 what do you think?")

    assert Mention.objects.filter(post__thread=thread).count() == 1


def test_a_newcomer_begins_three_threads_on_the_first_day(make_member, space, limits_on):
    limits_on(**{"threads.start": "50/day"})
    newcomer = make_member("newcomer", trust_level=0)
    regular = make_member("regular", trust_level=0, joined_at=timezone.now() - timezone.timedelta(days=3))

    for number in range(3):
        begin(newcomer, space, body=f"{BODY} {number}")
        begin(regular, space, body=f"{BODY} {number}")
    with pytest.raises(RateLimited):
        begin(newcomer, space, body=f"{BODY} 4")
    begin(regular, space, body=f"{BODY} 4")

    assert Thread.objects.filter(author=newcomer).count() == 3


def test_a_text_that_cannot_be_used_costs_no_turn(make_member, space, limits_on):
    limits_on()
    newcomer = make_member("newcomer", trust_level=0)

    for _attempt in range(5):
        with pytest.raises(Invalid):
            begin(newcomer, space, title="Help")
    begin(newcomer, space)
    with pytest.raises(RateLimited) as refusal:
        begin(newcomer, space, body=f"{BODY} Again.")

    assert 50 <= refusal.value.retry_after <= 60


def test_history_keeps_its_own_time(alice, space):
    at = timezone.now() - timezone.timedelta(days=700)

    thread = begin(alice, space, occurred_at=at)

    assert (thread.created_at, thread.last_post_at) == (at, at)
    assert Activity.objects.get(verb="thread.created").occurred_at == at


@pytest.mark.parametrize(("trust", "pictures"), [(0, 2), (1, 10)])
def test_a_post_shows_as_many_pictures_as_its_writer_may(make_member, space, trust, pictures):
    author = make_member("painter", trust_level=trust)
    shown = [f"![A tent](/files/{n:032x}/640.webp#640x480)" for n in range(pictures + 1)]

    begin(author, space, body="Look: " + " ".join(shown[:pictures]))
    with pytest.raises(Invalid, match=f"show {pictures} pictures.*has {pictures + 1}") as refusal:
        begin(author, space, body="Look here: " + " ".join(shown))

    assert refusal.value.code == "too_many_pictures"
    assert Thread.objects.count() == 1
