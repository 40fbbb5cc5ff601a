"""What a provider says about a member beyond who they are: a customer, in these groups, with these answers.

Each kind of claim has a hearer; features above register theirs, so that nothing here knows them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from community.members.fields.actions import set_fields_from_claims
from community.members.groups.actions import sync_groups_from_claims
from community.members.models import Member
from community.members.signon.providers import Provider
from community.members.trust.actions import mark_known_customer

Hearer = Callable[[Member, Provider, Mapping[str, Any]], None]
_NO = (None, False, 0, "", "0", "false", "no")
_hearers: list[Hearer] = []


def hear_claims(hearer: Hearer) -> None:
    """Let `hearer` hear what providers say at every sign-in. Called once, when the app is ready."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def claims_of(sociallogin: Any) -> dict[str, Any]:
    """Return everything a provider said, flat: what it answered about the account wins over its token."""
    said: Mapping[str, Any] = sociallogin.account.extra_data or {}
    flat = {name: value for name, value in said.items() if name not in ("id_token", "userinfo")}
    for part in ("id_token", "userinfo"):
        if isinstance(said.get(part), Mapping):
            flat.update(said[part])
    return flat


def heed_claims(*, actor: None, member: Member, provider: Provider, claims: Mapping[str, Any]) -> None:
    """Make true what a provider says about `member`, as far as its row names the claims."""
    if provider.customer_claim and _says_yes(claims.get(provider.customer_claim)):
        mark_known_customer(actor=None, member=member, source=provider.key)
    if provider.groups_claim:
        named = group_claims(claims.get(provider.groups_claim))
        sync_groups_from_claims(actor=None, member=member, claims=named)
    fields = field_claims(provider.field_claims)
    answers = {key: claims[claim] for claim, key in fields.items() if claim in claims}
    if answers:
        set_fields_from_claims(actor=None, member=member, claims=answers)
    for hearer in _hearers:
        hearer(member, provider, claims)


def group_claims(value: Any) -> list[str]:
    """Return the groups a provider names: a list, or a text with commas or spaces between. One it leaves out names none."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def field_claims(text: str) -> dict[str, str]:
    """Read lines of `claim = key of the field`; a line without a sign names both alike."""
    found = {}
    for line in text.splitlines():
        claim, _sign, key = line.partition("=")
        if claim.strip():
            found[claim.strip()] = key.strip() or claim.strip()
    return found


def _says_yes(value: Any) -> bool:
    return value not in _NO and value != []
