"""In which browsers a member is told, by the API."""

from community.notifications.models import OutboundPush, PushSubscription
from tests.community.notifications.pushservice import service as service

BROWSERS = "me/push/browsers"


def subscription(browser):
    # As PushSubscription.toJSON() gives it.
    return {"endpoint": browser.endpoint, "expirationTime": None, "keys": browser.keys}


def test_a_program_turns_a_browser_on_and_off(service, program, alice, bob):
    caller, browser = program(alice, "notices:read", "notices:write"), service.browser("a")

    made = caller.post(BROWSERS, subscription(browser))

    assert made.status_code == 201, made.content
    assert set(made.json()) == {"id", "name", "created_at", "last_success_at"}
    assert caller.get(BROWSERS).json()["results"] == [made.json()]
    assert program(bob).get(BROWSERS).json()["results"] == []
    assert program(bob).delete(f"{BROWSERS}/{made.json()['id']}").status_code == 404
    assert caller.delete(f"{BROWSERS}/{made.json()['id']}").status_code == 204
    assert not PushSubscription.objects.exists()


def test_the_public_key_is_what_browsers_take(service, program, settings, alice):
    assert len(program(alice).get("me/push/key").json()["key"]) == 87

    settings.VAPID_PRIVATE_KEY = ""
    assert program(alice).get("me/push/key").status_code == 404


def test_what_cannot_be_called_is_refused(service, program, alice):
    for endpoint in ("https://10.0.0.1/x", "http://push.example.net/", "x"):
        wrong = subscription(service.browser("a")) | {"endpoint": endpoint}
        assert program(alice).post(BROWSERS, wrong).status_code == 422

    assert not PushSubscription.objects.exists()


def test_a_test_is_sent_to_who_has_a_browser(service, program, alice):
    assert program(alice).post("me/push/test").status_code == 422

    program(alice).post(BROWSERS, subscription(service.browser("a")))
    assert program(alice).post("me/push/test").status_code == 202
    assert OutboundPush.objects.get().member == alice


def test_reading_needs_the_right_to_read_and_writing_that_to_write(service, program, alice):
    reader = program(alice, "notices:read")

    assert reader.get(BROWSERS).status_code == 200
    assert reader.post(BROWSERS, subscription(service.browser("a"))).status_code == 403


def test_what_browsers_are_told_is_chosen_by_kind(program, alice):
    caller = program(alice, "notices:read", "notices:write")

    def told():
        return {row["kind"]: row["push"] for row in caller.get("me/notices/choices").json()["kinds"]}

    before = told()
    assert before["thread.mention"] and not before["thread.reaction"]
    answer = caller.patch("me/notices/choices", {"push": {"thread.mention": False, "thread.reaction": True}})

    assert answer.status_code == 200
    assert told() == before | {"thread.mention": False, "thread.reaction": True}
    assert caller.patch("me/notices/choices", {"push": {"party": True}}).status_code == 422
