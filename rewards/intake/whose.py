"""Whose an event is: by customer number, digest of an e-mail address, handle or member number. One question each for a batch."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from community.members.models import Member
from community.sql import fetch
from rewards.intake.models import Customer, NamedBy

if TYPE_CHECKING:
    from rewards.intake.checking import Sent

# An index of this very expression keeps it cheap (migration 0002). Only addresses that somebody showed to be theirs.
_BY_DIGEST = """
SELECT intake_digest(address.email), address.user_id FROM account_emailaddress address
JOIN members_member member ON member.id = address.user_id
WHERE address.verified AND member.is_active AND intake_digest(address.email) = ANY(%s)
"""
# A number of our own in Postgres's space of advisory locks. Whoever looks up whose an event is holds it together with
# others; whoever makes that known holds it alone, so that no event that is being written stays waiting for ever.
_LOCK = 7_351_010
_DIGESTS_OF = "SELECT intake_digest(email), user_id FROM account_emailaddress WHERE verified AND user_id = %s"


class Whose:
    """The members that a batch names, as far as they are known."""

    def __init__(self, sent: Iterable["Sent"]) -> None:
        named: dict[str, set[tuple[str, str]]] = {kind: set() for kind in NamedBy.values}
        for it in sent:
            named[it.named_by].add((it.source, it.who))
        self._found: dict[tuple[str, str, str], int] = {}
        self._customers(named[NamedBy.CUSTOMER])
        self._digests({who for _source, who in named[NamedBy.EMAIL]})
        self._members({who for _source, who in named[NamedBy.HANDLE]}, "handle", NamedBy.HANDLE)
        numbers = {who for _source, who in named[NamedBy.NUMBER] if who.isdecimal() and len(who) < 19}
        self._members(numbers, "pk", NamedBy.NUMBER)

    def member_id(self, sent: "Sent") -> int | None:
        """Return whose an event is, or None when nobody knows yet."""
        scope = sent.source if sent.named_by == NamedBy.CUSTOMER else ""
        return self._found.get((sent.named_by, scope, sent.who))

    def _customers(self, named: set[tuple[str, str]]) -> None:
        if named:
            rows = Customer.objects.filter(
                source__in={source for source, _who in named}, number__in={who for _source, who in named}
            )
            for source, number, pk in rows.filter(member__is_active=True).values_list(
                "source", "number", "member_id"
            ):
                self._found[NamedBy.CUSTOMER, source, number] = pk

    def _digests(self, digests: set[str]) -> None:
        if digests:
            for digest, pk in fetch(_BY_DIGEST, (sorted(digests),), tuple):
                self._found[NamedBy.EMAIL, "", digest] = pk

    def _members(self, named: set[str], column: str, kind: str) -> None:
        if named:
            rows = Member.objects.filter(is_active=True, **{f"{column}__in": named})
            for value, pk in rows.values_list(column, "pk"):
                self._found[kind, "", str(value)] = pk


def digests_of(member: Member) -> list[str]:
    """Return the digests of the addresses that a member showed to be theirs."""
    return [digest for digest, _pk in fetch(_DIGESTS_OF, (member.pk,), tuple)]


def wait_for_links() -> None:
    """Let no member become known until this transaction, which asks for them, has ended."""
    fetch("SELECT pg_advisory_xact_lock_shared(%s)", (_LOCK,), tuple)


def wait_for_takers() -> None:
    """Wait until every event that is being taken in is there to be found."""
    fetch("SELECT pg_advisory_xact_lock(%s)", (_LOCK,), tuple)
