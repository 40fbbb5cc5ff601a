"""What a provider says about a member beyond who they are."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from community.members.models import Group, GroupMembership, TrustRecord
from community.members.signon.claims import claims_of, field_claims, heed_claims
from community.members.signon.providers import Provider

pytestmark = pytest.mark.django_db
TARN = Provider(key="tarn", kind="oidc", name="Tarn", client_id="x", customer_claim="is_customer")


@pytest.mark.parametrize(
    ("value", "known"),
    [(True, True), ("yes", True), (False, False), ("false", False), (None, False), ([], False)],
)
def test_a_claim_says_who_is_a_customer(alice: Any, value: Any, known: bool) -> None:
    heed_claims(actor=None, member=alice, provider=TARN, claims={"is_customer": value})

    assert TrustRecord.objects.filter(member=alice, customer_source="tarn").exists() is known


def test_a_claim_nobody_named_says_nothing(alice: Any) -> None:
    quiet = replace(TARN, customer_claim="")
    heed_claims(actor=None, member=alice, provider=quiet, claims={"is_customer": True, "role": "admin"})

    alice.refresh_from_db()
    assert alice.role == "member"
    assert not TrustRecord.objects.filter(member=alice).exists()


@pytest.mark.parametrize("said", [["beta", 7], "beta, gold", "beta"])
def test_a_claim_names_the_groups_as_long_as_it_does(alice: Any, said: Any) -> None:
    group = Group.objects.create(name="Beta", slug="beta", claim="beta")
    provider = replace(TARN, groups_claim="groups")

    heed_claims(actor=None, member=alice, provider=provider, claims={"groups": said})
    assert GroupMembership.objects.get(group=group).member == alice

    heed_claims(actor=None, member=alice, provider=provider, claims={})
    assert not GroupMembership.objects.exists()


def test_lines_name_the_fields_of_claims() -> None:
    assert field_claims("size = tent_size\n\nplan\n = x") == {"size": "tent_size", "plan": "plan"}


def test_what_it_answered_wins_over_its_token() -> None:
    said = {"id_token": {"sub": "1", "plan": "old"}, "userinfo": {"plan": "new"}}
    login = SimpleNamespace(account=SimpleNamespace(extra_data=said))

    assert claims_of(login) == {"sub": "1", "plan": "new"}
