"""How long visits, invitations, sign-ins that ended and answered wishes are kept."""

import datetime as dt
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from community.members.models import Admission, AdmissionState, AskState, GroupAsk, Invitation, Visit
from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, add_rule

# The longest time that trust levels may look back: shorter, and regulars would lose days they came on.
_LOOKS_BACK = 1095
KEEP_VISITS = Number(
    "members.keep_visits_days",
    _("How long it is kept on which days somebody was here"),
    _("Trust levels count these days, as far back as level 3 may look."),
    default=_LOOKS_BACK,
    least=_LOOKS_BACK,
    most=3650,
    unit=Unit.DAYS,
)
KEEP_SIGN_INS = Number(
    "members.keep_sign_ins_days",
    _("How long sign-ins that ended are kept"),
    _("With the network address and the browser. Whoever is signed in sees theirs in the settings."),
    default=90,
    least=14,
    most=400,
    unit=Unit.DAYS,
)
KEEP_INVITATIONS = Number(
    "members.keep_invitations_days",
    _("How long invitations are kept that nobody took"),
    _("Counted from the day they ran out. They hold addresses of people who are not members."),
    default=90,
    least=7,
    most=3650,
    unit=Unit.DAYS,
)
KEEP_WISHES = Number(
    "members.keep_wishes_days",
    _("How long wishes to join are kept once they are answered"),
    _("Wishes to join the community or a group, with what was said."),
    default=365,
    least=30,
    most=3650,
    unit=Unit.DAYS,
)


def _over(before: dt.datetime) -> "QuerySet[Session]":
    return Session.objects.filter(expire_date__lt=before)


def _sign_ins(before: dt.datetime) -> "QuerySet[Any]":
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    rows: QuerySet[Any] = UserSession.objects.filter(created_at__lt=before).exclude(Exists(alive))
    return rows


def _visits(before: dt.datetime) -> "QuerySet[Visit]":
    return Visit.objects.filter(day__lt=before.date())


def _invitations(before: dt.datetime) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(expires_at__lt=before, use_count=0)


def _asks(before: dt.datetime) -> "QuerySet[GroupAsk]":
    return GroupAsk.objects.filter(answered_at__lt=before).exclude(state=AskState.OPEN)


def _admissions(before: dt.datetime) -> "QuerySet[Admission]":
    return Admission.objects.filter(decided_at__lt=before, state=AdmissionState.APPROVED)


def _add(
    key: str, title: Any, what: Any, keeps: Any, rows: Any, age: str, order: int, spared: Any = ""
) -> None:
    add_rule(RetentionRule(f"members.{key}", title, what, keeps, rows, age, spared=spared, order=order))


_add(
    "sessions",
    _("Sessions that ended"),
    _("What a browser was signed in with. They open nothing any more."),
    dt.timedelta(0),
    _over,
    "expire_date",
    105,
)
_add(
    "sign_ins",
    _("Sign-ins that ended"),
    _("When somebody signed in, with the network address and the browser."),
    KEEP_SIGN_INS,
    _sign_ins,
    "created_at",
    100,
    _("Browsers that are signed in stay."),
)
_add(
    "visits",
    _("Days on which somebody was here"),
    _("One row for each member and day."),
    KEEP_VISITS,
    _visits,
    "day",
    110,
)
_add(
    "invitations",
    _("Invitations that ran out"),
    _("With the address they were sent to."),
    KEEP_INVITATIONS,
    _invitations,
    "expires_at",
    115,
    _("Those that brought somebody stay: they say who invited whom."),
)
_add(
    "group_asks",
    _("Wishes to join a group, answered"),
    _("Who asked or was asked, what they wrote and who answered. Who is in the group stays."),
    KEEP_WISHES,
    _asks,
    "answered_at",
    120,
)
_add(
    "admissions",
    _("Wishes to join the community, granted"),
    _("Why somebody wanted to join, and what we wrote to them."),
    KEEP_WISHES,
    _admissions,
    "decided_at",
    121,
    _("Those not let in stay: their account stays closed by them."),
)
