"""What may stand in the headers of a letter."""

from community.notifications.mail.sending import send_due
from community.notifications.models import OutboundMail


def states():
    return list(OutboundMail.objects.order_by("pk").values_list("state", flat=True))


def test_a_name_with_a_line_break_holds_up_nobodys_letter(post, minutes, tell, alice, bob, carol):
    type(bob).objects.filter(pk=bob.pk).update(name="Bob\nBcc: everyone@example.org")
    tell([bob, carol], actor=alice)
    minutes(10)

    assert send_due() == 2

    assert states() == ["sent", "sent"]
    assert [str(letter["Bcc"]) for letter in post.letters] == ["None", "None"]


def test_a_letter_that_cannot_be_written_down_fails_alone(post, minutes, tell, alice, bob, carol):
    type(bob).objects.filter(pk=bob.pk).update(email="bob@example.org\nBcc: everyone@example.org")
    tell([bob, carol], actor=alice)
    minutes(10)

    assert send_due() == 1

    assert [letter["To"].addresses[0].addr_spec for letter in post.letters] == ["carol@example.org"]
    assert sorted(states()) == ["queued", "sent"]
