import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from community.activity.models import Activity
from community.members.actions import welcome_newcomer
from community.members.models import Member
from community.notifications.mail.sending import send_due
from community.notifications.models import Notice, OutboundMail
from engagement.journeys import actions
from engagement.journeys.models import IceBreaker, Welcome
from engagement.journeys.queries import first_steps
from rewards.quests.models import Quest


@pytest.fixture
def day():
    """Daytime, so that no letter waits for the morning."""
    import time_machine

    with time_machine.travel(dt.datetime(2026, 6, 10, 12, 0, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def question(make_thread, space, alice):
    IceBreaker.objects.update(is_active=False)
    thread = make_thread(alice, space, title="Say hello here", body="One sentence is enough for a hello.")
    return IceBreaker.objects.create(text="Which piece of kit do you never leave behind?", thread=thread)


def sign_up(client, **fields):
    values = {
        "name": "Priya Nair",
        "email": "priya@example.org",
        "password1": "a long enough password",
        **fields,
    }
    return client.post("/join/", values)


def test_a_newcomer_is_welcomed_with_one_question_of_their_own(day, question, deliver_all, bob):
    welcome_newcomer(actor=bob)
    deliver_all()
    send_due()

    assert Notice.objects.get(member=bob).kind == "journey.welcome"
    (letter,) = mail.outbox
    assert letter.subject == "Welcome to Porchlight, Bob"
    for part in (letter.body, letter.alternatives[0][0]):
        assert question.text in part
        assert f"/t/{question.thread_id}/" in part
        assert "/guidelines/" in part
        assert "Add a picture" in part


def test_being_welcomed_twice_is_being_welcomed_once(day, question, deliver_all, bob):
    for _again in range(3):
        welcome_newcomer(actor=bob)
    deliver_all()

    assert Activity.objects.filter(verb="member.joined").count() == 1
    assert Notice.objects.filter(member=bob).count() == Welcome.objects.count() == 1


def test_without_a_question_the_welcome_leads_to_the_first_steps(day, deliver_all, bob):
    IceBreaker.objects.update(is_active=False)
    welcome_newcomer(actor=bob)
    deliver_all()
    send_due()

    assert "/welcome/" in mail.outbox[0].body


def test_a_question_in_a_space_that_is_closed_to_them_is_answered_elsewhere(
    day, private_space, make_thread, manager, deliver_all, bob
):
    IceBreaker.objects.get_or_create(text="What brings you here?")
    thread = make_thread(manager, private_space, title="Closed", body="Only for those who were added to it.")
    IceBreaker.objects.update(thread=thread, is_active=True)
    welcome_newcomer(actor=bob)
    deliver_all()
    send_due()

    assert f"/t/{thread.pk}/" not in mail.outbox[0].body
    assert "/new/?kind=discussion" in mail.outbox[0].body


def test_joining_where_confirmation_is_required_is_told_when_the_link_is_opened(day, client, db, deliver_all):
    sign_up(client)
    assert not Activity.objects.filter(verb="member.joined").exists()

    link = next(word for word in mail.outbox[0].body.split() if "/account/confirm-email/" in word)
    client.post(link.removeprefix("http://localhost:8000"))
    deliver_all()

    member = Member.objects.get(email="priya@example.org")
    assert Activity.objects.filter(verb="member.joined", target_pk=member.pk).count() == 1
    assert Welcome.objects.filter(member=member).exists()
    send_due()
    assert mail.outbox[-1].subject == "Welcome to Porchlight, Priya"


def test_joining_where_confirmation_is_optional_is_told_at_once_and_mailed_when_confirmed(
    day, client, db, settings, deliver_all
):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    sign_up(client)
    deliver_all()
    send_due()
    member = Member.objects.get(email="priya@example.org")
    assert Notice.objects.filter(member=member, kind="journey.welcome").exists()
    assert OutboundMail.objects.get().state == "queued"
    sent_before = len(mail.outbox)

    link = next(word for word in mail.outbox[0].body.split() if "/account/confirm-email/" in word)
    client.post(link.removeprefix("http://localhost:8000"))
    deliver_all()
    send_due()

    assert Activity.objects.filter(verb="member.joined").count() == 1
    assert [letter.subject for letter in mail.outbox[sent_before:]].count("Welcome to Porchlight, Priya") == 1


def test_the_account_mails_wear_our_look(client, db):
    sign_up(client)

    letter = mail.outbox[0]
    assert letter.subject == "Confirm your e-mail address"
    assert "Confirm this address" in letter.body
    page = letter.alternatives[0][0]
    assert "<h1" in page and "prefers-color-scheme" in page
    assert "please" not in (letter.body + page).lower()


def test_links_in_account_mails_do_not_follow_the_host_header(client, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)

    client.post("/account/password/reset/", {"email": alice.email}, headers={"host": "evil.example"})

    assert "evil.example" not in mail.outbox[0].body + mail.outbox[0].alternatives[0][0]
    assert "http://localhost:8000/account/password/reset/key/" in mail.outbox[0].body


def test_the_steps_are_done_by_doing_them(question, make_thread, make_reply, space, alice, bob):
    from community.spaces.attention import follow_space
    from community.threads.actions import add_reaction

    actions.welcome(actor=bob)
    assert (first_steps(bob).done, first_steps(bob).next.key) == (0, "picture")

    bob.avatar_url = "/files/bob.jpg"
    bob.save()
    make_reply(bob, question.thread, body="A head torch with fresh batteries in it.")
    follow_space(actor=bob, space=space)
    steps = first_steps(bob)

    assert {step.key for step in steps.steps if step.is_done} >= {"picture", "hello", "follow"}
    make_thread(bob, space, title="Which stove works in wind?")
    assert first_steps(bob).next.key == "mark"
    add_reaction(actor=bob, post=question.thread.posts.get(position=1), kind="helpful")
    assert first_steps(bob).next is None


def test_the_page_shows_progress_in_words(sign_in, question, bob):
    actions.welcome(actor=bob)

    page = sign_in(bob).get("/welcome/").content.decode()

    assert "0 of 5 done" in page
    assert question.text in page
    assert 'aria-current="step"' in page


def test_the_home_page_offers_the_next_step_until_it_is_put_away(sign_in, bob):
    client = sign_in(bob)
    assert "0 of 5 first steps done" in client.get("/").content.decode()

    client.post("/welcome/dismiss/")

    assert "first steps done" not in client.get("/").content.decode()


def test_not_now_lets_the_list_rest_for_some_days(sign_in, bob):
    client = sign_in(bob)

    client.post("/welcome/later/")

    assert "first steps done" not in client.get("/").content.decode()
    assert "0 of 5 done" in client.get("/welcome/").content.decode()
    Welcome.objects.filter(member=bob).update(rests_until=timezone.now() - dt.timedelta(seconds=1))
    assert "0 of 5 first steps done" in client.get("/").content.decode()


def test_managers_say_which_first_steps_there_are(sign_in, bob):
    quest = Quest.objects.get(key="first-steps")
    quest.steps.filter(key="mark").delete()
    assert "0 of 4 first steps done" in sign_in(bob).get("/").content.decode()

    Quest.objects.update(state="paused")

    assert first_steps(bob).steps == []
    assert "first steps done" not in sign_in(bob).get("/").content.decode()


def test_members_of_long_standing_are_not_offered_first_steps(sign_in, bob):
    bob.joined_at = timezone.now() - dt.timedelta(days=31)
    bob.save()

    assert "first steps done" not in sign_in(bob).get("/").content.decode()


def test_managers_edit_questions_and_moderators_do_not(sign_in, manager, mod):
    fields = {"text": "What are you planning?", "thread": "", "space": "", "is_active": "on"}

    sign_in(mod).post("/admin/journeys/icebreaker/add/", fields)
    assert not IceBreaker.objects.filter(text=fields["text"]).exists()

    sign_in(manager).post("/admin/journeys/icebreaker/add/", fields)
    assert IceBreaker.objects.get(text=fields["text"]).is_active
