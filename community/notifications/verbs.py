"""What can happen to e-mail and to notices in browsers."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class MailRulesChanged(Changed):
    """Which rules changed, from what and to what."""


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


class PushRulesChanged(Changed):
    """Which rules changed, from what and to what."""


class BrowserAdded(TypedDict):
    """Which browser, in words such as "Firefox on Linux". Its address is nobody else's business."""

    label: str


class BrowserRemoved(TypedDict):
    """Which browser, and who removed it: member or staff."""

    label: str
    reason: str


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
PUSH_RULES_CHANGED = verb(
    "push.rules_changed", PushRulesChanged, "A manager changed how notices to browsers behave."
)
BROWSER_ADDED = verb("push.browser_added", BrowserAdded, "A member turned notices on in a browser.")
BROWSER_REMOVED = verb(
    "push.browser_removed", BrowserRemoved, "Notices to a browser ended, by the member or by staff."
)
REPLY_REFUSED = verb("mail.reply_refused", ReplyRefused, "A member's reply by e-mail was not posted.")
