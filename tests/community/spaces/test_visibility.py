"""The SQL of visibility says what the queryset says, for everyone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.spaces.models import Space, SpaceMembership
from community.spaces.visibility import readable_spaces


@pytest.fixture
def every_kind_of_space(space: Any, private_space: Any) -> list[Any]:
    members_only = Space.objects.create(slug="members", name="Members", access="members", position=5)
    archive = Space.objects.create(slug="old", name="Old", is_archived=True, position=6)
    return [space, private_space, members_only, archive]


@pytest.fixture
def suspended_manager(manager: Any) -> Any:
    manager.suspended_until = timezone.now() + timedelta(days=3)
    manager.save()
    return manager


@pytest.mark.parametrize(
    "who", ["guest", "alice", "bob", "mallory", "mod", "manager", "suspended_manager", "admin"]
)
def test_statement_and_queryset_agree(who: str, request: Any, every_kind_of_space: Any, bob: Any) -> None:
    SpaceMembership.objects.create(space=every_kind_of_space[1], member=bob)
    viewer = request.getfixturevalue(who)

    sql, params = readable_spaces(viewer)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        by_statement = {row[0] for row in cursor.fetchall()}

    assert by_statement == set(Space.objects.visible_to(viewer).values_list("pk", flat=True))
    assert by_statement, "everyone reads something"
