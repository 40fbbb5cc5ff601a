"""What a credential says and what stands at the addresses it names: who issued it, what it is for, whether it still holds."""

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import override

from community.brand.queries import current_brand
from rewards.badges.models import Badge, Credential
from rewards.badges.rules.words import say_rule
from rewards.points.words import translated

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def issuer() -> dict[str, Any]:
    """Return the profile of the issuer: this community."""
    brand = current_brand()
    profile = {
        "id": f"{settings.BASE_URL}/open-badges/issuer",
        "type": ["Profile"],
        "name": brand.name,
        "url": f"{settings.BASE_URL}/",
    }
    return {**profile, "email": brand.support_email} if brand.support_email else profile


def achievement(badge: Badge) -> dict[str, Any]:
    """Return what a badge is given for, in the language of the community: everybody reads the same."""
    with override(settings.LANGUAGE_CODE):
        tree = badge.tree
        narrative = translated(badge.criteria) or (say_rule(tree, {}) if tree else "")
        return {
            "id": f"{settings.BASE_URL}/open-badges/achievements/{badge.key}",
            "type": ["Achievement"],
            "achievementType": "Badge",
            "name": translated(badge.name),
            "description": translated(badge.description),
            "criteria": {"id": f"{settings.BASE_URL}{badge.get_absolute_url()}", "narrative": narrative},
            "image": {"id": _absolute(static(badge.art_path)), "type": "Image"},
        }


def credential(row: Credential) -> dict[str, Any]:
    """Return the credential of an award. It names its holder by the address of their profile and a digest of their e-mail."""
    award = row.award
    holder = f"{settings.BASE_URL}{award.member.get_absolute_url()}"
    subject: dict[str, Any] = {
        "id": holder,
        "type": ["AchievementSubject"],
        "achievement": achievement(award.badge),
    }
    if award.citation:
        subject["narrative"] = award.citation
    if award.member.email:
        subject["identifier"] = [_identity(award.member.email, row.salt)]
    address = _address(row)
    return {
        "@context": CONTEXT,
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": subject["achievement"]["name"],
        "issuer": issuer(),
        "validFrom": _moment(award.awarded_at),
        "credentialSubject": subject,
        "credentialStatus": {"id": f"{address}/status", "type": "1EdTechRevocationList"},
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def payload(row: Credential) -> dict[str, Any]:
    """Return the credential with the claims that a JWT has of its own."""
    said = credential(row)
    return {
        **said,
        "iss": said["issuer"]["id"],
        "jti": said["id"],
        "nbf": int(row.award.awarded_at.timestamp()),
        "sub": said["credentialSubject"]["id"],
    }


def status(row: Credential) -> dict[str, Any]:
    """Return whether a credential was revoked, as a list that names it or is empty. Reasons stay between the team and the
    member."""
    award = row.award
    is_over = award.revoked_at is not None or not award.member.is_active
    revoked = [{"id": _address(row), "revoked": True}] if is_over else []
    return {
        "id": f"{_address(row)}/status",
        "issuer": f"{settings.BASE_URL}/open-badges/issuer",
        "revokedCredential": revoked,
    }


def _address(row: Credential) -> str:
    return f"{settings.BASE_URL}/open-badges/credentials/{row.number}"


def _identity(email: str, salt: str) -> dict[str, Any]:
    digest = hashlib.sha256(f"{email}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def _absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.BASE_URL}{url}"


def _moment(at: dt.datetime) -> str:
    # Whole seconds, since the claim beside it has no others.
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
