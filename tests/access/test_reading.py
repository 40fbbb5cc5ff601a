"""Reading changes nothing, and costs the same for two rows and for twenty."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.members.models import Follow
from community.messages.actions import begin_conversation, send_message
from community.messages.models import Conversation
from community.notifications.models import Notice
from community.spaces.models import Space
from community.threads.actions import add_reaction, bookmark_post, follow_thread
from community.threads.models import Post, Thread
from community.writing.models import Draft
from config.access import list_routes
from rewards.leaderboards import ranking as boards
from rewards.leaderboards.models import Board
from rewards.leaderboards.panels import AT_HOME
from tests.access.test_matrix import FOREIGN, call
from tests.access.world import World
from tests.standing import deliver_all

WRITES = re.compile(r"\s*(?:WITH\b.*?\b)?(?:INSERT|UPDATE|DELETE)\b", re.I | re.S)
LOCKS = re.compile(r"\bFOR (?:NO KEY )?(?:UPDATE|SHARE)\b", re.I)
# Signing in and out keeps the session; allauth notes in it that mail was sent.
SESSION = re.compile(r'"django_session"|"usersessions_', re.I)
SETTING = re.compile(r"set_config|SAVEPOINT", re.I)


def is_write(sql: str) -> bool:
    begins = sql.lstrip(" (")[:6].upper()
    if begins.startswith("SELECT"):
        return bool(LOCKS.search(sql))
    return bool(WRITES.match(sql)) and not SESSION.search(sql)


def test_reading_writes_nothing(world: World, undone: Any) -> None:
    wrote = []
    for route, who in product(list_routes(), ("guest", "alice", "mallory", "manager")):
        if "GET" not in route.methods or route.path.startswith("/admin/"):
            continue
        try:
            address = world.address(route.path)
        except LookupError:
            continue
        for method in ("GET", "HEAD"):
            with (
                undone,
                CaptureQueriesContext(
                    connection,
                ) as asked,
            ):
                call(world, who, method, address)
            wrote += [f"{method} {address} as {who}: {q['sql'][:160]}" for q in asked if is_write(q["sql"])]

    assert wrote == []


def test_a_write_would_be_noticed() -> None:
    assert is_write('UPDATE "threads_thread" SET "view_count" = 1')
    assert is_write('WITH x AS (SELECT 1) INSERT INTO "threads_post" VALUES (1)')
    assert is_write('SELECT 1 FROM "threads_thread" FOR UPDATE')
    assert not is_write('SELECT "update" FROM "threads_thread"')
    assert not is_write('UPDATE "django_session" SET "expire_date" = 1')


def grow(world: World, count: int) -> None:
    """More of everything that a list could show."""
    maker, alice, bob = world.maker, world.people["alice"], world.people["bob"]
    help_ = Space.objects.get(slug="help")
    thread = Thread.objects.get(pk=world.sample("/t/", "pk").open)
    talk = Conversation.objects.get(pk=world.sample("/api/v1/conversations/", "pk").open)
    for _again in range(count):
        handle = f"person-{Space.objects.count()}"
        person = maker.member(handle, avatar_url="/static/portraits/1.svg")
        place = Space.objects.create(slug=f"place-{handle}", name=f"Place {handle}")
        other = maker.thread(person, help_, title=f"How do I dry a wet tent in {handle}?", tags=["tents"])
        elsewhere = maker.thread(alice, place, title=f"Which stove boils first in {handle}?")
        reply = maker.reply(person, thread, f"Mine bends, said {handle}. @alice saw it.")
        maker.reply(bob, elsewhere, f"The blue one, {handle}, always.")
        bookmark_post(actor=alice, post=Post.objects.get(thread=other, position=1))
        add_reaction(actor=alice, post=reply, kind="helpful")
        follow_thread(actor=alice, thread=other)
        Follow.objects.create(follower=alice, followed=person)
        begin_conversation(actor=person, members=[alice], body=f"Hello from {handle}.")
        send_message(actor=alice, conversation=talk, body=f"About {handle}.")
        Draft.objects.create(owner=alice, key=f"reply:{other.pk}", body="Not yet.")
    deliver_all()


def cost(world: World, who: str, addresses: list[str]) -> dict[str, list[str]]:
    asked: dict[str, list[str]] = {}
    for address in addresses:
        # What is remembered between requests is remembered before counting.
        call(world, who, "GET", address)
        with CaptureQueriesContext(connection) as queries:
            call(world, who, "GET", address)
        asked[address] = [query["sql"] for query in queries]
    return asked


@pytest.fixture
def steady_boards(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Leaderboards are kept for two minutes, less than this takes: they are counted once in each pass, by calling this."""
    monkeypatch.setattr(boards, "KEEP_SECONDS", 3600)

    def count_anew() -> None:
        cache.delete(f"leaderboard:home:{boards.today()}:{AT_HOME}")
        for board in Board.objects.all():
            boards.forget(board)

    return count_anew


def test_every_list_costs_the_same_for_two_rows_and_for_twenty(
    world: World, undone: Any, steady_boards: Callable[[], None]
) -> None:
    addresses = [
        str(world.address(route.path))
        for route in list_routes()
        if "GET" in route.methods and not route.path.startswith(FOREIGN)
    ]
    addresses += [
        "/search/?q=tent",
        "/api/v1/search?q=tent",
        "/search/?q=tent+order:latest+@alice+in:bookmarks",
        "/search/suggest/?q=tent",
        "/search/suggest/?q=tent+@al",
        "/search/near/?q=tnet",
        "/search/filters/?q=tent",
        "/?sort=top",
        "/?sort=unanswered",
    ]
    readers = ("guest", "alice", "mod")
    with undone:
        grow(world, 2)
        steady_boards()
        few = {who: cost(world, who, addresses) for who in readers}
        grow(world, 18)
        steady_boards()
        many = {who: cost(world, who, addresses) for who in readers}
        assert Notice.objects.filter(member=world.people["alice"]).count() > 10

    more = {
        f"{address} as {who}": f"{len(a)} → {len(b)}: {difference(a, b)}"
        for who, address in product(readers, addresses)
        # One more is the next page's edge; a query for each row would be eighteen more.
        if len(b := many[who][address]) > len(a := few[who][address]) + 1
    }
    assert more == {}


def difference(few: list[str], many: list[str]) -> str:
    """The statements that came more often, without their values."""
    left = [re.sub(r"\d+|'[^']*'", "?", sql) for sql in few]
    for sql in (re.sub(r"\d+|'[^']*'", "?", sql) for sql in many):
        if sql in left:
            left.remove(sql)
        else:
            return sql[:300]
    return ""
