"""Turning notices on and off in a browser, and trying them out."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.egress import EgressRefused, read_target
from community.errors import Invalid
from community.members.models import Member
from community.notifications import limits
from community.notifications.models import OutboundPush, PushSubscription
from community.notifications.permissions import can_change_push_rules, can_have_browsers
from community.notifications.push.keys import is_on
from community.notifications.push.kinds import TEST
from community.notifications.push.labels import label_of
from community.notifications.push.queue import ring_push
from community.notifications.push.sealing import UnusableKeys, check_keys
from community.notifications.queries.browsers import browsers_of, get_browser_for
from community.notifications.queries.rules import current_push_rules
from community.notifications.registry import Purpose
from community.notifications.verbs import BROWSER_ADDED, BROWSER_REMOVED


@transaction.atomic
def add_browser(
    *, actor: Member, endpoint: str, p256dh: str, auth: str, user_agent: str = "", session_key: str = ""
) -> PushSubscription:
    """Send notices to a browser of `actor` from now on. One that somebody else was signed in to before changes hands.

    Raises `Refused`, `RateLimited` or `Invalid`.
    """
    can_have_browsers(actor).require()
    limits.CHANGE_BROWSERS.spend(actor)
    _check(endpoint, p256dh, auth)
    # Two tabs that turn it on at once must not pass the number together.
    Member.objects.select_for_update(no_key=True).get(pk=actor.pk)
    known = PushSubscription.objects.select_for_update().filter(endpoint=endpoint).first()
    if known is not None and known.member_id != actor.pk:
        known.delete()
        known = None
    if known is None:
        _check_room(actor)
    browser = known or PushSubscription(member=actor, endpoint=endpoint)
    browser.p256dh, browser.auth, browser.session_key = p256dh, auth, session_key
    browser.label = label_of(user_agent)[:80]
    browser.failures, browser.retired_at, browser.detail = 0, None, ""
    browser.save()
    if known is None:
        record(BROWSER_ADDED, actor=actor, target=browser, payload={"label": browser.label})
    return browser


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    if not is_on():
        raise Invalid("push_off", _("This community sends no notices to browsers."))
    if len(endpoint) > 1000 or len(p256dh) > 100 or len(auth) > 32:
        raise Invalid("subscription_unusable", _("What the browser sent cannot be used."))
    try:
        read_target(endpoint)
        check_keys(p256dh, auth)
    except (EgressRefused, UnusableKeys) as error:
        raise Invalid("subscription_unusable", _("What the browser sent cannot be used.")) from error


def _check_room(actor: Member) -> None:
    most = current_push_rules().most_browsers
    if PushSubscription.objects.live().filter(member=actor).count() >= most:
        text = ngettext(
            "You have notices in %(n)d browser already. Remove it first.",
            "You have notices in %(n)d browsers already. Remove one first.",
            most,
        )
        raise Invalid("too_many_browsers", text % {"n": most})


@transaction.atomic
def remove_browser(*, actor: Member, pk: int) -> None:
    """Send no more notices to one browser of `actor`. Raises `NotFound` for anyone else's."""
    _remove(actor, get_browser_for(actor, pk), reason="member")


@transaction.atomic
def remove_this_browser(*, actor: Member, endpoint: str) -> bool:
    """Send no more notices to the browser that has this address. Returns False when it was none of `actor`'s."""
    found = PushSubscription.objects.filter(member=actor, endpoint=endpoint).first()
    if found is not None:
        _remove(actor, found, reason="member")
    return found is not None


@transaction.atomic
def remove_dead_browsers(*, actor: Member, pks: Iterable[int]) -> int:
    """Remove browsers that were given up; others stay. Raises `Refused`. Returns how many."""
    can_change_push_rules(actor).require()
    dead = PushSubscription.objects.filter(pk__in=list(pks), retired_at__isnull=False).order_by("pk")
    rows = list(dead.select_for_update())
    for browser in rows:
        _remove(actor, browser, reason="staff")
    return len(rows)


def _remove(actor: Member, browser: PushSubscription, *, reason: str) -> None:
    record(BROWSER_REMOVED, actor=actor, target=browser, payload={"label": browser.label, "reason": reason})
    browser.delete()


@transaction.atomic
def forget_browsers(*, actor: Member | None, member: Member) -> int:
    """Remove every browser of a member who was suspended or whose account is closed. Returns how many."""
    deleted, _by_model = PushSubscription.objects.filter(member=member).delete()
    return deleted


def take_browser_along(actor: Member, before: str, after: str) -> int:
    """Keep the browser of a session that got another key: it is not one where the member signed out. Returns how many."""
    return PushSubscription.objects.filter(member=actor, session_key=before).update(session_key=after)


@transaction.atomic
def send_test(*, actor: Member) -> OutboundPush:
    """Send `actor` a notice that says that notices work. Raises `Refused`, `RateLimited` or `Invalid`."""
    can_have_browsers(actor).require()
    limits.TEST_PUSH.spend(actor)
    if not browsers_of(actor):
        raise Invalid("no_browser", _("Turn notices on in a browser first."))
    push = OutboundPush.objects.create(member=actor, kind=TEST, purpose=Purpose.ESSENTIAL)
    ring_push()
    return push
