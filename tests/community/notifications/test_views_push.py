"""The box "In the browser" on the settings page, without script."""

import pytest

from community.notifications.models import OutboundPush, Preference, PushSubscription
from community.notifications.registry import all_kinds
from tests.community.notifications.push.conftest import turn_on as turn_on
from tests.community.notifications.pushservice import service as service

PAGE = "/me/settings/notifications/"


def sent(browser):
    return {"endpoint": browser.endpoint, **browser.keys}


def test_the_forms_turn_on_and_off_and_lead_back(service, sign_in, bob):
    client, browser = sign_in(bob), service.browser("a")

    answer = client.post(PAGE + "push/on/", sent(browser), headers={"User-Agent": "Firefox/1 (Linux)"})

    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    row = PushSubscription.objects.get()
    assert (row.member, row.session_key) == (bob, client.session.session_key)
    page = client.get(PAGE).content.decode()
    assert "Firefox on Linux" in page and "Notices are on in this browser now." in page
    assert browser.endpoint not in page and browser.keys["auth"] not in page

    client.post(PAGE + "push/off/", {"endpoint": browser.endpoint})
    assert not PushSubscription.objects.exists()


def test_one_of_the_list_is_removed_and_of_others_nothing(service, sign_in, turn_on, alice, bob):
    turn_on(alice, "a")
    turn_on(bob, "b")
    hers, mine = (PushSubscription.objects.get(member=member).pk for member in (alice, bob))

    assert sign_in(bob).post(f"{PAGE}push/{hers}/remove/").status_code == 404
    assert sign_in(bob).post(f"{PAGE}push/{mine}/remove/").status_code == 303

    assert PushSubscription.objects.get().pk == hers


def test_a_test_is_queued_at_once(service, sign_in, turn_on, bob):
    turn_on(bob)

    assert sign_in(bob).post(PAGE + "push/test/").status_code == 303
    assert OutboundPush.objects.get().kind == "push.test"


def test_without_a_key_the_box_says_so_and_asks_for_nothing(settings, sign_in, bob):
    settings.VAPID_PRIVATE_KEY = ""

    page = sign_in(bob).get(PAGE).content.decode()

    assert "sends no notices to browsers yet" in page
    assert "push.js" not in page and 'class="told"' not in page


@pytest.fixture
def choices(service, sign_in, bob):
    client = sign_in(bob)
    form = client.get(PAGE)
    assert form.status_code == 200

    def post(**changes):
        from community.notifications.forms import ChoicesForm

        now = ChoicesForm(member=bob)
        values = {name: field.initial for name, field in now.fields.items()}
        values = {name: "on" if value is True else value for name, value in values.items() if value}
        values |= changes
        return client.post(PAGE, {name: value for name, value in values.items() if value is not None})

    return post


def test_the_tick_for_browsers_is_kept_beside_the_answer(choices, bob):
    answer = choices(**{"push-thread.mention": None, "push-thread.reaction": "on"})

    assert answer.status_code == 302
    kept = set(Preference.objects.values_list("kind", "channel", "choice"))
    assert kept == {("thread.mention", "push", "off"), ("thread.reaction", "push", "on")}


def test_what_stays_as_it_is_needs_no_row(choices):
    choices()

    assert not Preference.objects.exists()


def test_replies_mentions_messages_and_accepted_answers_are_told_and_reactions_are_not():
    told = {kind.key for kind in all_kinds() if kind.push}

    assert {
        "thread.reply_to_you",
        "thread.answered",
        "thread.mention",
        "message.received",
        "thread.accepted",
    } <= told
    assert not {"thread.reaction", "space.thread", "badge.earned"} & told
