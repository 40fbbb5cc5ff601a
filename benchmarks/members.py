"""`python -m benchmarks members`: the directory and the admin's list with 200,000 members, against the floor of one statement.

Loads a table of its own in the test database's server by COPY-like statements, measures and throws it away: everything happens in
one transaction that is rolled back.
"""

import os
import time
from collections.abc import Callable
from typing import Any

MEMBERS = 200_000
REPEATS = 30
FILL = """
INSERT INTO members_member (password, handle, name, email, role, is_active, is_superuser, trust_level, joined_at, accepted_count,
  location, team_title, points_earned, post_count, {rest})
SELECT '!', 'bench-' || n, (ARRAY['Maya','Tomasz','Hana','Luca','Dewi','Aino','Pavel','Noor'])[1 + n %% 8] || ' ' || md5(n::text),
  'bench-' || n || '@example.org', CASE WHEN n %% 20000 = 0 THEN 'moderator' ELSE 'member' END, n %% 5000 <> 0, false,
  CASE WHEN n %% 9000 = 0 THEN 4 ELSE n %% 4 END, now() - n * interval '7 minutes', (n * 7919) %% 400,
  (ARRAY['Oslo','Bergen','Turku','Lisboa'])[1 + n %% 4], CASE WHEN n %% 9000 = 0 THEN 'Team' ELSE '' END, n %% 900, n %% 50, {values}
  FROM generate_series(1, %s) n
"""
PROFILES = """
INSERT INTO members_profile (member_id, banner_url, answers, month_posts)
SELECT id, '', jsonb_build_object('terrain', jsonb_build_array((ARRAY['Forest','Coast','Peaks'])[1 + id % 3])), id % 40
  FROM members_member WHERE handle LIKE 'bench-%' AND id % 2 = 0
"""

INTO_GROUP = """
INSERT INTO members_groupmembership (group_id, member_id, added_at)
SELECT %s, id, now() FROM members_member WHERE handle LIKE 'bench-%%' AND id %% 400 = 0
"""


def main() -> None:
    """Load, measure, print, and leave nothing behind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.stack.services import ensure_services

    ensure_services()
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        started = time.perf_counter()
        _fill()
        print(f"loaded {MEMBERS:,} members in {time.perf_counter() - started:.1f} s")
        floor = _measure("one row by its key (the floor F)", _one_row)
        for name, call in _cases().items():
            _measure(name, call, floor)
        transaction.set_rollback(True)


def _fill() -> None:
    from django.db import connection

    from community.members.models import Group, Member

    named = FILL.partition("(")[2].partition("{rest}")[0].replace("\n", " ").replace(",", " ").split()
    rest = [f for f in Member._meta.concrete_fields if f.column not in (*named, "id")]
    values = [f.get_db_prep_save(f.get_default(), connection) for f in rest]
    sql = FILL.format(rest=", ".join(f.column for f in rest), values=", ".join(["%s"] * len(rest)))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, [*values, MEMBERS])
        cursor.execute(PROFILES)
        cursor.execute(INTO_GROUP, [Group.objects.create(name="Bench", slug="bench").pk])
        cursor.execute("SELECT max(id) - 4711 FROM members_member WHERE handle LIKE 'bench-%'")
        _KEY[:] = [cursor.fetchone()[0]]
        cursor.execute("ANALYZE members_member")
        cursor.execute("ANALYZE members_profile")


# The key of one of the loaded members, noted when they are there.
_KEY: list[int] = []


def _one_row() -> None:
    from community.members.models import Member

    Member.objects.get(pk=_KEY[0])


def _cases() -> dict[str, Callable[[], Any]]:
    from django.contrib import admin
    from django.test import RequestFactory

    from community.members.directory.queries import Narrowing, list_people
    from community.members.fields.queries import remember_fields
    from community.members.models import Member, ProfileField

    terrain = ProfileField(
        key="terrain", kind="choices", choices=["Forest"], is_filterable=True, seen_by="public"
    )
    remember_fields([terrain])
    manager = Member(pk=1, role="manager", handle="bench", name="Bench")
    page = list_people(None, sort="helpful")

    def changelist(query: str = "") -> None:
        request = RequestFactory().get("/admin/members/member/" + query)
        request.user = manager
        shown = admin.site._registry[Member].get_changelist_instance(request)
        list(shown.result_list)

    return {
        "directory, helped most": lambda: list_people(None, sort="helpful"),
        "directory, its second page": lambda: list_people(None, sort="helpful", after=page.after),
        "directory, most active": lambda: list_people(None, sort="active"),
        "directory, newest": lambda: list_people(None, sort="newest"),
        "directory, by name": lambda: list_people(None, sort="name"),
        "directory, one field": lambda: list_people(None, Narrowing(answers={"terrain": "Forest"})),
        "directory, a place": lambda: list_people(None, Narrowing(place="Oslo")),
        "directory, the team": lambda: list_people(None, Narrowing(team=True)),
        "directory, a name": lambda: list_people(None, Narrowing(words="maya c4")),
        "directory, a common name": lambda: list_people(None, Narrowing(words="maya")),
        "admin, first page": changelist,
        "admin, a handle": lambda: changelist("?q=bench-4711"),
        "admin, the beginning of one": lambda: changelist("?q=bench-47"),
        "admin, an address": lambda: changelist("?q=bench-4711@example.org"),
        "admin, a name": lambda: changelist("?q=maya+c4"),
        "admin, a common name": lambda: changelist("?q=maya"),
        "admin, nobody": lambda: changelist("?q=zzzz"),
        "admin, moderators": lambda: changelist("?role__exact=moderator"),
        "admin, trust level 4": lambda: changelist("?trust_level__exact=4"),
        "admin, trust level 2": lambda: changelist("?trust_level__exact=2"),
        "admin, closed accounts": lambda: changelist("?is_active__exact=0"),
        "admin, paused accounts": lambda: changelist("?paused=now"),
        "admin, one group": lambda: changelist("?group=bench"),
        "admin, joined since a day": lambda: changelist("?joined_at__gte=2026-11-20+00:00:00%2B00:00"),
    }


def _measure(name: str, call: Callable[[], Any], floor: float = 0.0) -> float:
    call()
    times = []
    for _again in range(REPEATS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    middle = sorted(times)[REPEATS // 2] * 1000
    print(f"{name:<34} {middle:8.2f} ms" + (f"  {middle / floor:6.1f} F" if floor else ""), flush=True)
    return middle


if __name__ == "__main__":
    main()
