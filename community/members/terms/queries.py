"""Reading the terms: what is in force, what was, and what a member has not agreed to yet."""

from community.errors import NotFound
from community.members.models import Document, Member, TermsAcceptance, TermsVersion


def versions_in_force() -> list[TermsVersion]:
    """Return the latest version of each document that has any."""
    rows = TermsVersion.objects.order_by("document", "-version").distinct("document")
    order = list(Document.values)
    return sorted(rows, key=lambda row: order.index(row.document))


def get_version(document: str, number: int) -> TermsVersion:
    """Return one version of a document, in force or not: everybody may read what was agreed to. Raises `NotFound`."""
    row = TermsVersion.objects.filter(document=document, version=number).first()
    if row is None:
        raise NotFound()
    return row


def new_to(member: Member) -> list[TermsVersion]:
    """Return the material versions a member has not agreed to, the oldest first."""
    rows = TermsVersion.objects.filter(round__gt=member.terms_round, is_material=True)
    return list(rows.order_by("pk"))


def agreements_of(member: Member) -> list[TermsAcceptance]:
    """Return what a member agreed to and when, the latest first."""
    return list(TermsAcceptance.objects.filter(member=member).order_by("-pk"))
