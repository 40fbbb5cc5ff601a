"""The team's list of members: found by handle, name and address by an index, narrowed to a few, never counted."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.directory.queries import called
from community.members.models import Group, GroupMembership, Member

pytestmark = pytest.mark.django_db
LIST = "/admin/members/member/"


def found(client: Any, query: str) -> set[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200, query
    return {member.handle for member in answer.context["cl"].result_list}


@pytest.fixture
def people(make_member: Any) -> None:
    make_member("kestrel", name="Maya Okafor", email="post@okafor.example")
    make_member("okapi", name="Zed Zimmer", email="zed@example.org")
    make_member("zed", name="Someone Else", email="")


def test_managers_find_by_handle_name_and_address(people: None, manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)

    assert found(client, "q=kestrel") == {"kestrel"}
    assert found(client, "q=KEST") == {"kestrel"}
    assert found(client, "q=oka") == {"kestrel", "okapi"}
    assert found(client, "q=maya+oka") == {"kestrel"}
    assert found(client, "q=post@okafor.example") == {"kestrel"}
    assert found(client, "q=Post@Oka") == {"kestrel"}
    assert found(client, "q=zed") == {"okapi", "zed"}
    for nobody in ("q=%25", "q=%27+or+1%3D1", "q=_", "q=@"):
        assert found(client, nobody) == set(), nobody


def test_moderators_do_not_find_by_address(people: None, mod: Any, sign_in: Any) -> None:
    client = sign_in(mod)

    assert found(client, "q=kestrel") == {"kestrel"}
    for address in ("q=post@okafor.example", "q=post", "q=zed@example.org"):
        assert found(client, address) == set(), address


def test_each_way_has_its_index(people: None) -> None:
    # Enough of them that any other way is the longer one, whatever else has passed through the table.
    names = [f"filler{n}" for n in range(2_000)]
    Member.objects.bulk_create(
        Member(handle=name, name=name.title(), email=f"{name}@example.org") for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("ANALYZE members_member")
    plan = Member.objects.filter(pk__in=called("maya", by_address=True)).order_by("-pk")[:100].explain()

    # Where the database compares by letters, the index that keeps addresses unique serves as well.
    for index in ("member_name_words", "member_handle_begins", "member_email_(begins|once)"):
        assert re.search(index, plan), plan
    assert "Seq Scan" not in plan


def test_it_narrows_to_groups_and_to_whose_account_is_paused(
    people: None, manager: Any, mod: Any, sign_in: Any
) -> None:
    group = Group.objects.create(name="Walkers", slug="walkers")
    GroupMembership.objects.create(group=group, member=Member.objects.get(handle="okapi"))
    day = dt.timedelta(days=1)
    Member.objects.filter(handle="zed").update(suspended_until=timezone.now() + day)
    Member.objects.filter(handle="kestrel").update(suspended_until=timezone.now() - day)
    Member.objects.filter(handle="okapi").update(is_active=False)
    client = sign_in(manager)

    assert found(client, "group=walkers") == {"okapi"}
    assert found(client, "group=nothing-such") == set()
    assert found(client, "paused=now") == {"zed"}
    assert found(client, "is_active__exact=0") == {"okapi"}
    assert found(client, "role__exact=moderator") == {mod.handle}


def test_nothing_is_counted_over_the_whole_table(people: None, manager: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{LIST}?q=maya")

    counts = [
        query["sql"] for query in asked if "COUNT(" in query["sql"] and "members_member" in query["sql"]
    ]
    assert all("LIMIT" in sql for sql in counts)
