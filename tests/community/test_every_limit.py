"""Every limit of the house holds at its number, and is said in the same words everywhere (P-31)."""

import importlib
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from community.errors import RateLimited
from community.integrations.actions import create_api_key
from community.limits import Limit

ROOT = Path(__file__).resolve().parents[2]


def all_limits() -> list[Limit]:
    """The limits of every feature, by their modules."""
    found: dict[str, Limit] = {}
    for file in sorted(ROOT.glob("*/*/limits.py")) + sorted(ROOT.glob("*/*/*/limits.py")):
        if file.parts[len(ROOT.parts)] not in ("community", "rewards", "engagement"):
            continue
        module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        found |= {limit.name: limit for limit in vars(module).values() if isinstance(limit, Limit)}
    return list(found.values())


@pytest.fixture
def limits_on(settings: Any) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-{secrets.token_hex(4)}"


@pytest.mark.parametrize("trust", [0, 1, 2, 3])
@pytest.mark.parametrize("limit", all_limits(), ids=lambda limit: limit.name)
def test_a_limit_lets_its_number_through_and_no_more(
    limits_on: None, limit: Limit, trust: int, make_member: Any
) -> None:
    rates = limit.rates_for(trust)
    if not rates:
        return
    member = make_member(f"member{trust}", trust_level=trust)
    # The tightest of several rates is the one that is met first.
    most = min(rate.count for rate in rates)
    for _turn in range(most):
        limit.spend(member)

    with pytest.raises(RateLimited) as refusal:
        limit.spend(member)

    assert refusal.value.retry_after >= 1
    other = make_member("other", trust_level=trust)
    limit.spend(other)


def test_a_limit_is_met_alike_by_form_by_fragment_and_by_program(
    limits_on: None,
    settings: Any,
    sign_in: Any,
    admin: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
) -> None:
    thread = make_thread(alice, space)
    settings.LIMITS = {"threads.react": "1/h"}
    _key, token = create_api_key(actor=admin, member=bob, name="Bob", scopes=["reactions:write"])
    first = thread.posts.get()
    program = Client(headers={"Authorization": f"Bearer {token}"})

    passed = program.put(f"/api/v1/posts/{first.pk}/reactions/thanks")
    by_program = program.put(f"/api/v1/posts/{first.pk}/reactions/same")
    by_form = sign_in(bob).post(f"/p/{first.pk}/react/same/")
    by_fragment = sign_in(bob).post(f"/p/{first.pk}/react/same/", headers={"HX-Request": "true"})

    assert passed.status_code == 200
    for answer in (by_program, by_form, by_fragment):
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) >= 1
    assert by_program.json()["code"] == "rate_limited"
    assert by_program["RateLimit"]
    assert first.reaction_rows.count() == 1
