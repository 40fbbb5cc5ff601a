"""Digests by the API."""

import pytest

from community.integrations.actions import create_api_key
from community.notifications.models import DigestPlan


@pytest.fixture
def call(client, alice, admin):
    _key, secret = create_api_key(
        actor=admin, member=alice, name="Shop", scopes=["notices:read", "notices:write"]
    )

    def run(method, path, body=None):
        return getattr(client, method)(
            f"/api/v1/me/notices/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return run


def test_the_rhythm_is_read_and_changed(call, alice):
    assert call("get", "digest").json()["rhythm"] == "weekly"

    answer = call("patch", "digest", {"rhythm": "daily", "hour": 17})

    assert answer.status_code == 200
    assert (answer.json()["rhythm"], answer.json()["hour"], answer.json()["is_own"]) == ("daily", 17, True)
    assert DigestPlan.objects.get(member=alice).hour == 17


@pytest.mark.parametrize("wrong", [{"rhythm": "hourly"}, {"rhythm": "daily", "hour": 22}, {}])
def test_what_cannot_be_chosen_changes_nothing(call, wrong):
    assert call("patch", "digest", wrong).status_code == 422
    assert not DigestPlan.objects.exists()


def test_the_preview_says_why_each_thing_is_there(call, make_thread, make_reply, space, bob, carol):
    make_reply(carol, make_thread(bob, space, title="How to sew a strap", kind="discussion"))

    (section,) = call("get", "digest/preview").json()["sections"]

    assert section["key"] == "best"
    assert section["entries"][0]["title"] == "How to sew a strap"
    assert section["entries"][0]["why"] == "1 reply so far, in Help and how-to."
