"""The inbox, what members chose, what the contact gate decided, the mail that goes out and comes in, and the browsers told."""

from community.notifications.models.choices import Channel, Choice, Preference, Reach, Stopped
from community.notifications.models.digests import FIRST_HOUR, LAST_HOUR, Digest, DigestPlan, Rhythm, Weekday
from community.notifications.models.inbound import InboundKind, InboundMail, InboundSource, InboundState
from community.notifications.models.inbox import MOST_ACTORS, Actor, Notice, NoticeCause, NoticeQuerySet
from community.notifications.models.mail import Answer, ContactDecision, MailState, OutboundMail
from community.notifications.models.push import (
    OutboundPush,
    PushRules,
    PushState,
    PushSubscription,
    PushSubscriptionQuerySet,
)
from community.notifications.models.rules import MailRules

__all__ = [
    "FIRST_HOUR",
    "LAST_HOUR",
    "MOST_ACTORS",
    "Actor",
    "Answer",
    "Channel",
    "Choice",
    "ContactDecision",
    "Digest",
    "DigestPlan",
    "InboundKind",
    "InboundMail",
    "InboundSource",
    "InboundState",
    "MailRules",
    "MailState",
    "Notice",
    "NoticeCause",
    "NoticeQuerySet",
    "OutboundMail",
    "OutboundPush",
    "Preference",
    "PushRules",
    "PushState",
    "PushSubscription",
    "PushSubscriptionQuerySet",
    "Reach",
    "Rhythm",
    "Stopped",
    "Weekday",
]
