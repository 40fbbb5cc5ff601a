"""A community that stands for all tests of a package: made once, inside one transaction that is taken back at the end.

Tests that only look, or take back what they do (`Undone`), share it. Its fixture is called `db`, in place of the usual one
of the same name: that is how the test database learns that somebody needs it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

PASSWORD = "a long enough password"


@contextmanager
def standing(blocker: Any, folder: Path) -> Iterator[None]:
    """Open the database and a transaction around a whole package of tests."""
    media, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder
    with blocker.unblock():
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "this is not a test database"
        block = transaction.atomic()
        block.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            settings.MEDIA_ROOT = media


class Undone:
    """Whatever happens inside is taken back, so that one call does not change what the next one meets."""

    def __enter__(self) -> "Undone":
        self.block = transaction.atomic()
        self.block.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(*raised)


class Maker:
    """Makes members, threads and replies through their actions, with words that are never the same twice."""

    def __init__(self) -> None:
        self.number = count(1)

    def member(self, handle: str, **fields: Any) -> Any:
        """A member with a password that everyone in tests has."""
        from allauth.account.models import EmailAddress

        from community.members.models import Member

        fields = {"name": handle.title(), "email": f"{handle}@example.org", "trust_level": 1, **fields}
        made = Member.objects.create_user(handle, password=PASSWORD, **fields)
        EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
        return made

    def cast(self) -> dict[str, Any]:
        """Everyone by the name that tests know them by."""
        until = timezone.now() + timezone.timedelta(days=30)
        return {
            "guest": None,
            "alice": self.member("alice", name="Alice Arden"),
            "bob": self.member("bob", name="Bob Birch"),
            "carol": self.member("carol", name="Carol Cove"),
            "mallory": self.member("mallory", suspended_until=until, restriction_reason="Sold fakes."),
            "mod": self.member("mod", role="moderator", trust_level=3),
            "manager": self.member("manager", role="manager", trust_level=3),
            "admin": self.member("admin", role="admin", is_superuser=True, trust_level=4),
        }

    def thread(self, actor: Any, space: Any, **fields: Any) -> Any:
        """A question, unless told otherwise."""
        from community.threads.actions import start_thread

        number = next(self.number)
        fields = {
            "title": "Which poles hold in a winter gale?",
            "body": f"Two friends snapped carbon sections last year. What do you use? ({number})",
            "kind": "question",
            "tags": [],
            **fields,
        }
        return start_thread(actor=actor, space=space, **fields)

    def reply(self, actor: Any, thread: Any, body: str = "") -> Any:
        """A reply."""
        from community.threads.actions import reply_to_thread

        text = body or f"Aluminium bends and can be splinted; that decided it for me. ({next(self.number)})"
        return reply_to_thread(actor=actor, thread=thread, body=text)


def deliver_all() -> None:
    """Run the relay until nothing is due, as workers would."""
    from community.activity import relay
    from community.activity.models import Delivery

    relay.deliver_due(at_most=100_000)
    failed = Delivery.objects.exclude(error="").first()
    assert failed is None, failed and failed.error


Make = Callable[..., Any]
