"""What an account holds about its owner, and what becomes of it. The tables of the sign-in package are spoken for here."""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.belongings import Belonging, Column, Fate, Leaving, Row, add_belonging, table, unlisted
from community.members.models import Block, GroupMembership, Member

# What the house reckons, or what opens the account, is not the member's own word about themselves.
_HIDDEN = frozenset({"password", "is_superuser", "bio_html", "avatar_url"})
_SINCE = {"created_at": _("Since")}


def _account(owner: Member) -> Iterator[Row]:
    """Everything on the account itself, so that a column added later is handed out without anybody thinking of it."""
    names = [field.attname for field in Member._meta.concrete_fields if field.name not in _HIDDEN]
    yield Member.objects.filter(pk=owner.pk).values(*names).get()


def _end_sessions(leaving: Leaving) -> int:
    """Sign them out everywhere: of each session the row that opens it goes too."""
    sessions = apps.get_model("usersessions.UserSession").objects.filter(user=leaving.member_id)
    keys = list(sessions.values_list("session_key", flat=True)[:500])
    with transaction.atomic():
        apps.get_model("sessions.Session").objects.filter(session_key__in=keys).delete()
        sessions.filter(session_key__in=keys).delete()
    return len(keys)


def _forget_blocks(leaving: Leaving) -> int:
    """Take the blocks of others back with the count each of them keeps."""
    from community.members.actions import add_to_counters

    blocks = list(Block.objects.filter(blocked=leaving.member_id)[:200])
    for block in blocks:
        with transaction.atomic():
            if Block.objects.filter(pk=block.pk).delete()[0]:
                add_to_counters(actor=None, member_id=block.blocker_id, block_count=-1)
    return len(blocks)


def _leave_groups(leaving: Leaving) -> int:
    """Take them out of their groups like anybody who leaves: counts, requests that wait for an owner, levels follow."""
    from community.members.groups.actions.joining import take_out

    places = GroupMembership.objects.filter(member=leaving.member_id).select_related("group", "member")
    found = list(places.order_by("group_id")[:200])
    for place in found:
        take_out(None, place.group, place.member)
    return len(found)


def _carry_ownership(source: Member, target: Member) -> None:
    """Where both accounts are in a group, one place goes: let the other look after the group if that one did."""
    owned = GroupMembership.objects.filter(member=source.pk, is_owner=True)
    places = GroupMembership.objects.filter(member=target.pk, group__in=owned.values("group"))
    places.filter(is_owner=False).update(is_owner=True)


_ACCOUNT = {
    "handle": _("Handle"),
    "name": _("Name"),
    "email": _("E-mail"),
    "bio_md": _("About"),
    "location": _("Place"),
    "website": _("Website"),
    "joined_at": _("Joined"),
    "last_seen_at": _("Last seen"),
}

# First of all, so that who looks after a group is known before the places in groups move.
add_belonging(
    Belonging(
        "members.account",
        _("Your account"),
        words=_ACCOUNT,
        rows=_account,
        merge=_carry_ownership,
        order=1,
    )
)
table(
    "members.addresses",
    _("E-mail addresses"),
    "account.EmailAddress",
    "user",
    {"email": _("E-mail"), "verified": _("Confirmed"), "primary": _("In use")},
    order=2,
)
table(
    "members.steps",
    _("Second steps of signing in"),
    "mfa.Authenticator",
    "user",
    {"type": _("Kind"), "created_at": _("Since"), "last_used_at": _("Last used")},
    moves=False,
)
table(
    "members.links",
    _("Other accounts you sign in with"),
    "socialaccount.SocialAccount",
    "user",
    {"provider": _("Where"), "uid": _("Number"), "date_joined": _("Since"), "last_login": _("Last used")},
    moves=False,
)
if apps.is_installed("allauth.idp.oidc"):
    unlisted(
        "members.vouched",
        _("Other sites you sign in to from here"),
        _("Keys that open nothing any more after some minutes."),
        Column("allauth_idp_oidc.Token", "user", Fate.DELETE, moves=False),
        Column("allauth_idp_oidc.Client", "owner", Fate.DETACH, moves=False),
    )
table(
    "members.sessions",
    _("Where you are signed in"),
    "usersessions.UserSession",
    "user",
    {
        "created_at": _("Since"),
        "last_seen_at": _("Last seen"),
        "ip": _("IP address"),
        "user_agent": _("Browser"),
    },
    erase=_end_sessions,
    moves=False,
    order=3,
)
table(
    "members.arrival",
    _("How you joined"),
    "members.Arrival",
    "member",
    {"was_quick": _("Filled in within seconds"), "proof": _("Small sum of your browser"), "at": _("When")},
    moves=False,
)
table(
    "members.groups",
    _("Groups you are in"),
    "members.GroupMembership",
    "member",
    {"group__name": _("Group"), "added_at": _("Since")},
    columns=(Column("members.GroupMembership", "added_by", Fate.DETACH),),
    erase=_leave_groups,
)
table(
    "members.group_asks",
    _("Groups you asked to join or were invited into"),
    "members.GroupAsk",
    "member",
    {"group__name": _("Group"), "words": _("In your words"), "state": _("State"), "asked_at": _("When")},
    columns=(
        Column("members.GroupAsk", "asked_by", Fate.DETACH),
        Column("members.GroupAsk", "answered_by", Fate.DETACH),
    ),
)
table(
    "members.follows",
    _("People you follow"),
    "members.Follow",
    "follower",
    {"followed__handle": _("Handle"), **_SINCE},
    columns=(Column("members.Follow", "followed", Fate.DELETE),),
)
table(
    "members.blocks",
    _("People you block"),
    "members.Block",
    "blocker",
    {"blocked__handle": _("Handle"), **_SINCE},
    columns=(Column("members.Block", "blocked", Fate.DELETE),),
    erase=_forget_blocks,
)
table(
    "members.ignores",
    _("People you ignore for a while"),
    "members.Ignore",
    "ignorer",
    {"ignored__handle": _("Handle"), "until": _("Until"), **_SINCE},
    columns=(Column("members.Ignore", "ignored", Fate.DELETE),),
)
table(
    "members.profile",
    _("Your profile"),
    "members.Profile",
    "member",
    {"answers": _("What you told about yourself")},
)
table(
    "members.invitations",
    _("Your invitations"),
    "members.Invitation",
    "inviter",
    {"email": _("E-mail"), "message": _("Your words"), "landing": _("Leads to"), "created_at": _("When")},
    columns=(Column("members.InvitationBatch", "actor", Fate.DETACH),),
)
table(
    "members.invited",
    _("Invitations you came by"),
    "members.InvitationUse",
    "member",
    {"used_at": _("When")},
)
table(
    "members.visits",
    _("Days you were here"),
    "members.Visit",
    "member",
    {"day": _("Day")},
)
table(
    "members.trust",
    _("How far you are known"),
    "members.TrustRecord",
    "member",
    {"floor": _("Level"), "reason": _("Reason"), "set_at": _("When"), "customer_source": _("Known through")},
    columns=(Column("members.TrustRecord", "set_by", Fate.DETACH),),
)
table(
    "members.admission",
    _("How you were let in"),
    "members.Admission",
    "member",
    {"why": _("In your words"), "state": _("State"), "asked_at": _("When"), "answer": _("Answer")},
    columns=(Column("members.Admission", "decided_by", Fate.DETACH),),
)
table(
    "members.agreements",
    _("Terms you agreed to"),
    "members.TermsAcceptance",
    "member",
    {"versions": _("Versions"), "source": _("Where"), "accepted_at": _("When")},
    columns=(Column("members.TermsVersion", "published_by", Fate.DETACH),),
    moves=False,
)
table(
    "members.consents",
    _("What you agreed to"),
    "members.ConsentRecord",
    "member",
    {"purpose": _("What for"), "given": _("Agreed"), "source": _("Where"), "recorded_at": _("When")},
)
unlisted(
    "members.rights",
    _("Rights of the framework"),
    _("Nobody has any: what one may do follows the role, which stands on the account."),
    Column("members.Member_groups", "member", Fate.DELETE, moves=False),
    Column("members.Member_user_permissions", "member", Fate.DELETE, moves=False),
)
unlisted(
    "members.desk",
    _("What you did in the administration"),
    _("It is the community's record of its own work; it names you only as long as you are here."),
    Column(
        "admin.LogEntry",
        "user",
        Fate.KEEP,
        _("Who did what in the administration stays accountable, by number."),
        moves=False,
    ),
    named_in=("admin.LogEntry.object_repr", "admin.LogEntry.change_message"),
)
