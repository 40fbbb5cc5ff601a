"""What levels are judged by, counted from rows; and that hearing as it happens and counting anew agree."""

import datetime as dt

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.members.models import Member, Visit
from community.members.trust.actions import settle_everyone
from community.members.trust.facts import facts_of
from community.members.trust.limits import WINDOW
from community.members.trust.rule import earned_level
from community.threads.actions import add_reaction, mark_read, reply_to_thread
from community.threads.models import Post, Reaction, ReadState
from community.threads.trust_facts import count_facts
from tests.standing import deliver_all

AGES = dt.timedelta(days=400)


def facts(member):
    return count_facts([member.pk], timezone.now() - dt.timedelta(days=365))[member.pk]


def test_everything_is_counted_from_rows(alice, bob, carol, space, make_thread):
    thread = make_thread(alice, space)
    reply = reply_to_thread(actor=bob, thread=thread, body="Steel pegs hold, and so do rocks.")
    for who in (alice, carol):
        add_reaction(actor=who, post=reply, kind="thanks")
    add_reaction(actor=alice, post=reply, kind="helpful")
    ReadState.objects.filter(member=bob).update(seconds=130)
    Visit.objects.create(member=bob, day=timezone.now().date() - AGES)

    found = facts(bob)

    assert {name: found[name] for name in ("threads", "posts", "minutes", "days", "given")} == {
        "threads": 1,
        "posts": 2,
        "minutes": 3,
        "days": 2,
        "given": 0,
    }
    assert (found["received"], found["people_lately"], found["replied"]) == (3, 2, 1)
    assert (found["days_lately"], found["threads_lately"]) == (1, 1)
    assert facts(alice)["given"] == 2
    assert facts(alice)["replied"] == 0


def test_what_lies_before_the_window_counts_for_all_time_only(alice, bob, space, make_thread):
    thread = make_thread(alice, space)
    reply = reply_to_thread(actor=bob, thread=thread, body="Steel pegs hold, and so do rocks.")
    add_reaction(actor=alice, post=reply, kind="thanks")
    before = timezone.now() - AGES
    Post.objects.filter(pk=reply.pk).update(created_at=before)
    Reaction.objects.update(created_at=before)
    ReadState.objects.filter(member=bob).update(read_at=before)

    found = facts(bob)

    assert (found["replied"], found["received"], found["threads"], found["days"]) == (1, 1, 1, 1)
    assert not any(found[name] for name in found if name.endswith("_lately"))


def test_history_from_elsewhere_counts_as_far_as_it_tells(alice, bob, space, make_thread):
    thread = make_thread(alice, space)
    reply_to_thread(actor=bob, thread=thread, body="Steel pegs hold, and so do rocks.")
    ReadState.objects.all().delete()
    Post.objects.filter(author=bob).update(imported={"up": 7})

    found = facts(bob)

    assert (found["threads"], found["posts"], found["minutes"], found["received"]) == (1, 2, 1, 7)


def test_what_is_hidden_counts_for_nothing(alice, bob, space, make_thread):
    thread = make_thread(alice, space)
    reply = reply_to_thread(actor=bob, thread=thread, body="Steel pegs hold, and so do rocks.")
    Post.objects.filter(pk=reply.pk).update(state="removed")

    assert (facts(bob)["replied"], facts(bob)["minutes"]) == (0, 0)


def test_one_statement_counts_however_many(django_assert_num_queries, alice, bob, carol):
    with django_assert_num_queries(1):
        count_facts([alice.pk, bob.pk, carol.pk], timezone.now())


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["write", "read", "thank", "stay", "hear"]), st.integers(0, 2), st.integers(0, 3)
    ),
    min_size=4,
    max_size=24,
)


@given(DEEDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_hearing_as_it_happens_gives_the_level_that_counting_anew_gives(db, django_db_blocker, deeds):
    from django.db import transaction

    with transaction.atomic():
        people, threads = _people_and_threads()
        for deed, who, where in deeds:
            _do(deed, people[who], threads[where])
        deliver_all()
        settle_everyone()
        heard = {member.pk: member.trust_level for member in Member.objects.all()}
        counted = facts_of(list(heard), timezone.now() - WINDOW.span())
        assert heard == {pk: earned_level(counted[pk]) for pk in heard}
        transaction.set_rollback(True)


def _people_and_threads():
    from community.numbers import memory
    from community.numbers.models import NumberInForce
    from community.spaces.models import Space
    from community.threads.actions import start_thread

    numbers = {"threads": 2, "posts": 3, "minutes": 1}
    for name, value in numbers.items():
        NumberInForce.objects.create(key=f"members.trust1_{name}", value=value)
    for name, value in {"threads": 3, "posts": 5, "minutes": 2, "days": 1, "replied": 1}.items():
        NumberInForce.objects.create(key=f"members.trust2_{name}", value=value)
    memory.forget()
    place = Space.objects.create(slug="help-now", name="Help", kind="question")
    people = [Member.objects.create_user(f"person{n}", trust_level=0) for n in range(3)]
    host = Member.objects.create_user("host", trust_level=0)
    threads = [
        start_thread(
            actor=host,
            space=place,
            title=f"Question {n} about poles",
            body=f"Which pole number {n} holds in a gale?",
            kind="question",
        )
        for n in range(4)
    ]
    return people, threads


def _do(deed, member, thread):
    thread.refresh_from_db()
    if deed == "write":
        reply_to_thread(
            actor=member,
            thread=thread,
            body=f"This is answer number {thread.last_position} to question {thread.pk}, written by {member.handle}.",
        )
    elif deed == "read":
        mark_read(actor=member, thread=thread, position=thread.last_position)
    elif deed == "stay":
        ReadState.objects.filter(member=member).update(seconds=90)
    elif deed == "thank":
        post = Post.objects.filter(thread=thread).exclude(author=member).last()
        if post is not None:
            add_reaction(actor=member, post=post, kind="thanks")
    else:
        deliver_all()
