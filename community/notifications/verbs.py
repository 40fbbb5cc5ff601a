"""What can happen to e-mail."""

from typing import TypedDict

from community.activity.registry import verb


class MailRulesChanged(TypedDict):
    """Which rules changed, by name."""

    fields: list[str]


class DigestChosen(TypedDict):
    """The rhythm before and after (empty: the site's), and where it was chosen: settings or mail."""

    before: str
    after: str
    source: str


class AddressStopped(TypedDict):
    """Why the address is left alone: hard, soft or complaint. The address itself is nobody else's business."""

    reason: str


class AddressResumed(TypedDict):
    """Nothing more."""


class ReplyRefused(TypedDict):
    """Why a reply by e-mail was not posted, in the member's language, and what it was for (a path, empty if unseen)."""

    reason: str
    url: str
    thread_id: int | None


MAIL_RULES_CHANGED = verb("mail.rules_changed", MailRulesChanged, "A manager changed how e-mail behaves.")
DIGEST_CHOSEN = verb("digest.chosen", DigestChosen, "A member chose how often the digest comes.")
ADDRESS_STOPPED = verb(
    "member.address_stopped", AddressStopped, "Mail to a member came back, so their address is left alone."
)
ADDRESS_RESUMED = verb("member.address_resumed", AddressResumed, "A member's address is written to again.")
REPLY_REFUSED = verb("mail.reply_refused", ReplyRefused, "A member's reply by e-mail was not posted.")
