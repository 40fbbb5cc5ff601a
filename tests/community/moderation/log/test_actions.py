"""The log of the team: found, taken out, sealed."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.utils import timezone

from community.errors import Refused
from community.members.actions import change_role
from community.moderation.log.actions import export_log
from community.moderation.log.queries import Narrowing, differences, find_entries
from community.moderation.log.sealing import seal_entries, verify_chain
from community.moderation.models import AuditEntry, AuditSeal
from community.numbers.actions import change_numbers

pytestmark = pytest.mark.django_db
PAGE = "/admin/moderation/auditentry/"


@pytest.fixture
def log(admin: Any, manager: Any, alice: Any, deliver_all: Any) -> None:
    """A role given, a number changed."""
    change_role(actor=admin, member=alice, role="moderator")
    change_numbers(actor=manager, changes={"moderation.due_hours": 12})
    deliver_all()


def test_what_was_and_what_is_stand_side_by_side(log: None) -> None:
    number = AuditEntry.objects.get(act="number.changed")
    role = AuditEntry.objects.get(act="member.role_changed")

    assert ("value", "24", "12") in differences(number)
    assert ("value", "member", "moderator") in differences(role)


def test_entries_are_found_by_who_what_and_words(log: None, manager: Any) -> None:
    def found(**asked: Any) -> list[str]:
        return [entry.act for entry in find_entries(manager, Narrowing(**asked))]

    assert found(actor="@manager") == ["number.changed"]
    assert found(act="member.role_changed") == ["member.role_changed"]
    assert found(words="moderation.due_hours") == ["number.changed"]
    assert found(words="moderator") == ["member.role_changed"]
    assert found(words="nothing of it") == []
    today = timezone.now().date()
    assert found(since=today, until=today) == ["number.changed", "member.role_changed"]
    assert found(until=today - timezone.timedelta(days=1)) == []
    assert found(actor="nobody-of-this-name") == []


def test_an_old_day_is_found_also_what_was_written_down_late(manager: Any) -> None:
    now = timezone.now()
    for number, days in enumerate((9, 8, 3, 8, 1)):
        AuditEntry.objects.create(
            actor_name="M",
            act="number.changed",
            target_type="x",
            target_pk=number,
            activity_id=number + 1,
            occurred_at=now - timezone.timedelta(days=days),
        )

    def found(since: int, until: int) -> list[int]:
        days = {
            name: (now - timezone.timedelta(days=n)).date()
            for name, n in (("since", since), ("until", until))
        }
        return [entry.target_pk for entry in find_entries(manager, Narrowing(**days))]

    assert found(8, 8) == [3, 1]
    assert found(9, 3) == [3, 2, 1, 0]
    assert found(7, 4) == []
    assert found(40, 30) == []


def test_moderators_and_members_read_nothing_of_it(log: None, mod: Any, bob: Any, sign_in: Any) -> None:
    for someone in (mod, bob):
        with pytest.raises(Refused):
            find_entries(someone, Narrowing())
        with pytest.raises(Refused):
            export_log(actor=someone, narrowing=Narrowing(), format="csv")
        assert sign_in(someone).get(PAGE).status_code in (302, 403, 404)
    assert not AuditEntry.objects.filter(act="audit.exported").exists()


def test_the_page_narrows_and_goes_on_by_key(log: None, sign_in: Any, manager: Any) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=manager,
            actor_name="M",
            act="space.changed",
            target_type="spaces.space",
            target_pk=n,
            activity_id=10_000 + n,
            occurred_at=timezone.now(),
        )
        for n in range(60)
    )
    client = sign_in(manager)

    first = client.get(PAGE, {"act": "space.changed"}).content.decode()
    assert first.count("<b>space.changed</b>") == 50
    rest = first.split('href="?')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(f"{PAGE}?{rest}").content.decode().count("<b>space.changed</b>") == 10


def test_taking_entries_out_is_itself_in_the_log(
    log: None, sign_in: Any, manager: Any, deliver_all: Any
) -> None:
    client = sign_in(manager)

    table = b"".join(client.post(PAGE, {"format": "csv", "act": "number.changed"}).streaming_content)
    lines = b"".join(client.post(PAGE, {"format": "jsonl"}).streaming_content)
    deliver_all()

    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert [row["act"] for row in rows] == ["number.changed"]
    assert json.loads(rows[0]["after"])["value"] == 12
    assert {json.loads(line)["act"] for line in lines.splitlines()} == {
        "number.changed",
        "member.role_changed",
    }
    told = AuditEntry.objects.filter(act="audit.exported").order_by("pk")
    assert [entry.after["narrowed"] for entry in told] == [{"act": "number.changed"}, {}]


def test_a_program_reads_and_takes_out(log: None, sign_in: Any, manager: Any, mod: Any) -> None:
    client = sign_in(manager)

    page = client.get("/api/v1/moderation/log", {"act": "number.changed"}).json()
    assert [row["after"]["value"] for row in page["results"]] == [12]
    assert sign_in(mod).get("/api/v1/moderation/log").status_code == 403


def test_the_log_refuses_changes_whoever_asks(log: None) -> None:
    for sql in ("UPDATE moderation_auditentry SET reason = 'x'", "DELETE FROM moderation_auditentry"):
        with (
            pytest.raises((InternalError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    with (
        pytest.raises((InternalError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('porchlight.upkeep', 'erasure', true)")
        cursor.execute("UPDATE moderation_auditentry SET act = 'x'")

    assert AuditEntry.objects.count() == 2


def test_the_chain_holds_and_a_change_shows(log: None) -> None:
    assert seal_entries() == 2
    assert seal_entries() == 0
    assert verify_chain().holds

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE moderation_auditentry DISABLE TRIGGER audit_append_only")
        cursor.execute("UPDATE moderation_auditentry SET reason = 'forged' WHERE act = 'number.changed'")
        cursor.execute("ALTER TABLE moderation_auditentry ENABLE TRIGGER audit_append_only")

    pk = AuditEntry.objects.get(act="number.changed").pk
    assert verify_chain().faults == [f"the words of entry {pk} were changed"]


def test_an_entry_taken_out_or_a_forged_seal_shows(log: None) -> None:
    seal_entries()
    AuditSeal.objects.filter(position=AuditSeal.objects.order_by("position")[1].position).update(
        words="f" * 64
    )

    assert not verify_chain().holds


def test_an_erasure_empties_words_and_the_chain_holds_over_it(log: None, alice: Any, manager: Any) -> None:
    from community.privacy.actions import anonymise_member
    from community.privacy.erasing.running import erase_due

    alice.role = "member"
    alice.save(update_fields=["role"])
    seal_entries()
    anonymise_member(actor=manager, member=alice, reason="Asked by letter.")
    assert erase_due() == 1

    verdict = verify_chain()
    assert (verdict.holds, verdict.emptied) == (True, 1)
