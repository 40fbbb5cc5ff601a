"""The pages about digests and about an address that is left alone."""

import datetime as dt

import pytest
from django.utils import timezone

from community.notifications.models import DigestPlan, Preference, Reach
from community.notifications.registry import Mail
from community.notifications.stops import digest_stop_token

CHOICES = "/me/settings/notifications/"
DIGEST = "/me/settings/notifications/digest/"


@pytest.fixture
def at_home(sign_in, bob):
    return sign_in(bob)


def test_the_settings_say_when_the_next_one_is_due(at_home, bob):
    page = at_home.get(CHOICES).content.decode()

    assert "The best of what you missed" in page
    assert "The next one is due on" in page
    assert f"{DIGEST}preview/" in page


def test_choosing_a_rhythm(at_home, bob):
    answer = at_home.post(DIGEST, {"digest-rhythm": "daily", "digest-weekday": "4", "digest-hour": "17"})

    assert (answer.status_code, answer["Location"]) == (302, f"{CHOICES}#digest")
    plan = DigestPlan.objects.get(member=bob)
    assert (plan.rhythm, plan.weekday, plan.hour) == ("daily", 4, 17)
    assert plan.next_at > timezone.now()


def test_what_cannot_be_chosen_is_said_and_kept(at_home):
    answer = at_home.post(DIGEST, {"digest-rhythm": "daily", "digest-weekday": "4", "digest-hour": "23"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose an hour." in page and '<option value="daily" selected>' in page
    assert not DigestPlan.objects.exists()


def test_never_says_that_none_comes(at_home):
    at_home.post(DIGEST, {"digest-rhythm": "never", "digest-weekday": "0", "digest-hour": "9"})

    assert "No digest comes." in at_home.get(CHOICES).content.decode()
    assert "You chose that no digest comes." in at_home.get(f"{DIGEST}preview/").content.decode()


def test_the_preview_shows_what_would_be_in_it_and_changes_nothing(at_home, tell, make_kind, alice, bob):
    tell([bob], actor=alice, kind=make_kind("test.gathered", mail=Mail.DIGEST))

    page = at_home.get(f"{DIGEST}preview/").content.decode()

    assert "Waiting for you" in page and "Alice Arden waved" in page
    bob.refresh_from_db()
    assert bob.unread_notices == 1


def test_an_empty_preview_says_so(at_home):
    assert "Nothing new for now" in at_home.get(f"{DIGEST}preview/").content.decode()


def test_kinds_that_are_gathered_say_digest(at_home, make_kind, bob):
    make_kind("test.gathered", mail=Mail.DIGEST)

    page = at_home.get(CHOICES).content.decode()

    assert "<span>Digest</span>" in page
    answer = at_home.post(CHOICES, {**_answers(bob), "test.gathered": "site"})
    assert answer.status_code == 302
    assert Preference.objects.get(kind="test.gathered").choice == "off"


def _answers(member):
    from community.notifications.forms import ChoicesForm

    form = ChoicesForm(member=member)
    return {name: form[name].initial for name in form.fields}


def test_one_press_stops_digests_and_nothing_else(client, bob):
    path = f"/stop/{digest_stop_token(bob)}/"
    assert "Stop digests?" in client.get(path).content.decode()
    assert not DigestPlan.objects.exists()

    page = client.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()

    assert "No more digests." in page
    assert DigestPlan.objects.get(member=bob).rhythm == "never"
    assert not Preference.objects.exists()
    client.post(path, {"undo": "1"})
    assert DigestPlan.objects.get(member=bob).rhythm == ""


def test_a_stopped_address_is_shown_with_its_cures(at_home, bob):
    Reach.objects.create(
        member=bob,
        refused_address=bob.email,
        stopped_at=timezone.now() - dt.timedelta(days=1),
        stopped_for="hard",
    )

    page = at_home.get(CHOICES).content.decode()
    assert "No e-mail reaches you at bob@example.org." in page
    assert "/account/email/" in page

    assert at_home.post(f"{CHOICES}address/").status_code == 302
    assert Reach.objects.get().stopped_at is None
    assert "No e-mail reaches you" not in at_home.get(CHOICES).content.decode()


def test_another_address_starts_without_blame(at_home, bob):
    Reach.objects.create(
        member=bob, refused_address="old@example.org", stopped_at=timezone.now(), stopped_for="hard"
    )

    assert "No e-mail reaches you" not in at_home.get(CHOICES).content.decode()
