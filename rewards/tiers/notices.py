"""The notice that tiers bring."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.audit import write_entry
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, NoticeWords, Purpose, register
from rewards.points.panels import who_wants_recognition
from rewards.points.words import translated
from rewards.tiers.queries import find_tier
from rewards.tiers.verbs import (
    INVITED_TIER_CHANGED,
    PERK_CHANGED,
    TIER_CHANGED,
    TIER_GRACE,
    TIER_INVITED,
    TIER_REACHED,
    TIER_RULES_CHANGED,
    TIER_UNINVITED,
)


def _words(notice: Notice, _subject: None) -> NoticeWords:
    tier = find_tier(notice.payload["tier"])
    name = translated(tier.name) if tier else notice.payload["name"]
    return NoticeWords(
        title=say("You are now %(tier)s") % {"tier": name},
        text="; ".join(translated(ability) for ability in tier.abilities) if tier else "",
        url="/me/points/",
        icon="point",
        button=say("See your way so far"),
    )


TIER = register(
    Kind(
        key="tier.reached",
        label=_("You reach a tier"),
        why=_("You get this because your points reached a tier."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_words,
    )
)


def _grace_words(notice: Notice, _subject: None) -> NoticeWords:
    tier = find_tier(notice.payload["tier"])
    name = translated(tier.name) if tier else notice.payload["name"]
    until = date_format(dt.datetime.fromisoformat(notice.payload["until"]).date())
    return NoticeWords(
        title=say("You are %(tier)s until %(day)s, whatever happens") % {"tier": name, "day": until},
        text=say(
            "Your page says which points count by then. What you gave to others stays, and so do your points."
        ),
        url="/me/points/",
        icon="point",
        button=say("See your way so far"),
    )


GRACE = register(
    Kind(
        key="tier.grace",
        label=_("A tier of yours has an end date"),
        why=_("You get this because fewer of your points count for your tier now."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_grace_words,
    )
)


@consumer(TIER_GRACE, hears_replays=False)
def tell_grace(activity: Activity) -> None:
    """Tell the member at the start of it how long their tier stays."""
    payload = activity.payload
    notify(
        actor=None,
        member_ids=who_wants_recognition([payload["member_id"]]),
        kind=GRACE,
        activity=activity,
        payload={"tier": payload["tier"], "name": payload["name"], "until": payload["until"]},
    )


def _invited_words(notice: Notice, _subject: None) -> NoticeWords:
    payload = notice.payload
    title = say("You are now in %(tier)s") if payload["begins"] else say("Your time in %(tier)s has ended")
    return NoticeWords(
        title=title % {"tier": payload["name"]},
        text=payload["reason"],
        url="/me/points/",
        icon="point",
        button=say("See your way so far"),
    )


INVITED = register(
    Kind(
        key="tier.invited",
        label=_("The team invites you to a tier"),
        why=_("You get this because the team invited you to a tier, or ended that."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_invited_words,
    )
)


@consumer(TIER_INVITED, TIER_UNINVITED, hears_replays=False)
def tell_invited(activity: Activity) -> None:
    """Tell the member, with the reason."""
    payload = activity.payload
    begins = activity.verb == TIER_INVITED.name
    notify(
        actor=None,
        member_ids=who_wants_recognition([payload["member_id"]]),
        kind=INVITED,
        activity=activity,
        payload={"name": payload["name"], "reason": payload["reason"], "begins": begins},
    )


@consumer(TIER_REACHED, hears_replays=False)
def tell_member(activity: Activity) -> None:
    """Tell the member, once in each tier's life."""
    payload = activity.payload
    notify(
        actor=None,
        member_ids=who_wants_recognition([payload["member_id"]]),
        kind=TIER,
        activity=activity,
        payload={"tier": payload["tier"], "name": payload["name"]},
    )


@consumer(
    TIER_CHANGED,
    TIER_RULES_CHANGED,
    PERK_CHANGED,
    INVITED_TIER_CHANGED,
    TIER_INVITED,
    TIER_UNINVITED,
    hears_replays=False,
)
def audit_tiers(activity: Activity) -> None:
    """Write down who changed the tiers."""
    write_entry(activity)
