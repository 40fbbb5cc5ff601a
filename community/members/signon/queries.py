"""Reading which ways in a member has linked."""

import datetime as dt
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount

from community.members.models import Member
from community.members.signon.providers import Provider, find_provider, providers


@dataclass(frozen=True, slots=True)
class Link:
    """A way in that is linked to an account."""

    pk: int
    name: str
    since: dt.datetime
    last_used: dt.datetime


@dataclass(frozen=True, slots=True)
class LinksPage:
    """What is linked, and what can be."""

    linked: list[Link]
    others: list[Provider]


def links_of(member: Member) -> LinksPage:
    """Return a member's linked ways in, and the providers they have not linked."""
    rows = list(SocialAccount.objects.filter(user=member).order_by("pk"))
    taken = {row.provider for row in rows}
    linked = [Link(row.pk, _name(row.provider), row.date_joined, row.last_login) for row in rows]
    return LinksPage(linked, [provider for provider in providers() if provider.key not in taken])


def _name(key: str) -> str:
    provider = find_provider(key)
    return provider.name if provider is not None else key
