"""Asking to be forgotten, and keeping the account after all."""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.notifications.actions import forget_browsers
from community.privacy import limits
from community.privacy.models import Erasure, ErasureState
from community.privacy.permissions import can_anonymise, can_leave
from community.privacy.verbs import ERASURE_ASKED, ERASURE_CANCELLED
from community.writing.lines import one_line


@transaction.atomic
def ask_erasure(*, actor: Member, deletes_posts: bool) -> Erasure:
    """Have `actor` erased after the time to think it over. They are signed out everywhere; signing in keeps the account.

    Raises `Refused` or `Conflict`; then nothing changed.
    """
    can_leave(actor).require()
    due = timezone.now() + limits.COOLING_OFF.span()
    erasure = _begin(actor, Erasure(member=actor, deletes_posts=deletes_posts, due_at=due))
    _sign_out(actor)
    record(ERASURE_ASKED, actor=actor, target=erasure, payload=_facts(erasure))
    return erasure


@transaction.atomic
def keep_account(*, actor: Member) -> bool:
    """Take back one's wish to be erased. Returns whether there was one that had not begun.

    What the team decided is theirs to take back.
    """
    mine = Erasure.objects.select_for_update(of=("self",)).filter(
        member=actor, state=ErasureState.WAITING, asked_by=None
    )
    erasure = mine.first()
    if erasure is None:
        return False
    erasure.state, erasure.done_at = ErasureState.CANCELLED, timezone.now()
    erasure.save(update_fields=["state", "done_at"])
    record(ERASURE_CANCELLED, actor=actor, target=erasure, payload=_facts(erasure))
    return True


@transaction.atomic
def anonymise_member(*, actor: Member, member: Member, reason: str, deletes_posts: bool = False) -> Erasure:
    """Have `member` erased now, by the team, with a reason that the log keeps. There is no way back.

    Raises `Refused`, `Invalid` without a reason, or `Conflict`; then nothing changed.
    """
    member = Member.objects.get_queryset().select_for_update().get(pk=member.pk)
    can_anonymise(actor, member).require()
    reason = one_line(reason)[: limits.REASON_LENGTH]
    if not reason:
        sentence = _("Say why. The log keeps it.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    # Their own wish ends in this one: no letter says that the account stays.
    own = Erasure.objects.filter(member=member, state=ErasureState.WAITING)
    own.update(state=ErasureState.CANCELLED, done_at=timezone.now(), lease_until=timezone.now())
    erasure = _begin(
        member,
        Erasure(
            member=member,
            deletes_posts=deletes_posts,
            due_at=timezone.now(),
            asked_by=actor,
            reason=reason,
            told_at=timezone.now(),
            reminded_at=timezone.now(),
        ),
    )
    _sign_out(member)
    record(ERASURE_ASKED, actor=actor, target=member, payload=_facts(erasure))
    return erasure


def _begin(member: Member, erasure: Erasure) -> Erasure:
    try:
        with transaction.atomic():
            erasure.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("erasure_under_way", _("This account is to be erased already.")) from error
    return erasure


def _sign_out(member: Member) -> None:
    """End what still opens the account: sessions, keys of programs and of other sites, browsers that hear of news."""
    sessions = apps.get_model("usersessions.UserSession").objects.filter(user=member)
    keys = list(sessions.values_list("session_key", flat=True))
    apps.get_model("sessions.Session").objects.filter(session_key__in=keys).delete()
    sessions.delete()
    apps.get_model("integrations.ApiKey").objects.filter(member=member, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if apps.is_installed("allauth.idp.oidc"):
        apps.get_model("allauth_idp_oidc.Token").objects.filter(user=member).delete()
    forget_browsers(actor=None, member=member)


def _facts(erasure: Erasure) -> dict[str, object]:
    return {
        "member_id": erasure.member_id,
        "deletes_posts": erasure.deletes_posts,
        "reason": erasure.reason,
    }
