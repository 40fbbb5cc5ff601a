"""What can happen to members."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb
from community.members.groups import verbs as _groups  # noqa: F401 - its verbs are of this app


class MemberJoined(TypedDict):
    """Snapshot of a newcomer."""

    name: str
    handle: str


class AddressConfirmed(TypedDict):
    """Nothing more: the address itself is nobody else's business."""


class ProfileChanged(Changed):
    """Which fields changed. What they were and are is said where the team changed somebody else’s; personal words are masked."""


class MemberFollowed(TypedDict):
    """Who was followed."""

    followed_id: int


class RoleChanged(TypedDict):
    """The role before and after."""

    before: str
    after: str


class TrustChanged(TypedDict):
    """The level before and after; `cause` is earned, lost, set or customer."""

    before: int
    after: int
    cause: str


class TrustSet(TypedDict):
    """The level before and after a manager's decision, whether it is locked, and the reason told to the member."""

    before: int
    after: int
    locked: bool
    reason: str


class TrustSlipping(TypedDict):
    """Until when the level stays."""

    until: str


class CustomerKnown(TypedDict):
    """Who vouched for them."""

    source: str


class DoorsChanged(Changed):
    """Which of the door rules changed, from what and to what."""


class DeviceIsNew(TypedDict):
    """What the browser says of itself. Nothing is kept of where it was."""

    agent: str


class SessionsEnded(TypedDict):
    """How many browsers were signed out, and whether all others were meant."""

    count: int
    all: bool


class SecondFactorChanged(TypedDict):
    """Whether there is a second step now."""

    has: bool


class AdmissionAsked(TypedDict):
    """Nothing more: what they wrote is on the wish itself."""


class AdmissionDecided(TypedDict):
    """What the team said, and the words it wrote to the newcomer."""

    approved: bool
    answer: str


class ProviderChanged(Changed):
    """Its key, which fields changed (secrets are masked), and whether its button is shown."""

    key: str
    is_on: bool


class ProviderRemoved(TypedDict):
    """Its key."""

    key: str


class LinkChanged(TypedDict):
    """The key of the provider."""

    provider: str


class TermsPublished(TypedDict):
    """Which document, its version, and whether everyone is asked again."""

    document: str
    version: int
    is_material: bool


class TermsAccepted(TypedDict):
    """The round, and the version of each document."""

    round: int
    versions: dict[str, int]


MEMBER_JOINED = verb(
    "member.joined", MemberJoined, "An account was created and its e-mail confirmed or not required."
)
ADDRESS_CONFIRMED = verb(
    "member.address_confirmed",
    AddressConfirmed,
    "A member opened the link that shows an e-mail address to be theirs.",
)
PROFILE_CHANGED = verb("member.profile_changed", ProfileChanged, "A member changed their profile or choices.")
MEMBER_FOLLOWED = verb("member.followed", MemberFollowed, "A member began to follow another.")
ROLE_CHANGED = verb("member.role_changed", RoleChanged, "Staff changed what a member may do.")
TRUST_CHANGED = verb("member.trust_changed", TrustChanged, "A member's trust level moved.")
TRUST_SET = verb("member.trust_set", TrustSet, "A manager granted or locked a member's trust level.")
TRUST_SLIPPING = verb(
    "member.trust_slipping", TrustSlipping, "A regular fell below the marks of the level; a grace began."
)
CUSTOMER_KNOWN = verb(
    "member.customer_known", CustomerKnown, "The brand's own system vouched for a member as a customer."
)
DOORS_CHANGED = verb("doors.changed", DoorsChanged, "A manager changed who may join or how people sign in.")
DEVICE_IS_NEW = verb(
    "member.new_device", DeviceIsNew, "A member signed in with a browser that never opened this account."
)
SESSIONS_ENDED = verb("member.sessions_ended", SessionsEnded, "A member signed browsers of theirs out.")
SECOND_FACTOR_CHANGED = verb(
    "member.second_factor", SecondFactorChanged, "A member's account got a second step, or lost its last one."
)
ADMISSION_ASKED = verb(
    "admission.asked", AdmissionAsked, "Someone wants to join, and waits for the team to say yes."
)
ADMISSION_DECIDED = verb("admission.decided", AdmissionDecided, "The team let a newcomer in, or did not.")
PROVIDER_CHANGED = verb("signon.changed", ProviderChanged, "A manager added or changed a sign-in provider.")
PROVIDER_REMOVED = verb("signon.removed", ProviderRemoved, "A manager took a sign-in provider away.")
LINK_ADDED = verb(
    "member.link_added", LinkChanged, "A member linked another way to sign in to their account."
)
LINK_REMOVED = verb("member.link_removed", LinkChanged, "A member took a linked way to sign in away.")
TERMS_PUBLISHED = verb("terms.published", TermsPublished, "A manager published a version of the terms.")
TERMS_ACCEPTED = verb("terms.accepted", TermsAccepted, "A member agreed to the terms in force.")
