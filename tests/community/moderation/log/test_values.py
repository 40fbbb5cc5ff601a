"""What the log of the team says of each change: from what, and to what."""

from typing import Any

import pytest

from community.activity.changes import MASK
from community.members.actions import edit_profile, set_team_title
from community.members.doors.actions import save_door_rules
from community.members.groups.actions import change_group, create_group
from community.members.models import SignOnProvider
from community.members.signon.actions import save_provider
from community.moderation.log.queries import differences
from community.moderation.models import AuditEntry
from community.notifications.actions import save_mail_rules
from community.spaces.actions import change_space
from community.threads.actions import save_question_rules

pytestmark = pytest.mark.django_db


def entry(act: str, deliver_all: Any) -> AuditEntry:
    deliver_all()
    return AuditEntry.objects.filter(act=act).latest("pk")


def test_rules_say_from_what_to_what(manager: Any, deliver_all: Any) -> None:
    save_mail_rules(actor=manager, changes={"digest_items": 7})
    save_question_rules(actor=manager, changes={"follow_up_days": 9})
    save_door_rules(actor=manager, changes={"blocked_domains": "spam.example"})

    mail = entry("mail.rules_changed", deliver_all)
    assert set(mail.before) == set(mail.after) == {"digest_items"} and mail.after["digest_items"] == 7
    assert entry("question.rules_changed", deliver_all).after == {"follow_up_days": 9}
    doors = entry("doors.changed", deliver_all)
    assert (doors.before, doors.after) == ({"blocked_domains": ""}, {"blocked_domains": "spam.example"})


def test_a_space_and_a_group_say_from_what_to_what(manager: Any, space: Any, deliver_all: Any) -> None:
    name = space.name
    change_space(actor=manager, space=space, changes={"name": "Tents and stoves", "slow_seconds": 60})
    group = create_group(actor=manager, values={"name": "Testers"})
    change_group(actor=manager, group=group, changes={"description": "Who tries things first."})

    changed = entry("space.changed", deliver_all)
    assert changed.before == {"name": name, "slow_seconds": 0}
    assert changed.after == {"name": "Tents and stoves", "slow_seconds": 60}
    assert ("name", name, "Tents and stoves") in differences(changed)
    told = entry("group.changed", deliver_all)
    assert told.before == {"description": ""} and told.after["description"] == "Who tries things first."


def test_the_secret_of_a_provider_is_never_in_the_log(admin: Any, deliver_all: Any) -> None:
    row = SignOnProvider(key="github", kind="github")
    row = save_provider(
        actor=admin, row=row, changes={"name": "GitHub", "client_id": "abc"}, secret="hush-hush"
    )
    save_provider(actor=admin, row=row, changes={}, secret="another-hush")

    told = entry("signon.changed", deliver_all)
    assert told.before == {"secret": MASK} and told.after["secret"] == MASK
    assert "hush" not in str([(one.before, one.after) for one in AuditEntry.objects.all()])


def test_what_the_team_changes_of_a_member_is_said_without_their_words(
    manager: Any, alice: Any, deliver_all: Any
) -> None:
    set_team_title(actor=manager, member=alice, title="Support")

    told = entry("member.profile_changed", deliver_all)
    assert (told.before, told.after) == ({"team_title": ""}, {"team_title": "Support"})


def test_what_members_change_about_themselves_is_named_and_no_more(alice: Any) -> None:
    from community.activity.models import Activity

    edit_profile(actor=alice, member=alice, changes={"location": "Oslo", "bio_md": "I hike."})

    payload = Activity.objects.filter(verb="member.profile_changed").latest("pk").payload
    assert (payload["before"], payload["after"]) == ({}, {}) and "location" in payload["fields"]
