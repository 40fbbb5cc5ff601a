import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.notifications.actions import mark_all_read
from community.notifications.models import (
    Digest,
    InboundMail,
    MailRules,
    OutboundMail,
    OutboundPush,
    PushRules,
    PushSubscription,
)
from community.notifications.push.sending import send_due_push
from tests.community.notifications.push.conftest import turn_on as turn_on
from tests.community.notifications.pushservice import service as service


@pytest.mark.parametrize(
    "page",
    [
        "notice",
        "outboundmail",
        "contactdecision",
        "reach",
        "digest",
        "inboundmail",
        "pushsubscription",
        "outboundpush",
    ],
)
def test_managers_look_and_moderators_do_not(sign_in, manager, mod, page, tell, bob):
    tell([bob])

    assert sign_in(manager).get(f"/admin/notifications/{page}/").status_code == 200
    assert sign_in(mod).get(f"/admin/notifications/{page}/").status_code in (403, 404)


def test_nobody_writes_by_hand(sign_in, manager, tell, bob):
    tell([bob])

    assert sign_in(manager).get("/admin/notifications/notice/add/").status_code == 403
    mail = OutboundMail.objects.get()
    assert sign_in(manager).post(f"/admin/notifications/outboundmail/{mail.pk}/delete/").status_code == 403


def test_the_words_of_a_letter_are_not_shown_to_staff(sign_in, manager, tell, bob):
    tell([bob])
    OutboundMail.objects.update(text="Between Alice and Bob", html="Between Alice and Bob")

    page = sign_in(manager).get(f"/admin/notifications/outboundmail/{OutboundMail.objects.get().pk}/change/")

    assert page.status_code == 200
    assert "Between Alice" not in page.content.decode()


def test_failed_mail_can_be_tried_again(sign_in, manager, tell, bob):
    tell([bob])
    OutboundMail.objects.update(state="failed", attempts=5)
    mail = OutboundMail.objects.get()

    sign_in(manager).post(
        "/admin/notifications/outboundmail/", {"action": "try_again", "_selected_action": [mail.pk]}
    )

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)


def test_a_manager_changes_the_rules_of_mail_on_one_page(sign_in, manager):
    page = "/admin/notifications/mailrules/1/change/"
    client = sign_in(manager)
    assert client.get("/admin/notifications/mailrules/")["Location"] == page
    answer = client.get(page)
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}

    assert "Default 10: whoever is on the site" in answer.content.decode()
    client.post(page, {**values, "wait_minutes": "20"})
    assert MailRules.objects.get().wait_minutes == 20
    assert Activity.objects.get(verb="mail.rules_changed").actor == manager

    assert client.post(page, {**values, "wait_minutes": "999"}).status_code == 200
    assert MailRules.objects.get().wait_minutes == 20


def test_the_list_of_digests_says_what_became_of_each(sign_in, manager, bob):
    now = timezone.now()
    Digest.objects.create(member=bob, window=now.date(), rhythm="weekly", began_at=now, code="seen_lately")

    page = sign_in(manager).get("/admin/notifications/digest/").content.decode()

    assert "You were here in the meantime, so there was nothing to tell." in page


def test_what_an_incoming_mail_said_is_nobodys_business(sign_in, manager, bob):
    row = InboundMail.objects.create(message_id="<a@b>", source="imap", raw=b"a private word", member=bob)

    page = sign_in(manager).get(f"/admin/notifications/inboundmail/{row.pk}/change/").content.decode()

    assert "a private word" not in page


def test_the_addresses_of_browsers_are_not_shown_and_only_dead_ones_are_removed(
    sign_in, manager, turn_on, bob
):
    browser = turn_on(bob, "dead")
    turn_on(bob, "alive")
    PushSubscription.objects.filter(endpoint__endswith="/dead").update(
        retired_at=timezone.now(), detail="403"
    )
    rows = list(PushSubscription.objects.values_list("pk", flat=True))
    client = sign_in(manager)

    pages = [client.get("/admin/notifications/pushsubscription/")]
    pages += [client.get(f"/admin/notifications/pushsubscription/{pk}/change/") for pk in rows]

    for page in pages:
        assert page.status_code == 200
        said = page.content.decode()
        assert (
            "/send/" not in said and browser.keys["p256dh"] not in said and browser.keys["auth"] not in said
        )
    asked = {"action": "remove_dead", "_selected_action": rows}
    client.post("/admin/notifications/pushsubscription/", asked)
    assert PushSubscription.objects.get().endpoint.endswith("/alive")


def test_a_manager_changes_the_rules_of_notices_to_browsers_on_one_page(sign_in, manager, mod):
    page = "/admin/notifications/pushrules/1/change/"
    client = sign_in(manager)
    assert client.get("/admin/notifications/pushrules/")["Location"] == page
    answer = client.get(page)
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}

    assert "Default 8: people who are interrupted" in answer.content.decode()
    client.post(page, {**values, "community_per_day": "5"})
    assert PushRules.objects.get().community_per_day == 5
    client.post(page, {**values, "community_per_day": "0"})
    assert PushRules.objects.get().community_per_day == 5
    assert sign_in(mod).get(page).status_code in (302, 403, 404)


def test_decisions_say_by_which_way_and_why(sign_in, manager, tell, turn_on, make_kind, alice, bob):
    turn_on(bob)
    tell([bob], actor=alice, kind=make_kind("test.knock", push=True))
    mark_all_read(actor=bob)
    OutboundPush.objects.update(due_at=timezone.now())
    send_due_push()

    page = sign_in(manager).get("/admin/notifications/contactdecision/").content.decode()

    assert "It was read on the site before it was due." in page and "In the browser" in page
    assert (
        "It was read on the site before it was due."
        in sign_in(bob).get("/me/settings/notifications/").content.decode()
    )
