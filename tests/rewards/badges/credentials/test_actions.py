"""A badge that was carried away can be checked by anybody, with the public key alone."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import NotFound, Refused
from community.members.models import Member
from rewards.badges.actions import give_badge, revoke_award
from rewards.badges.credentials.actions import carry_badge
from rewards.badges.credentials.queries import get_own_award_for
from rewards.badges.models import Award, Badge, Credential

KEY = "first-question"
REASON = "Tested the tent for a whole season"


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.BADGES_KEY_FILE = tmp_path / "badges.pem"


@pytest.fixture
def award(alice: Any) -> Award:
    return Award.objects.create(badge=Badge.objects.get(key=KEY), member=alice)


def carry(member: Any) -> str:
    return carry_badge(actor=member, award=get_own_award_for(member, KEY))


def checked(token: str, client: Any) -> dict[str, Any]:
    """Check a credential as a stranger does: the key is fetched from the address that the head names."""
    address = jwt.get_unverified_header(token)["kid"]
    found = client.get("/" + address.split("/", 3)[3])
    assert found["Access-Control-Allow-Origin"] == "*"
    key = jwt.PyJWK.from_json(found.content.decode())
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
    return claims


def test_what_is_carried_away_holds_with_the_public_key_alone(
    alice: Any, award: Award, sign_in: Any, settings: Any
) -> None:
    claims = checked(carry(alice), sign_in(None))

    subject, issuer = claims["credentialSubject"], claims["issuer"]
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (claims["iss"], claims["sub"], claims["jti"]) == (issuer["id"], subject["id"], claims["id"])
    valid_from = dt.datetime.fromisoformat(claims["validFrom"])
    assert claims["nbf"] == int(valid_from.timestamp()) == int(award.awarded_at.timestamp())
    assert subject["id"].endswith("/@alice/")
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert (achievement["name"], achievement["criteria"]["narrative"]) == (
        "First question",
        "Ask a question.",
    )
    assert achievement["image"]["id"].startswith(settings.BASE_URL)
    assert set(jwt.get_unverified_header(carry(alice))) == {"alg", "kid", "typ"}


def test_the_e_mail_is_known_only_to_who_knows_it_already(alice: Any, award: Award, sign_in: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(email="alice@example.org")
    alice.refresh_from_db()
    token = carry(alice)
    claims = checked(token, sign_in(None))

    assert "alice@example.org" not in json.dumps(claims)
    identity = claims["credentialSubject"]["identifier"][0]
    digest = hashlib.sha256(f"alice@example.org{identity['salt']}".encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${digest}"


def test_every_address_in_it_answers(alice: Any, award: Award, sign_in: Any, settings: Any) -> None:
    claims, client = checked(carry(alice), sign_in(None)), sign_in(None)

    def read(address: str) -> dict[str, Any]:
        answer = client.get(address.removeprefix(settings.BASE_URL))
        assert answer.status_code == 200, address
        return dict(answer.json())

    assert read(claims["issuer"]["id"])["name"] == claims["issuer"]["name"]
    achievement = claims["credentialSubject"]["achievement"]
    assert read(achievement["id"])["name"] == achievement["name"]
    assert read(claims["credentialStatus"]["id"])["revokedCredential"] == []
    assert "d" not in read(jwt.get_unverified_header(carry(alice))["kid"])


def test_a_badge_that_was_taken_back_says_so_and_not_why(
    manager: Any, alice: Any, award: Award, sign_in: Any, settings: Any
) -> None:
    claims = checked(carry(alice), sign_in(None))
    revoke_award(actor=manager, award=award, reason="The question was an advertisement")

    status = sign_in(None).get(claims["credentialStatus"]["id"].removeprefix(settings.BASE_URL))
    assert status.json()["revokedCredential"] == [{"id": claims["id"], "revoked": True}]
    assert "advertisement" not in status.content.decode()
    with pytest.raises(NotFound):
        carry(alice)


def test_nobody_carries_away_what_is_not_theirs(bob: Any, mallory: Any, award: Award, manager: Any) -> None:
    with pytest.raises(NotFound):
        carry(bob)
    Award.objects.create(badge=award.badge, member=mallory)
    with pytest.raises(Refused):
        carry(mallory)

    assert not Credential.objects.exists()


def test_carrying_twice_is_one_credential(alice: Any, award: Award) -> None:
    carry(alice)
    carry(alice)

    assert Credential.objects.count() == 1
    assert Activity.objects.filter(verb="badge.carried").count() == 1


def test_a_changed_credential_does_not_hold(alice: Any, award: Award, sign_in: Any) -> None:
    head, body, signature = carry(alice).split(".")
    forged = body[:-4] + ("AAAA" if body[-4:] != "AAAA" else "BBBB")

    with pytest.raises(jwt.InvalidTokenError):
        checked(f"{head}.{forged}.{signature}", sign_in(None))


def test_the_page_and_the_api_hand_it_out(
    alice: Any, bob: Any, manager: Any, award: Award, sign_in: Any
) -> None:
    give_badge(
        actor=manager,
        badge=Badge.objects.get(key="field-tester"),
        member=alice,
        reason=REASON,
        citation="Every seam",
    )
    client = sign_in(alice)
    assert "/badges/first-question/carry/" in client.get("/badges/first-question/").content.decode()
    file = client.post("/badges/field-tester/carry/")
    assert file["Content-Disposition"] == 'attachment; filename="field-tester.jwt"'
    assert checked(file.content.decode(), client)["credentialSubject"]["narrative"] == "Every seam"

    sent = client.post("/api/v1/me/badges/first-question/credential")
    assert checked(sent.json()["credential"], client)["nbf"] <= timezone.now().timestamp()
    assert sign_in(bob).post("/badges/first-question/carry/").status_code == 404
    assert "/carry/" not in sign_in(bob).get("/badges/first-question/").content.decode()


def test_numbers_that_nobody_was_given_look_absent(award: Award, sign_in: Any) -> None:
    client = sign_in(None)

    for path in ("credentials/00000000-0000-0000-0000-000000000007/status", "achievements/no-such-badge"):
        assert client.get(f"/open-badges/{path}").status_code == 404
