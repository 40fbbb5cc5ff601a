import pytest

from community.notifications.models import OutboundMail


@pytest.mark.parametrize("page", ["notice", "outboundmail", "contactdecision", "reach"])
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
