"""What `/trust/` promises is what each level really may, and nothing a level opens is missing there."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from community.members.invitations.permissions import can_invite
from community.members.models import Member
from community.members.permissions import can_ignore
from community.members.trust import rights
from community.moderation.models import Case, Reason
from community.moderation.scoring import why_hidden
from community.numbers.actions import change_numbers
from community.threads.models import Post
from community.threads.permissions import can_ask_poll, can_edit_post, can_tidy_thread, can_want_information
from community.threads.sorting import can_sort

# Rights whose number a manager sets, and what asks for them.
Gate = Callable[[Member, Any], Any]
GATES: dict[str, Gate] = {
    "members.invite": lambda member, it: can_invite(member),
    "members.ignore": lambda member, it: can_ignore(member, it.author),
    "threads.wiki": lambda member, it: can_edit_post(member, it.post),
    "threads.poll": lambda member, it: can_ask_poll(member),
    "threads.sort": lambda member, it: can_sort(member, it.post.thread),
    "threads.care": lambda member, it: can_want_information(member, it.post.thread),
    "threads.lead": lambda member, it: can_tidy_thread(member, it.post.thread),
    "moderation.trusted": lambda member, it: why_hidden(it.case, member, Reason.SPAM, takes_action=False),
}
# Said of level 0 and 1 as a whole; their rules are pinned where they are: screening, limits of the first day.
SAID_OF_ALL = {"threads.begin", "threads.first_day", "threads.more", "moderation.sandbox"}


class Scene:
    """A wiki question of alice."""

    def __init__(self, post: Post, author: Member) -> None:
        self.post, self.author = post, author
        self.case = Case(author=Member(trust_level=0), score=0)


@pytest.fixture
def scene(alice: Any, space: Any, make_thread: Any) -> Scene:
    """A question that everyone may edit."""
    thread = make_thread(alice, space)
    Post.objects.filter(thread=thread, position=1).update(is_wiki=True)
    post = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    return Scene(post, alice)


def test_every_listed_right_has_its_gate_here() -> None:
    assert set(rights._rights) == set(GATES) | SAID_OF_ALL


@pytest.mark.parametrize("key", sorted(GATES))
def test_a_right_opens_exactly_at_the_level_it_is_listed_at(key: str, bob: Any, scene: Scene) -> None:
    least = rights._rights[key].level()

    for level in range(5):
        bob.trust_level = level
        assert bool(GATES[key](bob, scene)) is (level >= least), (key, level)
        assert (str(rights._rights[key].words) in rights.rights_at(level)) is (level == least)


@pytest.mark.parametrize(
    "key", ["members.invite", "members.ignore", "threads.wiki", "threads.poll", "threads.sort"]
)
def test_a_level_that_a_manager_moves_moves_page_and_gate_together(
    key: str, manager: Any, bob: Any, scene: Scene, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    number = {
        "members.invite": "members.invite_from",
        "members.ignore": "members.ignore_from",
        "threads.wiki": "threads.wiki_trust",
        "threads.poll": "threads.poll_trust",
        "threads.sort": "threads.sort_trust",
    }[key]

    with django_capture_on_commit_callbacks(execute=True):
        change_numbers(actor=manager, changes={number: 4})

    assert str(rights._rights[key].words) in rights.rights_at(4)
    for level in (3, 4):
        bob.trust_level = level
        assert bool(GATES[key](bob, scene)) is (level == 4)
    assert str(rights._rights[key].words) in client.get("/trust/").text


def test_every_number_that_is_a_level_is_listed() -> None:
    """A number whose title speaks of a trust level decides what a level opens, so the page has to say it."""
    listed = {right.level for right in rights._rights.values()}
    from community.numbers.number import Number, all_numbers

    speaking = [
        number
        for number in all_numbers()
        if isinstance(number, Number) and "trust level" in str(number.title).lower()
    ]

    assert [number.key for number in speaking if number not in listed] == []


def test_no_level_is_written_into_the_rules_unseen() -> None:
    """`trust_level` is compared with a number that stands in the table, or with 0, which is the newcomers' sandbox."""
    wrong = []
    for path in Path(settings.BASE_DIR).glob("community/**/*.py"):
        for line in path.read_text().splitlines():
            if re.search(r"trust_level\s*(>=|<|>|<=)\s*[2-9]", line) and "tests" not in str(path):
                wrong.append(f"{path.name}: {line.strip()}")

    assert wrong == []
