import pytest
from django.core import mail
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from community.notifications.mail.sending import send_due
from community.notifications.models import Notice, OutboundMail
from community.notifications.queries.inbox import inbox_page
from community.spaces.actions import change_space, remove_space_member
from community.spaces.attention import attend_to_space, attend_to_tag
from community.spaces.models import SpaceFollow, SpaceMembership, Tag
from community.threads.actions import (
    accept_answer,
    add_reaction,
    attend_to_thread,
    edit_post,
    follow_thread,
    mark_read,
    mute_thread,
    set_post_state,
)

# Other features bring notices of their own, badges for one; here it is about those of threads.
OURS = Q(kind__startswith="thread.") | Q(kind__startswith="space.")


def told(member):
    return list(Notice.objects.filter(OURS, member=member).order_by("pk").values_list("kind", flat=True))


def titles(member):
    page = inbox_page(Member.objects.get(pk=member.pk))
    shown = [entry for _day, entries in page.days for entry in entries]
    return [entry.words.title for entry in shown if entry.notice.kind.startswith(("thread.", "space."))]


def unread(member):
    waiting = Notice.objects.filter(member=member).unread()
    assert Member.objects.get(pk=member.pk).unread_notices == waiting.count()
    return waiting.filter(OURS).count()


@pytest.fixture
def thread(make_thread, alice, space):
    return make_thread(alice, space)


def test_the_first_answer_is_told_to_the_asker_at_once(thread, make_reply, deliver_all, alice, bob, carol):
    make_reply(bob, thread)
    make_reply(carol, thread, body="Carbon, and a spare ferrule in the lid pocket for the way home.")
    deliver_all()

    assert told(alice) == ["thread.answered", "thread.reply_to_you"]
    assert titles(alice) == ["Carol Cove replied to you", "Bob Birch answered your question"]
    first, second = OutboundMail.objects.filter(member=alice).order_by("pk")
    assert first.due_at <= timezone.now() < second.due_at


def test_writers_are_never_told_of_themselves(thread, make_reply, deliver_all, alice):
    make_reply(alice, thread)
    deliver_all()

    assert told(alice) == []


def test_a_mention_says_more_than_a_reply(thread, make_reply, deliver_all, alice, bob, carol):
    make_reply(carol, thread)
    deliver_all()
    make_reply(bob, thread, body="As @carol said above, aluminium bends before it breaks.")
    deliver_all()

    assert told(carol) == ["thread.mention"]


def test_watchers_hear_of_replies_gathered_in_one(thread, make_reply, deliver_all, alice, bob, carol):
    make_reply(carol, thread)
    follow_thread(actor=carol, thread=thread)
    for text in ("The first thing I would try is a longer sleeve.", "And the second is to splint it early."):
        make_reply(bob, thread, body=text)
    deliver_all()

    assert told(carol) == ["thread.reply"]
    assert titles(carol) == ["Bob Birch wrote 2 replies in a thread you follow"]
    assert not OutboundMail.objects.filter(member=carol).exists()


def test_who_replied_tracks_and_is_not_told_of_replies_to_others(thread, make_reply, deliver_all, bob, carol):
    make_reply(carol, thread)
    make_reply(bob, thread, body="The first thing I would try is a longer sleeve.")
    deliver_all()

    assert told(carol) == []


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        ("watching", ["space.thread", "thread.reply"]),
        ("first_posts", ["space.thread"]),
        ("tracking", []),
        ("muted", []),
    ],
)
@pytest.mark.parametrize("what", ["space", "tag"])
def test_levels_of_spaces_and_tags_decide_what_is_told(
    make_thread, make_reply, deliver_all, space, alice, bob, carol, what, level, heard
):
    Tag.objects.get_or_create(slug="tents", defaults={"name": "tents"})
    if what == "space":
        attend_to_space(actor=carol, space=space, level=level)
    else:
        attend_to_tag(actor=carol, tag=Tag.objects.get(slug="tents"), level=level)
    thread = make_thread(alice, space, tags=["tents"])
    make_reply(bob, thread)
    deliver_all()

    assert sorted(told(carol)) == heard


def test_a_threads_own_level_wins_over_its_spaces(
    make_thread, make_reply, deliver_all, space, alice, bob, carol
):
    thread = make_thread(alice, space)
    attend_to_space(actor=carol, space=space, level="watching")
    attend_to_thread(actor=carol, thread=thread, level="normal")
    make_reply(bob, thread)
    deliver_all()

    assert told(carol) == ["space.thread"]


def test_a_muted_thread_is_silent_even_when_it_names_you(thread, make_reply, deliver_all, alice, bob, carol):
    make_reply(carol, thread)
    mute_thread(actor=carol, thread=thread)
    make_reply(bob, thread, body="I think @carol has the answer to this one already.")
    deliver_all()

    assert told(carol) == []


def test_helpful_presses_gather_and_pressing_again_says_nothing_new(
    thread, make_reply, deliver_all, alice, bob, carol
):
    from community.threads.actions import remove_reaction

    post = make_reply(bob, thread)
    for _again in range(2):
        add_reaction(actor=carol, post=post, kind="helpful")
        remove_reaction(actor=carol, post=post, kind="helpful")
    add_reaction(actor=alice, post=post, kind="helpful")
    deliver_all()

    assert titles(bob) == ["Your post helped Alice Arden and Carol Cove"]
    assert unread(bob) == 1


def test_an_accepted_answer_is_recognised_by_name(thread, make_reply, deliver_all, alice, bob):
    accept_answer(actor=alice, post=make_reply(bob, thread))
    deliver_all()

    assert titles(bob) == ["Alice Arden says your answer worked"]


def test_an_answer_the_team_marked_is_said_to_be_so(thread, make_reply, deliver_all, mod, bob):
    accept_answer(actor=mod, post=make_reply(bob, thread))
    deliver_all()

    assert titles(bob) == ["The team marked your answer as the one that works"]


def test_followers_of_a_space_hear_of_new_threads(make_thread, deliver_all, space, alice, bob):
    SpaceFollow.objects.create(space=space, member=bob)
    make_thread(alice, space)
    deliver_all()
    assert titles(bob) == ["Alice Arden began a thread in Help and how-to"]

    make_thread(
        alice, space, title="And which tent pegs?", body="On shingle mine came out twice in one night."
    )
    deliver_all()
    assert titles(bob) == ["2 new threads in Help and how-to"]


def test_an_edit_tells_whom_it_names_first(thread, make_reply, deliver_all, alice, bob, carol):
    post = make_reply(bob, thread)
    edit_post(actor=bob, post=post, body="Ask @carol: aluminium bends and can be splinted.")
    deliver_all()
    post.refresh_from_db()
    edit_post(actor=bob, post=post, body="Ask @carol again: aluminium bends and can be splinted well.")
    deliver_all()

    assert told(carol) == ["thread.mention"]


def test_what_was_held_is_told_when_it_is_shown_and_only_once(
    thread, make_reply, deliver_all, alice, bob, mod
):
    post = make_reply(bob, thread)
    set_post_state(actor=mod, post=post, state="hidden", reason="Let us have a look")
    deliver_all()
    assert told(alice) == []

    for _again in range(2):
        post.refresh_from_db()
        set_post_state(actor=mod, post=post, state="visible", reason="It is fine")
        deliver_all()
        post.refresh_from_db()
        set_post_state(actor=mod, post=post, state="hidden", reason="Again")
        deliver_all()
    post.refresh_from_db()
    set_post_state(actor=mod, post=post, state="visible", reason="It is fine")
    deliver_all()

    assert told(alice) == ["thread.answered"]
    assert unread(alice) == 1


def test_what_is_removed_leaves_the_inbox_and_the_count(thread, make_reply, deliver_all, alice, bob, mod):
    post = make_reply(bob, thread)
    deliver_all()
    assert unread(alice) == 1

    set_post_state(actor=mod, post=post, state="hidden", reason="Names a private person")
    deliver_all()

    assert titles(alice) == []
    assert unread(alice) == 0


def test_a_member_who_leaves_a_private_space_finds_no_trace_and_gets_no_mail(
    private_space, make_thread, make_reply, deliver_all, alice, bob, carol, manager
):
    """P-02."""
    for member in (alice, bob, carol):
        SpaceMembership.objects.create(space=private_space, member=member)
    thread = make_thread(alice, private_space, title="The secret prototype")
    make_reply(bob, thread, body="It broke at the seam, which @carol should not repeat.")
    deliver_all()
    assert unread(alice) == unread(carol) == 1

    for member in (alice, carol):
        remove_space_member(actor=manager, space=private_space, member=member)
    deliver_all()
    make_reply(bob, thread, body="And then @carol and @alice left us, which is sad but fine.")
    deliver_all()
    OutboundMail.objects.update(due_at=timezone.now())
    send_due()

    for member in (alice, carol):
        assert titles(member) == []
        assert unread(member) == 0
    assert not mail.outbox
    assert not OutboundMail.objects.filter(member__in=[alice, carol], state="sent").exists()
    assert not OutboundMail.objects.exclude(subject="", html="", text="").exists()


def test_a_space_that_closes_takes_its_notices_back_and_opening_returns_them(
    space, make_thread, make_reply, deliver_all, alice, bob, manager
):
    thread = make_thread(alice, space)
    make_reply(bob, thread)
    deliver_all()

    change_space(actor=manager, space=space, changes={"access": "private"})
    deliver_all()
    assert (titles(alice), unread(alice)) == ([], 0)

    space.refresh_from_db()
    change_space(actor=manager, space=space, changes={"access": "public"})
    deliver_all()
    assert unread(alice) == 1


def test_a_suspended_member_gets_no_mail(thread, make_reply, deliver_all, alice, bob):
    make_reply(bob, thread)
    deliver_all()
    Member.objects.filter(pk=alice.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=1))
    OutboundMail.objects.update(due_at=timezone.now())

    send_due()

    assert not mail.outbox


def test_reading_the_thread_is_reading_its_notices(thread, make_reply, deliver_all, alice, bob):
    make_reply(bob, thread)
    deliver_all()
    thread.refresh_from_db()

    mark_read(actor=alice, thread=thread, position=2)

    assert unread(alice) == 0


def test_the_words_of_a_notice_are_todays_not_those_of_the_day(thread, make_reply, deliver_all, alice, bob):
    """Nothing of the text is kept on the notice, so what was edited away is gone from it too."""
    post = make_reply(bob, thread, body="My telephone number is 555 0100, call me about it.")
    deliver_all()
    edit_post(actor=bob, post=post, body="Aluminium bends and can be splinted; that decided it.")

    page = inbox_page(Member.objects.get(pk=alice.pk))

    assert all("555" not in entry.words.quote for _day, entries in page.days for entry in entries)
    assert not Notice.objects.filter(payload__icontains="555").exists()


def test_an_inbox_full_of_threads_costs_the_same_for_two_and_for_twenty(
    make_thread, make_reply, deliver_all, space, make_member, alice
):
    def inbox_cost():
        member = Member.objects.get(pk=alice.pk)
        with CaptureQueriesContext(connection) as queries:
            inbox_page(member)
        return len(queries), queries

    threads = [make_thread(alice, space, title=f"Question number {n}?") for n in range(20)]
    for thread in threads[:2]:
        make_reply(make_member(f"early{thread.pk}"), thread)
    deliver_all()
    two, _queries = inbox_cost()
    for thread in threads:
        make_reply(make_member(f"late{thread.pk}"), thread)
    deliver_all()
    twenty, queries = inbox_cost()

    assert twenty == two, "\n".join(query["sql"] for query in queries)


def test_telling_a_crowd_costs_the_same_as_telling_two(
    make_thread, make_reply, space, make_member, bob, alice
):
    from community.activity import relay
    from community.activity.models import Delivery
    from community.threads.actions import follow_thread

    def cost(followers):
        thread = make_thread(alice, space, title=f"Which of {followers} stoves?")
        for number in range(followers):
            follow_thread(actor=make_member(f"f{followers}-{number}"), thread=thread)
        make_reply(bob, thread, body=f"The smallest of those {followers} that still boils a litre.")
        mine = Delivery.objects.get(consumer="threads.tell_about_reply", done_at=None)
        with CaptureQueriesContext(connection) as queries:
            assert relay.deliver(mine.pk)
        return len(queries)

    assert cost(2) == cost(20)


def test_an_e_mail_does_not_tell_what_a_spoiler_hides(thread, make_reply, deliver_all, alice, bob):
    make_reply(
        bob, thread, body="It ends ||with the gardener|| and well.\n\n>! He did it in the shed.\n\nRead it."
    )
    deliver_all()

    page = inbox_page(Member.objects.get(pk=alice.pk))
    quotes = [str(entry.words.quote) for _day, entries in page.days for entry in entries]

    assert any("It ends" in quote and "Read it." in quote for quote in quotes)
    assert not any("gardener" in quote or "shed" in quote for quote in quotes)
