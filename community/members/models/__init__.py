"""People, the groups they are in, and what ties them."""

from community.members.fields.models import FieldKind, FilledBy, ProfileField, SeenBy
from community.members.invitations.models import (
    Invitation,
    InvitationBatch,
    InvitationUse,
    MailWanted,
    UninvitedAddress,
)
from community.members.models.arrivals import Arrival
from community.members.models.automatic import Rule, level_of, people_by, right_of, rules_met, words_for_rule
from community.members.models.doors import (
    Admission,
    AdmissionState,
    DoorRules,
    Joining,
    ProofAsked,
    SecondFactor,
)
from community.members.models.groups import (
    AskState,
    Audience,
    Callers,
    Group,
    GroupAsk,
    GroupMembership,
    JoinMode,
    Source,
    check_domain,
)
from community.members.models.member import (
    HANDLE,
    Member,
    MemberManager,
    MemberQuerySet,
    MessagesFrom,
    Role,
    Theme,
    check_handle,
)
from community.members.models.profiles import Profile
from community.members.models.signon import ProviderKind, SignOnProvider
from community.members.models.terms import Document, TermsAcceptance, TermsVersion
from community.members.models.ties import Block, ConsentRecord, Follow, Ignore
from community.members.models.trust import TrustRecord, Visit

__all__ = [
    "HANDLE",
    "Admission",
    "AdmissionState",
    "Arrival",
    "AskState",
    "Audience",
    "Block",
    "Callers",
    "ConsentRecord",
    "Document",
    "DoorRules",
    "FieldKind",
    "FilledBy",
    "Follow",
    "Group",
    "GroupAsk",
    "GroupMembership",
    "Ignore",
    "Invitation",
    "InvitationBatch",
    "InvitationUse",
    "JoinMode",
    "Joining",
    "MailWanted",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "MessagesFrom",
    "Profile",
    "ProfileField",
    "ProofAsked",
    "ProviderKind",
    "Role",
    "Rule",
    "SecondFactor",
    "SeenBy",
    "SignOnProvider",
    "Source",
    "TermsAcceptance",
    "TermsVersion",
    "Theme",
    "TrustRecord",
    "UninvitedAddress",
    "Visit",
    "check_domain",
    "check_handle",
    "level_of",
    "people_by",
    "right_of",
    "rules_met",
    "words_for_rule",
]
