"""Whatever is split, merged, moved, deleted and brought back in whatever order: the numbers agree with the rows, what was
read stays read, and every post is where its permalink says."""

import itertools
from random import Random

import pytest

from community.errors import DomainError
from community.members.models import Member
from community.spaces.models import Space
from community.threads import actions, queries
from community.threads.actions import NewThread
from community.threads.counters import recount
from community.threads.models import Post, ReadState, Regrouping, Thread
from tests.community.threads.conftest import fresh

STEPS = 26


class Lived:
    """A community that somebody does things to at random."""

    def __init__(self, seed, people, mod, spaces, make_thread, make_reply):
        self.random, self.people, self.mod, self.spaces = Random(seed), people, mod, spaces
        self.make_thread, self.make_reply = make_thread, make_reply
        self.number = itertools.count(1)
        self.read: dict[int, set[int]] = {person.pk: set() for person in people}
        for _time in range(3):
            self.begin()

    def begin(self):
        tags = self.random.sample(["poles", "tents", "winter"], 2)
        self.make_thread(self.someone(), self.random.choice(self.spaces), tags=tags)

    def someone(self):
        return self.random.choice(self.people)

    def thread(self):
        open_ones = Thread.objects.exclude(state="merged").order_by("pk").select_related("space")
        return self.random.choice(list(open_ones))

    def post(self):
        return fresh(self.random.choice(list(Post.objects.order_by("pk"))))

    def reply(self):
        for _time in range(3):
            self.make_reply(self.someone(), self.thread())

    def look(self):
        person, thread = self.someone(), self.thread()
        position = self.random.randint(1, max(thread.last_position, 1))
        actions.mark_read(actor=person, thread=thread, position=position)
        seen = Post.objects.filter(thread=thread, position__lte=position)
        self.read[person.pk] |= set(seen.values_list("pk", flat=True))

    def press(self):
        actions.add_reaction(actor=self.someone(), post=self.post(), kind="helpful")

    def accept(self):
        actions.accept_answer(actor=self.mod, post=self.post())

    def delete(self):
        post = self.post()
        actions.delete_post(actor=post.author, post=post)

    def restore(self):
        post = self.post()
        actions.restore_post(actor=post.author, post=post)

    def remove(self):
        actions.judge_post(actor=self.mod, post=self.post(), state="removed", reason="Off topic")

    def put_back(self):
        actions.judge_post(actor=self.mod, post=self.post(), state="visible")

    def merge(self):
        actions.merge_threads(actor=self.mod, source=self.thread(), target=self.thread())

    def split(self):
        thread = self.thread()
        posts = list(Post.objects.filter(thread=thread, position__gt=1).values_list("pk", flat=True))
        chosen = self.random.sample(posts, min(len(posts), self.random.randint(1, 3)))
        into = self.random.choice([NewThread(f"Split off {next(self.number)}"), self.thread()])
        actions.split_thread(actor=self.mod, thread=thread, posts=chosen, into=into)

    def undo(self):
        actions.undo_regrouping(
            actor=self.mod, entry=self.random.choice(list(Regrouping.objects.order_by("pk")))
        )

    def move(self):
        actions.move_thread(actor=self.mod, thread=self.thread(), space=self.random.choice(self.spaces))

    def unlist(self):
        self.random.choice([actions.unlist_thread, actions.list_thread])(actor=self.mod, thread=self.thread())

    def archive(self):
        act = self.random.choice([actions.archive_thread, actions.unarchive_thread])
        act(actor=self.mod, thread=self.thread())

    def step(self):
        often = [self.reply, self.reply, self.look, self.look, self.merge, self.split, self.split, self.undo]
        rarely = [self.press, self.accept, self.delete, self.restore, self.remove, self.put_back]
        act = self.random.choice([*often, *rarely, self.move, self.unlist, self.archive])
        try:
            act()
        except (DomainError, IndexError):
            return f"{act.__name__} was refused"
        return act.__name__


def marks():
    return dict(
        ((state.thread_id, state.member_id), state.last_read_position) for state in ReadState.objects.all()
    )


@pytest.mark.parametrize("seed", range(8))
def test_numbers_and_reading_marks_hold(
    seed, alice, bob, carol, mod, space, make_thread, make_reply, deliver_all
):
    spaces = [space, Space.objects.create(slug="elsewhere", name="Elsewhere", position=4)]
    lived = Lived(seed, [alice, bob, carol], mod, spaces, make_thread, make_reply)
    done = []

    for _time in range(STEPS):
        before = marks()
        done.append(lived.step())

        after = marks()
        assert all(after[key] >= reached for key, reached in before.items()), done
    deliver_all()

    assert recount(heal=False) == [], done
    for person in lived.people:
        for post in Post.objects.filter(pk__in=lived.read[person.pk]):
            mark = ReadState.objects.filter(thread=post.thread_id, member=person).first()
            assert mark is not None, done
            assert mark.last_read_position >= post.position, done
    check_addresses(done)


def check_addresses(done):
    """Every thread that is not merged has a first post; every merged one is empty and leads to one that is not."""
    for thread in Thread.objects.all():
        if thread.state != "merged":
            assert Post.objects.filter(thread=thread, position=1).exists(), done
            continue
        assert not Post.objects.filter(thread=thread).exists(), done
        mod = Member.objects.get(handle="mod")
        assert queries.get_thread_for(mod, thread.pk).state != "merged", done
