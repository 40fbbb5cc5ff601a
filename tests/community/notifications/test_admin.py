import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.notifications.models import Digest, InboundMail, MailRules, OutboundMail


@pytest.mark.parametrize(
    "page", ["notice", "outboundmail", "contactdecision", "reach", "digest", "inboundmail"]
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
