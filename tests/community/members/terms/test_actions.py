"""Versions of the terms, and being asked again."""

from typing import Any

import pytest
from django.test import Client

from community.errors import Conflict, Invalid, Refused
from community.integrations.actions import create_api_key
from community.members.models import Member, TermsAcceptance, TermsVersion
from community.members.terms import memory
from community.members.terms.actions import accept_terms, publish_terms
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db
PAGE = {"HTTP_ACCEPT": "text/html"}


def publish(actor: Any, **more: Any) -> TermsVersion:
    asked = {
        "document": "terms",
        "body": "Be kind.\n\n<script>alert(1)</script>",
        "changes": "It says be kind.",
    }
    row = publish_terms(actor=actor, **(asked | more))
    memory.remember(row.round)
    return row


def client_of(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_versions_count_and_only_material_ones_begin_a_round(manager: Any) -> None:
    first, slip = publish(manager), publish(manager, body="Be kinder.", is_material=False)
    other = publish(manager, document="privacy", body="We keep little.")

    assert [(row.version, row.round) for row in (first, slip, other)] == [(1, 1), (2, 1), (1, 2)]
    assert "Be kinder." in Client().get("/terms/").content.decode()
    old = Client().get("/terms/terms/1/").content.decode()
    assert "Be kind." in old and "<script>alert" not in old
    assert Client().get("/terms/terms/9/").status_code == 404


def test_who_may_not_or_has_nothing_to_say_publishes_nothing(mod: Any, manager: Any) -> None:
    with pytest.raises(Refused):
        publish(mod)
    for wrong in ({"body": " "}, {"document": "menu"}, {"changes": ""}):
        with pytest.raises(Invalid):
            publish(manager, **wrong)
    assert not TermsVersion.objects.exists()


def test_a_member_is_asked_before_the_next_page_and_may_read_on(manager: Any, alice: Any) -> None:
    publish(manager)
    client = client_of(alice)

    assert client.get("/people/", **PAGE)["Location"] == "/terms/agree/?next=%2Fpeople%2F"
    page = client.get("/terms/agree/?next=/people/", **PAGE).content.decode()
    assert "It says be kind." in page

    assert client.post("/terms/agree/", {"later": "1", "next": "/people/"})["Location"] == "/people/"
    assert client.get("/people/", **PAGE).status_code == 200
    assert client.post("/@manager/follow/", {"on": "1"})["Location"].startswith("/terms/agree/")
    assert not alice.following.exists()

    assert client.post("/terms/agree/", {"round": "1", "next": "/people/"})["Location"] == "/people/"
    assert client.post("/@manager/follow/", {"on": "1"}).status_code == 302
    assert alice.following.exists()


def test_the_account_and_the_way_out_never_wait(manager: Any, alice: Any) -> None:
    publish(manager)
    client = client_of(alice)

    for address in ("/account/sessions/", "/account/email/", "/terms/", "/sign-out/"):
        assert client.get(address, **PAGE).status_code == 200, address
    assert client.post("/sign-out/").status_code == 302


def test_the_api_refuses_writes_of_a_session_and_leaves_keys_alone(
    manager: Any, admin: Any, alice: Any
) -> None:
    publish(manager)
    _key, secret = create_api_key(
        actor=admin, member=alice, name="Shop", scopes=["members:write", "me:write"]
    )
    by_session, by_key = client_of(alice), {"HTTP_AUTHORIZATION": f"Bearer {secret}"}

    answer = by_session.put("/api/v1/members/manager/follow")
    assert (answer.status_code, answer.json()["code"]) == (403, "terms_not_accepted")
    assert by_session.get("/api/v1/me").status_code == 200
    assert Client().put("/api/v1/members/manager/follow", **by_key).status_code < 300

    done = by_session.post("/api/v1/me/terms", {"round": 1}, content_type="application/json")
    assert done.status_code == 204
    assert Member.objects.get(pk=alice.pk).terms_round == 1


def test_an_agreement_is_kept_once_with_its_versions(manager: Any, alice: Any) -> None:
    publish(manager)
    publish(manager, document="privacy", body="We keep little.")
    accept_terms(actor=alice, source="page", round=2)
    accept_terms(actor=alice, source="page", round=2)

    row = TermsAcceptance.objects.get(member=alice)
    assert (row.round, row.versions, row.source) == (2, {"terms": 1, "privacy": 1}, "page")


def test_what_came_while_they_were_reading_is_not_agreed_to(manager: Any, alice: Any) -> None:
    publish(manager)
    publish(manager, body="Be kinder.")

    with pytest.raises(Conflict):
        accept_terms(actor=alice, source="page", round=1)
    assert client_of(alice).post("/terms/agree/", {"round": "1"}).status_code == 409
    assert not TermsAcceptance.objects.exists()


def test_whoever_joins_agrees_to_what_is_in_force(manager: Any, client: Any) -> None:
    publish(manager)
    word = "a long enough password"
    client.post("/join/", {"name": "Priya Nair", "email": "priya@example.org", "password1": word})

    priya = Member.objects.get(email="priya@example.org")
    assert priya.terms_round == 1
    assert TermsAcceptance.objects.get(member=priya).source == "joining"


@pytest.mark.django_db(transaction=True)
def test_versions_published_at_once_by_several_count_on(manager: Any, admin: Any, make_member: Any) -> None:
    team = [manager, admin, *(make_member(f"lead{n}", role="manager") for n in range(4))]

    answers = all_at_once([lambda who=who: publish(who) for who in team])

    assert [one for one in answers if isinstance(one, Exception)] == []
    assert sorted((row.version, row.round) for row in answers) == [(n, n) for n in range(1, 7)]
