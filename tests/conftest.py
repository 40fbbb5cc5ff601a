"""The cast, and what every test may ask for."""

import os
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.stack.services import ensure_services
from tests.chromium import chromium as chromium


def pytest_configure(config: pytest.Config) -> None:
    """Real Postgres and real Redis, started once for all workers; the list of erasures of a test run is nobody's."""
    os.environ.setdefault("ERASURE_JOURNAL", os.devnull)
    ensure_services()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_use_migrations: bool,
    django_db_blocker: Any,
) -> None:
    """Every worker begins with a copy of a database that was migrated once."""
    from django.db import connection

    from tests.database import drop_if_outdated, template

    chosen = connection.settings_dict["TEST"]
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            drop_if_outdated(chosen["NAME"])
            chosen.update(TEMPLATE=template(), MIGRATE=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After a test that committed for real, and so may have filled any table, each is as in a new community again."""
    from django.test import TransactionTestCase

    from tests.database import SHIPPED, put_back

    # Django would empty every table, of which there are two hundred, and fill its own again.
    TransactionTestCase._fixture_teardown = lambda case: put_back(SHIPPED)
    with django_db_blocker.unblock():
        # One that is used again may hold what the last run left when it was stopped.
        put_back(SHIPPED)


@pytest.fixture(autouse=True, scope="session")
def the_bell_rings_at_once() -> None:
    """A ring that comes a moment later would come in the middle of another test."""
    from community.activity import doorbell

    doorbell.PAUSE = 0.0


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that a test makes past the actions leave no mark, so what a process remembers is forgotten; and within a test
    the brand is not read anew only because ten seconds have passed, which would count as a statement."""
    from community.brand import queries as brand
    from community.members.doors import memory as doors
    from community.members.fields import queries as fields
    from community.members.models import DoorRules
    from community.members.signon import providers as signon
    from community.members.terms import memory as terms
    from community.messages import remembered
    from community.moderation.words import memory as words
    from community.numbers import memory
    from community.spaces.queries import forget_rail
    from rewards.praise import remembered as pinned

    forget_rail()
    monkeypatch.setattr(pinned, "REMEMBERED_SECONDS", 3600.0)
    brand.forget_brand()
    monkeypatch.setattr(brand, "REMEMBERED_SECONDS", 3600.0)
    fields.remember_fields([])
    monkeypatch.setattr(fields, "REMEMBERED_SECONDS", 3600.0)
    remembered.forget()
    monkeypatch.setattr(remembered, "REMEMBERED_SECONDS", 3600.0)
    words.remember([])
    monkeypatch.setattr(words, "REMEMBERED_SECONDS", 3600.0)
    # Nothing is changed yet; a test that changes a number sees it as soon as it commits, or by `set_number`.
    memory.remember({})
    monkeypatch.setattr(memory, "REMEMBERED_SECONDS", 3600.0)
    doors.remember(DoorRules())
    signon.forget()
    terms.remember(0)
    pinned.remember_nothing()
    monkeypatch.setattr(terms, "REMEMBERED_SECONDS", 3600.0)
    monkeypatch.setattr(doors, "REMEMBERED_SECONDS", 3600.0)


@pytest.fixture
def set_number(db: None) -> Callable[[str, object], None]:
    """Put a number into force as a manager does: `set_number("threads.new_days", 7)`."""
    from community.members.models import Member
    from community.numbers import memory
    from community.numbers.actions import change_numbers

    def put(key: str, value: object) -> None:
        actor = Member.objects.filter(handle="numbers").first() or Member.objects.create_user(
            "numbers", password="a long enough password", name="Nora", email="n@example.org", role="manager"
        )
        change_numbers(actor=actor, changes={key: value})
        memory.forget()

    return put


@pytest.fixture
def make_member(db: None) -> Callable[..., Any]:
    """Create a named member: `make_member("hana", name="Hana Satō")`."""
    from community.members.models import Member

    def make(handle: str, **fields: Any) -> Member:
        fields.setdefault("name", handle.title())
        fields.setdefault("email", f"{handle}@example.org")
        fields.setdefault("trust_level", 1)
        return Member.objects.create_user(handle, password="a long enough password", **fields)

    return make


@pytest.fixture
def alice(make_member: Callable[..., Any]) -> Any:
    """Wrote the thread."""
    return make_member("alice", name="Alice Arden")


@pytest.fixture
def bob(make_member: Callable[..., Any]) -> Any:
    """Another member."""
    return make_member("bob", name="Bob Birch")


@pytest.fixture
def carol(make_member: Callable[..., Any]) -> Any:
    """A third member, for counts."""
    return make_member("carol", name="Carol Cove")


@pytest.fixture
def mallory(make_member: Callable[..., Any]) -> Any:
    """Is suspended."""
    return make_member(
        "mallory",
        suspended_until=timezone.now() + timezone.timedelta(days=30),
        restriction_reason="Sold fakes.",
    )


@pytest.fixture
def mod(make_member: Callable[..., Any]) -> Any:
    """Keeps order."""
    return make_member("mod", role="moderator", trust_level=3)


@pytest.fixture
def manager(make_member: Callable[..., Any]) -> Any:
    """Runs the community for the brand."""
    return make_member("manager", role="manager", trust_level=3)


@pytest.fixture
def admin(make_member: Callable[..., Any]) -> Any:
    """Runs the software."""
    return make_member("admin", role="admin", is_superuser=True, trust_level=4)


@pytest.fixture
def guest() -> None:
    """Is nobody in particular."""
    return None


@pytest.fixture
def space(db: None) -> Any:
    """A public space."""
    from community.spaces.models import Space

    return Space.objects.create(slug="help", name="Help and how-to", kind="question")


@pytest.fixture
def private_space(db: None) -> Any:
    """A space that only people added to it can read."""
    from community.spaces.models import Space

    return Space.objects.create(slug="testers", name="Prototype testers", access="private", position=9)


@pytest.fixture
def make_thread(db: None) -> Callable[..., Any]:
    """Begin a thread through its action: `make_thread(alice, space, title=…, body=…, kind=…)`."""
    from community.threads.actions import start_thread

    made = count(1)

    def make(actor: Any, space: Any, **fields: Any) -> Any:
        number = next(made)
        fields.setdefault("title", "Which poles hold in a winter gale?")
        # The same text twice within minutes would be refused.
        again = f" ({number})" if number > 1 else ""
        fields.setdefault("body", f"Two friends snapped carbon sections last year. What do you use?{again}")
        fields.setdefault("kind", "question")
        fields.setdefault("tags", [])
        return start_thread(actor=actor, space=space, **fields)

    return make


@pytest.fixture
def make_reply(db: None) -> Callable[..., Any]:
    """Reply through the action: `make_reply(bob, thread, body=…)`."""
    from community.threads.actions import reply_to_thread

    made = count(1)

    def make(actor: Any, thread: Any, **fields: Any) -> Any:
        number = next(made)
        again = f" ({number})" if number > 1 else ""
        fields.setdefault("body", f"Aluminium bends and can be splinted; that decided it for me.{again}")
        return reply_to_thread(actor=actor, thread=thread, **fields)

    return make


@pytest.fixture
def deliver_all(db: None) -> Callable[[], int]:
    """Run the relay until nothing is due, as workers would. Fails when a delivery failed."""
    from community.activity import relay
    from community.activity.models import Delivery

    def run() -> int:
        tried = relay.deliver_due(at_most=100_000)
        failed = Delivery.objects.exclude(error="").first()
        assert failed is None, failed and failed.error
        return tried

    return run


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    """Return a browser-like client signed in as someone (None: a guest)."""

    def client_for(member: Any) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member, backend="community.members.accounts.MemberBackend")
        return client

    return client_for
