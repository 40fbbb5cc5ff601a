"""The people of the demo, with the day on which each joined."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from community.activity.record import Happening, record_many
from community.members.models import Member
from community.members.verbs import MEMBER_JOINED
from community.writing.limited import render_limited
from config.demo.reader import Entry, people

PASSWORD = "porchlight demo password"  # noqa: S105 - printed on the screen of every trial
_hash = make_password(PASSWORD)


@transaction.atomic
def add_people(now: dt.datetime) -> dict[str, Member]:
    """Let everybody join who is not here yet. Returns all of them by handle."""
    known = {member.handle: member for member in Member.objects.all()}
    fresh = [_member(person, now) for person in people() if person["handle"] not in known]
    Member.objects.bulk_create(fresh)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in fresh
    )
    record_many(
        (
            Happening(
                verb=MEMBER_JOINED,
                actor_id=member.pk,
                target_type="members.member",
                target_pk=member.pk,
                payload={"name": member.name, "handle": member.handle},
                occurred_at=member.joined_at,
            )
            for member in fresh
        ),
        quiet=True,
    )
    return known | {member.handle: member for member in fresh}


def _member(person: Entry, now: dt.datetime) -> Member:
    bio = person.get("bio", "")
    suspended = person.get("suspended", "")
    return Member(
        handle=person["handle"],
        name=person["name"],
        email=f"{person['handle']}@tarn.example",
        password=_hash,
        role=person.get("role", "member"),
        is_superuser=person.get("role") == "admin",
        team_title=person.get("title", ""),
        trust_level=person.get("trust", 1 if person["joined"] > 30 else 0),
        joined_at=now - dt.timedelta(days=person["joined"]),
        last_seen_at=now - dt.timedelta(hours=person["joined"] % 50),
        avatar_url=f"{settings.STATIC_URL}demo/portraits/{person['portrait']}.svg",
        bio_md=bio,
        bio_html=render_limited(bio).html if bio else "",
        location=person.get("place", ""),
        language=person.get("language", ""),
        on_leaderboards=person.get("listed", False),
        suspended_until=now + dt.timedelta(days=90) if suspended else None,
        restriction_reason=suspended,
    )


def sign_ins() -> list[dict[str, Any]]:
    """Return who can sign in to the demo, by what they are."""
    roles = {
        "member": "maya",
        "leader": "tomasz",
        "moderator": "hana",
        "manager": "dewi",
        "admin": "admin",
        "suspended": "rex",
    }
    return [
        {"role": role, "handle": handle, "email": f"{handle}@tarn.example", "password": PASSWORD}
        for role, handle in roles.items()
    ]
