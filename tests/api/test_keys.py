"""Keys open what they carry, for whom they belong to, as long as they last."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from community.errors import Invalid, Refused
from community.integrations.actions import create_api_key, revoke_api_key, revoke_idle_keys
from community.integrations.models import ApiKey
from community.integrations.upkeep import write_down_uses


def test_a_key_acts_as_its_member(program, alice):
    answer = program(alice, "me:read").get("me")

    assert answer.status_code == 200
    assert answer.json()["handle"] == "alice"
    assert answer["Cache-Control"] == "private, no-store"


def test_without_a_key_or_session_there_is_no_me(program, db):
    answer = program().get("me")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_authenticated"


def test_a_key_without_the_scope_is_refused(program, alice):
    answer = program(alice, "members:read").get("me")

    assert answer.status_code == 403
    assert answer.json()["code"] == "scope_missing"


@pytest.mark.parametrize(
    "token", ["", "nonsense", "plk_", "plk_abc", "plk_abc_", "plk_0000000000_" + "x" * 43, "plk_é_ß"]
)
def test_a_wrong_key_opens_nothing_not_even_public_pages(client, db, token):
    answer = client.get("/api/v1/spaces", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


def test_a_revoked_key_is_closed_at_once(program, alice, admin):
    caller = program(alice)
    assert caller.get("me").status_code == 200

    revoke_api_key(actor=admin, key=ApiKey.objects.get(member=alice))

    assert caller.get("me").status_code == 401


def test_an_ended_key_is_closed(program, alice):
    caller = program(alice)
    ApiKey.objects.update(
        created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=1)
    )

    assert caller.get("me").status_code == 401


def test_a_suspended_member_closes_their_keys(program, alice):
    caller = program(alice)
    alice.suspended_until = timezone.now() + timedelta(days=1)
    alice.save()

    assert caller.get("me").status_code == 401


def test_the_secret_is_not_kept(alice, admin):
    key, token = create_api_key(actor=admin, member=alice, name="Shop", scopes=["me:read"])
    secret = token.split("_", 2)[2]

    assert secret not in str(ApiKey.objects.filter(pk=key.pk).values().get())
    assert len(secret) >= 43


def test_members_make_no_keys(alice):
    with pytest.raises(Refused):
        create_api_key(actor=alice, member=alice, name="Mine", scopes=["me:read"])

    assert not ApiKey.objects.exists()


def test_a_manager_makes_keys_for_themselves_only(manager, admin):
    create_api_key(actor=manager, member=manager, name="Mine", scopes=["me:read"])

    with pytest.raises(Refused):
        create_api_key(actor=manager, member=admin, name="Theirs", scopes=["me:read"])


@pytest.mark.parametrize(
    ("scopes", "days"), [([], 90), (["everything"], 90), (["me:read"], 366), (["me:read"], 0)]
)
def test_a_key_has_known_scopes_and_ends_within_a_year(admin, scopes, days):
    with pytest.raises(Invalid):
        create_api_key(actor=admin, member=admin, name="X", scopes=scopes, days=days)

    assert not ApiKey.objects.exists()


def test_use_is_noted_without_a_write_per_call(program, alice, django_assert_num_queries):
    caller = program(alice)
    with django_assert_num_queries(1):
        assert caller.get("me").status_code == 200
    assert ApiKey.objects.get().last_used_at is None

    assert write_down_uses() == 1

    assert ApiKey.objects.get().last_used_at is not None
    cache.clear()


def test_a_key_nobody_uses_is_revoked_after_half_a_year(alice, admin):
    key, _token = create_api_key(actor=admin, member=alice, name="Old", scopes=["me:read"], days=365)
    ApiKey.objects.update(
        created_at=timezone.now() - timedelta(days=181), expires_at=timezone.now() + timedelta(days=9)
    )

    assert revoke_idle_keys() == 1

    key.refresh_from_db()
    assert key.revoked_at is not None


def test_calls_are_limited_and_say_what_is_left(program, alice, settings):
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"api.key_read": "2/min"}
    caller = program(alice)

    first, second, third = (caller.get("me") for _n in range(3))

    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert first["RateLimit-Policy"] == '"key_read";q=2;w=60'
    assert first["RateLimit"].startswith('"key_read";r=1;')
    assert third["RateLimit"].startswith('"key_read";r=0;')
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third.json()["code"] == "rate_limited"


def test_the_usual_rates_are_those_of_the_plan():
    from community.integrations.limits import CALLS

    assert [(r.count, r.seconds) for r in CALLS["key_read"].rates()] == [(60, 60), (5000, 86400)]
    assert CALLS["key_write"].rates()[0].count == 20


def test_a_session_needs_the_csrf_token_to_write(sign_in, alice, bob):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="community.members.accounts.MemberBackend")

    answer = client.put("/api/v1/members/bob/follow")

    assert answer.status_code == 403
    assert not bob.followers.exists()


def test_a_session_reads_without_scopes(sign_in, alice):
    assert sign_in(alice).get("/api/v1/me").json()["handle"] == "alice"
