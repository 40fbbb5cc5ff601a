"""An older backup is restored: whoever was erased since is erased again, and nobody else."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import OutboundMail
from community.privacy.actions import anonymise_member
from community.privacy.erasing.running import erase_due
from community.privacy.models import Erasure, ErasureState
from community.threads.models import Post

REASON = "Asked by letter"


def command(*words: str) -> str:
    out = StringIO()
    call_command("erasures", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def backup(alice: Any, manager: Any, space: Any, make_thread: Any, settings: Any) -> dict[str, Any]:
    """Alice as an older backup has her; meanwhile she was erased."""
    make_thread(alice, space)
    kept = Member.objects.filter(pk=alice.pk).values().get()
    anonymise_member(actor=manager, member=alice, reason=REASON)
    while erase_due():
        pass
    assert Erasure.objects.get().state == ErasureState.DONE
    return kept


def restore(kept: dict[str, Any]) -> None:
    """Bring back what the backup has: her account, and no erasure."""
    pk = kept["id"]
    Erasure.objects.all().delete()
    Member.objects.filter(pk=pk).update(**{name: value for name, value in kept.items() if name != "id"})
    Post.objects.filter(author=None).update(author_id=pk)


def test_the_list_names_nobody(backup: dict[str, Any], settings: Any) -> None:
    text = Path(settings.ERASURE_JOURNAL).read_text("utf-8")

    assert text == command("export")
    line = json.loads(text)
    assert set(line) == {"member", "deletes_posts", "asked_at", "done_at"}
    assert line["member"] == backup["id"]
    for word in (backup["handle"], backup["name"], backup["email"]):
        assert word not in text


def test_whoever_is_back_is_erased_again_without_a_second_letter(backup: dict[str, Any]) -> None:
    restore(backup)
    assert Member.objects.get(pk=backup["id"]).handle == "alice"
    letters = OutboundMail.objects.count()

    told = json.loads(command("replay"))

    assert told == {"erased": 1, "known": 0, "others": 0, "absent": 0, "unreadable": 0}
    member = Member.objects.get_queryset().get(pk=backup["id"])
    assert (member.is_active, member.email) == (False, "") or member.handle.startswith("former-")
    assert not Post.objects.filter(author_id=member.pk).exists()
    assert OutboundMail.objects.count() == letters
    assert Erasure.objects.get().identity == {}

    assert json.loads(command("replay"))["known"] >= 1
    assert Erasure.objects.count() == 1


def test_an_erasure_the_backup_was_in_the_middle_of_is_finished(backup: dict[str, Any]) -> None:
    restore(backup)
    Erasure.objects.create(member_id=backup["id"], due_at=timezone.now() + timezone.timedelta(days=9))

    assert json.loads(command("replay"))["erased"] == 1

    assert Erasure.objects.get().state == ErasureState.DONE


def test_somebody_who_joined_since_under_the_same_number_is_left_alone(
    backup: dict[str, Any], bob: Any
) -> None:
    restore({**backup, "joined_at": timezone.now()})

    assert json.loads(command("replay"))["others"] == 1

    assert Member.objects.get(pk=backup["id"]).handle == "alice"
    assert not Erasure.objects.exists()


def test_a_list_that_is_not_there_or_not_readable_is_said(backup: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        command("replay", str(tmp_path / "nothing.jsonl"))
    broken = tmp_path / "broken.jsonl"
    broken.write_text(
        '{"member": "x"}\nnonsense\n{"member": 999999, "deletes_posts": false,'
        ' "asked_at": "2026-01-01T00:00:00+00:00", "done_at": "2026-01-01T00:00:00+00:00"}\n'
    )

    with pytest.raises(CommandError, match="2 lines"):
        command("replay", str(broken))


def test_a_list_that_cannot_be_written_stops_no_erasure(
    alice: Any, manager: Any, settings: Any, tmp_path: Path
) -> None:
    settings.ERASURE_JOURNAL = tmp_path
    anonymise_member(actor=manager, member=alice, reason=REASON)
    while erase_due():
        pass

    assert Erasure.objects.get().state == ErasureState.DONE
    assert json.loads(command("export"))["member"] == alice.pk
